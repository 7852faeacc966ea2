"""The shipped library, read once a run: hundreds of commands load it, and it is what it was.

Alone, it is linked once too. Whatever is laid over it is linked with it each time, as ever.
"""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from goldenthread.diagnostics import Report
from goldenthread.language.parse import parse as parse_condition
from goldenthread.loading import library, shipped, shown, workspace
from goldenthread.loading.files import library_files
from goldenthread.loading.library import Files
from goldenthread.source import parse, read

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from goldenthread.language.ast import Expression
    from goldenthread.loading.library import Form
    from goldenthread.model import Library
    from goldenthread.source import Parsed, Tree

_HOME = shipped().resolve()
_CONDITIONS = lru_cache(50_000)(parse_condition)
_FORMS: dict[int, Form] = {}
"""By the identity of trees that are kept for good."""
_form, _load = Files.form, library.load_folders


class Remembered(Files):
    """Where a load reads from. Nothing changes a tree."""

    def read(self, path: Path, name: str) -> Parsed:
        """Read a file; one of the shipped library, once as it now is."""
        if not path.resolve().is_relative_to(_HOME) or not path.is_file():
            return super().read(path, name)
        about = path.stat()
        return _read(path, name, about.st_mtime_ns, about.st_size)

    def conditions(self) -> Callable[[str], Expression]:
        """Give what parses conditions and remembers them."""
        return _CONDITIONS


def remember() -> None:
    """Let every library of this run be read so: one that is loaded, and one that is open in an editor."""
    Files.form = _form_once  # type: ignore[method-assign]  # for those who extend it, too
    library.Files = Remembered  # type: ignore[misc]
    library.load_folders = _load_once
    workspace.parse = _parse_once
    workspace.parse_condition = _CONDITIONS


def stays(tree: Tree) -> bool:
    """Say whether a tree is kept for good, so that what is made of it can be."""
    return id(tree) in _FORMS


def _form_once(self: Files, tree: Tree) -> Form:
    return _FORMS.get(id(tree)) or _form(self, tree)


@cache
def _read(path: Path, name: str, changed: int, size: int) -> Parsed:
    return _kept(read(path, name))


def _parse_once(blob: bytes | str, name: str) -> Parsed:
    # What an editor holds, and has not saved, is a text.
    ours = isinstance(blob, bytes) and Path(name).resolve().is_relative_to(_HOME)
    return _parsed(blob, name) if ours else parse(blob, name)


@cache
def _parsed(blob: bytes, name: str) -> Parsed:
    return _kept(parse(blob, name))


def _kept(found: Parsed) -> Parsed:
    if found[0] is not None:
        _FORMS[id(found[0])] = _form(Files(), found[0])
    return found


def _load_once(folders: Sequence[Path], files: Files, *, protected: bool) -> tuple[Library, Report]:
    """Load folders; the shipped library alone, once as it now is. Nothing changes a library; a report is added to."""
    if list(folders) != [shipped()]:
        return _load(folders, files, protected=protected)
    there = [(shown(path), path.stat()) for path in library_files(shipped())]
    stand = tuple((name, about.st_mtime_ns, about.st_size) for name, about in there)
    found, report = _loaded(stand, protected=protected)
    return found, Report(list(report.found), dict(report.texts))


@lru_cache(8)
def _loaded(stand: tuple[object, ...], *, protected: bool) -> tuple[Library, Report]:
    """Load it by the names that its files have where one stands."""
    return _load([shipped()], Remembered(), protected=protected)
