"""A preview as a process of its own, over a library that the tests write."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from browsing import free_port

if TYPE_CHECKING:
    from pathlib import Path

TALK = """\
flowchart: talk
number: 40
title: A talk
phase: problem
purpose: Find out what there is.
start: opening
root: true
review: {status: draft}
nodes:
  opening:
    number: 40.1
    ask: Does it happen?
    why: It may be nothing.
    basis: clinical_consensus
    answer: yes_no
    next:
      - when: opening
        go: how_often
      - otherwise: nothing

  how_often:
    number: 40.2
    ask: How often a week?
    answer: number
    between: [0, 50]
    next:
      - when: how_often >= 1
        go: done
      - otherwise: nothing

  done:
    end: What happens is known

  nothing:
    end: Nothing happens
"""
VIGNETTE = """\
vignette: often
about: It happens often.
review: {status: draft}
flowchart: talk
answers: {talk.opening: true, talk.how_often: 4}
expect: {ends: talk.done}
"""


@dataclass
class Preview:
    """One preview over a folder. What it shows is written with `save`, as an editor does."""

    folder: Path
    options: tuple[str, ...] = ()
    port: int = field(default_factory=free_port)
    link: str = ""
    process: subprocess.Popen[str] | None = None

    def start(self) -> Preview:
        """Start, and wait until pages can be had."""
        args = [self.folder.name, "--no-browser", "--port", str(self.port), *self.options]
        self.process = subprocess.Popen(  # noqa: S603 -- our own program
            [sys.executable, "-m", "goldenthread", "preview", *args],
            cwd=self.folder.parent, env={**os.environ, "PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        assert self.process.stdout is not None
        said = []
        for line in self.process.stdout:
            said.append(line)
            if "/open/" in line:
                self.link = line.strip()
                return self
        raise AssertionError(f"the preview did not start: {said}")

    @property
    def home(self) -> str:
        """The address of the first page."""
        return f"http://127.0.0.1:{self.port}/"

    def save(self, text: str, name: str = "flowcharts/talk.yaml") -> Path:
        """Write a file of the library in place of the one that is there, in one step."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(".tmp")
        fresh.write_text(text, encoding="utf-8")
        fresh.replace(path)
        return path

    def begin_anew(self) -> None:
        """Put the library back as it was at first. What is so still is not written again, and not proven again."""
        first = {"flowcharts/talk.yaml": TALK, "flowcharts/vignettes/often.yaml": VIGNETTE}
        there = {
            path.relative_to(self.folder).as_posix(): path.read_text(encoding="utf-8")
            for path in self.folder.rglob("*")
            if path.is_file()
        }
        if there != first:
            shutil.rmtree(self.folder, ignore_errors=True)
            for name, text in first.items():
                self.save(text, name)

    def stop(self) -> None:
        """End it."""
        if self.process is not None:
            self.process.terminate()
            self.process.wait(10)
            assert self.process.stdout is not None
            self.process.stdout.close()
            self.process = None
