"""A server on the loopback: the port that it listens on, the requests that it answers, what it says of an error."""

from __future__ import annotations

import socket
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

HOST = "127.0.0.1"


class ServeError(Exception):
    """The server cannot start. `help` says what to do."""

    def __init__(self, message: str, help_: str = "") -> None:
        super().__init__(message)
        self.help = help_


def installed() -> None:
    """Raise ModuleNotFoundError where what a page needs is not installed."""
    import django  # noqa: F401, PLC0415 -- an extra
    import waitress  # noqa: F401, PLC0415 -- as above


def listening(port: int, usual: int) -> socket.socket:
    """Listen on a port, or where none is named on the usual one, or a free one. Raises ServeError."""
    server = socket.socket()
    try:
        if sys.platform != "win32":
            server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            server.bind((HOST, port or usual))
        except OSError:
            if port:
                raise
            server.bind((HOST, 0))
        server.listen(64)
    except OSError as error:
        server.close()
        raise ServeError(
            f"port {port} cannot be used: {error.strerror}",
            "give another with --port, or none to have one found",
        ) from None
    return server


def run(application: Any, server: socket.socket) -> None:
    """Answer requests until interrupted."""
    from django.core.signals import got_request_exception  # noqa: PLC0415 -- heavy
    from waitress.server import create_server  # noqa: PLC0415 -- as above

    got_request_exception.connect(say_where, weak=False)
    made = create_server(
        application,
        sockets=[server],
        threads=8,
        ident=None,
        clear_untrusted_proxy_headers=True,
        max_request_body_size=16_000_000,
        channel_timeout=60,
    )
    with suppress(KeyboardInterrupt):
        made.run()
    made.close()


def say_where(sender: Any, **_: Any) -> None:  # noqa: ARG001 -- the shape of a signal
    """Name the kind and the place of an error in the terminal, and none of its words: they may be a client's."""
    kind, _value, trace = sys.exc_info()
    if kind is None or trace is None:
        return
    while trace.tb_next is not None:
        trace = trace.tb_next
    place = Path(trace.tb_frame.f_code.co_filename)
    print(f"goldenthread: {kind.__name__} at {place.name}:{trace.tb_lineno}", file=sys.stderr)
