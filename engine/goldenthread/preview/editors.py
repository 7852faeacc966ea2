"""Links that open a file in an editor, at a line and a column."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Mapping

    from goldenthread.diagnostics import Span

EDITORS: Mapping[str, str] = {
    "vscode": "vscode://file/{path}:{line}:{column}",
    "cursor": "cursor://file/{path}:{line}:{column}",
    "idea": "idea://open?file=/{path}&line={line}&column={column}",
    "sublime": "subl://open?url=file:///{path}&line={line}&column={column}",
    "none": "",
}
"""How each editor is called, with the path without the slash that it begins with."""


class Spot(NamedTuple):
    """A place in a file: in short, whole, and the link that opens it; none where no editor is named."""

    text: str
    whole: str
    href: str


def spot(span: Span, editor: str) -> Spot:
    """Give the link to a place."""
    path = quote(Path(span.file).absolute().as_posix().lstrip("/"), safe="/:")
    href = EDITORS[editor].format(path=path, line=span.line, column=span.column)
    # A drive's letter is not below a root.
    href = href.replace("file=/", "file=", 1) if path[1:2] == ":" else href
    return Spot(str(span).rpartition("/")[2], str(span), href)
