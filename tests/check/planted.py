"""The shipped library, copied where a fault can be planted in it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from goldenthread.check import check_library
from goldenthread.loading import Workspace, load, shipped
from goldenthread.loading.files import library_files
from goldenthread.source import Places

if TYPE_CHECKING:
    from goldenthread.diagnostics import Report, Span
    from goldenthread.model import Library

LIBRARY, REPORT = load()
PLACES = Places(REPORT.texts)


@cache
def _files() -> dict[Path, bytes]:
    home = shipped()
    return {path.relative_to(home): path.read_bytes() for path in library_files(home)}


class Copy:
    """A copy of the shipped library, loaded from its own folder; of what was read before, it reads what has changed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._space = Workspace([folder], only=True)

    def begin_anew(self) -> None:
        """Make it what is shipped: what is not is written again."""
        for name, blob in _files().items():
            path = self.folder / name
            if not path.is_file() or path.read_bytes() != blob:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(blob)
        there = {path.relative_to(self.folder) for path in library_files(self.folder)}
        assert there == _files().keys()

    def path(self, span: Span) -> Path:
        """Give the copy of the file in which a place of the shipped library lies."""
        return self.folder / Path(span.file).resolve().relative_to(shipped())

    def write(self, span: Span, new: str) -> str:
        """Write over what stands at a place, and give that."""
        path = self.path(span)
        lines = path.read_text(encoding="utf-8").split("\n")
        line = lines[span.line - 1]
        lines[span.line - 1] = line[: span.column - 1] + new + line[span.end - 1 :]
        path.write_text("\n".join(lines), encoding="utf-8")
        return line[span.column - 1 : span.end - 1]

    def drop(self, span: Span, until: int = 0) -> None:
        """Drop the line of a place, and those after it down to another line."""
        path = self.path(span)
        lines = path.read_text(encoding="utf-8").split("\n")
        del lines[span.line - 1 : until or span.line]
        path.write_text("\n".join(lines), encoding="utf-8")

    def add(self, span: Span, text: str) -> None:
        """Add a line above a place."""
        path = self.path(span)
        lines = path.read_text(encoding="utf-8").split("\n")
        lines.insert(span.line - 1, text)
        path.write_text("\n".join(lines), encoding="utf-8")

    def check(self) -> tuple[Library, Report]:
        """Load it by itself, and check it."""
        library, report = self._space.load()
        check_library(library, report)
        return library, report

    def findings(self) -> list[tuple[str, str, int]]:
        """Give the code, file and line of each finding."""
        return [(d.code, Path(d.span.file).name, d.span.line) for d in self.check()[1]]


def found_at(code: str, span: Span, line: int = 0) -> tuple[str, str, int]:
    """Give the finding that is expected at a place."""
    return code, Path(span.file).name, line or span.line
