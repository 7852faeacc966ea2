"""The shipped library's files, each read once a run: hundreds of commands load them, and they are what they were."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from goldenthread.language.parse import parse as parse_condition
from goldenthread.loading import shipped
from goldenthread.loading.library import Files, Form
from goldenthread.source import read

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from goldenthread.language.ast import Expression
    from goldenthread.source import Parsed, Tree

_HOME = shipped().resolve()
_CONDITIONS = lru_cache(50_000)(parse_condition)
_FORMS: dict[int, Form] = {}
"""By the identity of trees that are kept for good."""


class Remembered(Files):
    """Where a load reads from. What links and checks a library does so each time, as ever; nothing changes a tree."""

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
