"""A library as it was: at a revision of the git repository that it lies in, or in another folder."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import tarfile
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_SUFFIXES = (".yaml", ".yml")
_OF_A_HOOK = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX")
"""What git tells a hook, and what would point it at another repository here."""
TROUBLE = 2


@dataclass(frozen=True, slots=True)
class Earlier:
    """The folders of a library as it was, the lowest first, and what to call them: a revision or a folder."""

    folders: tuple[Path, ...]
    name: str
    scratch: str = ""
    """The temporary folder that they were read into."""

    def shown(self, text: str) -> str:
        """Give a text in which the places of files are named by the revision."""
        return text.replace(f"{self.scratch}/", f"{self.name}:") if self.scratch else text


def trouble(message: str, help_: str = "") -> NoReturn:
    """End because two libraries cannot be compared: one line, a line of help, exit code 2."""
    click.echo(f"goldenthread: {message}" + (f"\n  help: {help_}" if help_ else ""), err=True)
    sys.exit(TROUBLE)


@contextmanager
def earlier(which: str, folders: Sequence[Path]) -> Iterator[Earlier]:
    """Give the library of these folders as it was at a revision; where `which` is a folder, that in place of the last.

    Ends the command where it cannot.
    """
    other = Path(which)
    if other.is_dir():
        yield Earlier((*folders[:-1], other), which)
        return
    with tempfile.TemporaryDirectory(prefix="goldenthread-") as name:
        scratch = Path(name).resolve()
        yield Earlier(tuple(_read(which, folders, scratch)), which, scratch.as_posix())


def _read(revision: str, folders: Sequence[Path], scratch: Path) -> Iterator[Path]:
    home = _repository(folders[-1], revision)
    commit = _commit(home, revision)
    for folder in folders:
        here = folder.resolve()
        if not here.is_relative_to(home):
            yield folder
            continue
        place = here.relative_to(home).as_posix()
        _extract(home, commit, place, scratch)
        found = scratch / place
        if not found.exists():
            trouble(f"there is no library in {place} at {revision}", "name a later revision")
        yield found


def _git(folder: Path, *words: str) -> subprocess.CompletedProcess[bytes]:
    environment = {name: value for name, value in os.environ.items() if name not in _OF_A_HOOK}
    command = ["git", "-C", str(folder), *words]
    try:
        return subprocess.run(command, capture_output=True, check=False, env=environment)  # noqa: S603 -- no shell; what is typed is checked to be a revision
    except FileNotFoundError:
        trouble(
            "git is not installed, and without it no revision can be read", "install git, or name a folder"
        )


def _repository(library: Path, revision: str) -> Path:
    folder = library if library.is_dir() else library.parent
    done = _git(folder, "rev-parse", "--show-toplevel")
    if done.returncode:
        said = done.stderr.decode(errors="replace")
        if "safe.directory" in said:
            trouble(
                f"git does not trust the repository of {folder}: another user owns it",
                "see `git help config`, safe.directory",
            )
        message = (
            f"there is no folder `{revision}`, and no revision either: {folder} lies in no git repository"
        )
        trouble(message, "name a folder to compare with, or a --library that lies in a repository")
    return Path(done.stdout.decode().rstrip("\n")).resolve()


def _commit(home: Path, revision: str) -> str:
    done = _git(home, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if done.returncode or not done.stdout.strip():
        trouble(
            f"there is no revision and no folder `{revision}`",
            "`git log` and `git tag` list revisions; HEAD is what was committed last",
        )
    return done.stdout.decode().split()[-1]


def _extract(home: Path, commit: str, place: str, scratch: Path) -> None:
    """Write the YAML files that a revision holds in a place."""
    from goldenthread.loading.files import FOLDERS  # noqa: PLC0415 -- `--help` needs none of it

    inside = [f"{place}/{name}" if place != "." else name for name in FOLDERS]
    there = [name for name in inside if _git(home, "cat-file", "-e", f"{commit}:{name}").returncode == 0]
    done = _git(home, "archive", "--format=tar", commit, "--", *(there or [place]))
    if done.returncode:
        return
    with tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
        for member in archive:
            held = archive.extractfile(member) if member.isfile() else None
            if held is not None and member.name.lower().endswith(_SUFFIXES):
                path = scratch / member.name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(held.read())
