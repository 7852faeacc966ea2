"""The shipped library, read once a run: hundreds of commands load it, and it is what it was.

Alone, it is linked once too. Whatever is laid over it is linked with it each time, as ever.
"""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from goldenthread.diagnostics import Report
from goldenthread.language.parse import parse as parse_condition
from goldenthread.loading import library, shipped
from goldenthread.loading.files import library_files
from goldenthread.loading.library import Files, Form
from goldenthread.source import read

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from goldenthread.language.ast import Expression
    from goldenthread.model import Library
    from goldenthread.source import Parsed, Tree

_HOME = shipped().resolve()
_CONDITIONS = lru_cache(50_000)(parse_condition)
_FORMS: dict[int, Form] = {}
"""By the identity of trees that are kept for good."""


class Remembered(Files):
    """Where a load reads from. Nothing changes a tree."""

    def read(self, path: Path, name: str) -> Parsed:
        """Read a file; one of the shipped library, once as it now is."""
        if not path.resolve().is_relative_to(_HOME) or not path.is_file():
            return super().read(path, name)
        about = path.stat()
        return _read(path, name, about.st_mtime_ns, about.st_size)

    def form(self, tree: Tree) -> Form:
        """Hold a tree against the schema of its kind; one that is kept, once."""
        return _FORMS.get(id(tree)) or super().form(tree)

    def conditions(self) -> Callable[[str], Expression]:
        """Give what parses conditions and remembers them."""
        return _CONDITIONS


@cache
def _read(path: Path, name: str, changed: int, size: int) -> Parsed:
    found = read(path, name)
    if found[0] is not None:
        _FORMS[id(found[0])] = Files().form(found[0])
    return found


_LOAD = library.load_folders


def load_folders(folders: Sequence[Path], files: Files, *, protected: bool) -> tuple[Library, Report]:
    """Load folders; the shipped library alone, once as it now is. Nothing changes a library; a report is filled on."""
    if list(folders) != [shipped()]:
        return _LOAD(folders, files, protected=protected)
    there = [(path, path.stat()) for path in library_files(shipped())]
    stand = tuple((path, about.st_mtime_ns, about.st_size) for path, about in there)
    found, report = _loaded(Path.cwd(), stand, protected=protected)
    return found, Report(list(report.found), dict(report.texts))


@cache
def _loaded(where: Path, stand: tuple[object, ...], *, protected: bool) -> tuple[Library, Report]:
    """Load it where places in it are named from this folder."""
    return _LOAD([shipped()], Remembered(), protected=protected)
