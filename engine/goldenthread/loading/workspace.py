"""A library that is loaded again and again while it is written: what was read of a text is kept."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from goldenthread.diagnostics import Diagnostic
from goldenthread.language.parse import parse as parse_condition
from goldenthread.loading.files import in_library, vignette_files
from goldenthread.loading.library import Files, Form, folders_of, load_folders
from goldenthread.source import fetch, parse

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from goldenthread.diagnostics import Report
    from goldenthread.language.ast import Expression
    from goldenthread.model import Library
    from goldenthread.source import Parsed, Tree

_CONDITIONS = 50_000
"""Conditions of which the parts are remembered: several times those of a large library."""


def at_once() -> None:
    """Wait for nobody."""


class Workspace(Files):
    """The folders of a library, and what was read of each file.

    Every `load` gives a library of its own, which later ones leave as it is. Trees are shared between them, and
    nothing changes a tree. For one thread at a time. `between` is called between the parts of a load: where somebody
    else is served first, it waits for them.
    """

    def __init__(
        self, paths: Sequence[str | Path] = (), *, only: bool = False, between: Callable[[], None] = at_once
    ) -> None:
        self.folders = folders_of(paths, only=only)
        self.protected = not only
        self.between = between
        self._texts: dict[str, str] = {}
        self._before: dict[str, tuple[bytes | str, Parsed]] = {}
        self._read: dict[str, tuple[bytes | str, Parsed]] = {}
        self._forms: dict[str, tuple[Tree, Form]] = {}
        self._parse = lru_cache(_CONDITIONS)(parse_condition)

    def load(self, texts: Mapping[Path, str] | None = None) -> tuple[Library, Report]:
        """Load the library as it stands now.

        `texts` stand for files: what an editor holds and has not saved counts, not what the disk has. One that has
        no file, and lies where a file of the library would, is part of the library too.
        """
        self._texts = {os.path.realpath(path): text for path, text in (texts or {}).items()}
        self._before, self._read = self._read, {}
        return load_folders(self.folders, self, protected=self.protected)

    @property
    def parsed(self) -> dict[str, Parsed]:
        """What was read since the last load began, by the name of the file."""
        return {name: parsed for name, (_, parsed) in self._read.items()}

    def added(self, folder: Path) -> list[Path]:
        """Give the places in a folder that have a text and no file."""
        return self._new(folder, vignettes=False)

    def vignettes(self) -> list[Path]:
        """Give the vignettes of all folders, those among them that are not saved yet."""
        folders = [folder for folder in self.folders if folder.is_dir()]
        return [
            p for folder in folders for p in (*vignette_files(folder), *self._new(folder, vignettes=True))
        ]

    def _new(self, folder: Path, *, vignettes: bool) -> list[Path]:
        home = Path(os.path.realpath(folder))
        given = sorted(Path(path) for path in self._texts)
        new = [path for path in given if not path.exists() and in_library(path, home, vignettes=vignettes)]
        return [folder / path.relative_to(home) for path in new]

    def read(self, path: Path, name: str) -> Parsed:
        """Read a file, or what stands for it; what is the same is not read twice."""
        self.between()
        given = self._texts.get(os.path.realpath(path)) if self._texts else None
        blob = fetch(path, name) if given is None else given
        if isinstance(blob, Diagnostic):
            return None, [blob], None
        kept = self._read.get(name) or self._before.get(name)
        if kept is None or kept[0] != blob:
            kept = (blob, parse(blob, name))
        self._read[name] = kept
        return kept[1]

    def form(self, tree: Tree) -> Form:
        """Hold a tree against the schema of its kind, once."""
        kept = self._forms.get(tree.file)
        if kept is None or kept[0] is not tree:
            kept = self._forms[tree.file] = (tree, super().form(tree))
        return kept[1]

    def conditions(self) -> Callable[[str], Expression]:
        """Give what parses conditions and remembers them."""

        def parsed(text: str) -> Expression:
            self.between()
            return self._parse(text)

        return parsed
