"""Files that commands write and read: whole or not at all."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from goldenthread.cli.common import echo_report, fail, report_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from goldenthread.model import Library

Form = TypeVar("Form")


def by_ending(output: str, endings: Mapping[str, Form]) -> Form:
    """Give the format that a file's ending says. Ends with a usage error where it says none."""
    found = endings.get(Path(output).suffix.lower())
    if found is None:
        named = ", ".join(endings)
        raise click.UsageError(
            f"the ending of {output} says no format: name --format, or end it in one of {named}"
        )
    return found


def write_whole(name: str, blob: bytes) -> None:
    """Write a file in one step, `-` for stdout. Where it fails, what was there stays; the command ends."""
    if name == "-":
        sys.stdout.buffer.write(blob)
        sys.stdout.buffer.flush()
        return
    path = Path(name)
    if path.is_dir():
        fail(f"{name} is a folder", "name a file in it")
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(blob)  # a device or a pipe, which nothing can take the place of
            return
        _replace(path.resolve(), blob)
    except FileNotFoundError:
        fail(f"there is no folder {path.parent}", "make it first, or check the path")
    except OSError as error:
        fail(f"{name} cannot be written: {error.strerror or error}", "check the folder and its permissions")


def make_folder(path: Path) -> None:
    """Make a folder, and those above it, where it is not there. Where it cannot be made, the command ends."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        fail(
            f"the folder {path} cannot be made: {error.strerror or error}",
            "check the path and its permissions",
        )


def _replace(path: Path, blob: bytes) -> None:
    from goldenthread.source.whole import replacing  # noqa: PLC0415 -- `--help` needs none of it

    # A drawing is to be handed round: the mode is that of the file there, or what the user's mask gives a new one.
    mask = os.umask(0)
    os.umask(mask)
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~mask
    with replacing(path, mode) as file:
        file.write(blob)


def trail_of(library: Library, path: Path) -> list[str]:
    """Give the nodes passed by a case, a file of answers or a vignette. Ends the command where it cannot."""
    from goldenthread.cli.replay import read_answers, replayed  # noqa: PLC0415 -- `--help` needs none of it
    from goldenthread.diagnostics import Report  # noqa: PLC0415 -- as above
    from goldenthread.session import Guide  # noqa: PLC0415 -- as above

    data, tree, report = read_answers(path)
    if data is None or tree is None:
        echo_report(report)
        raise SystemExit(1)
    walked, problems = replayed(Guide(library, Report()), data, tree, "planning", None, quick=False)
    if problems:
        echo_report(report_of(problems, report.texts))
        raise SystemExit(1)
    walk = walked.walk
    waiting = [walk.at.partition("@")[0]] if walk.at else []
    return [*(trace.key for trace in walk.trail), *waiting]
