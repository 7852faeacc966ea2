"""The server of the preview: one process on the loopback, which a page asks whether anything was saved."""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING

from goldenthread.web.loopback import HOST, ServeError, installed, listening, run

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

__all__ = ["ServeError", "installed", "serve"]

PORT = 8415


def serve(
    *,
    libraries: Sequence[Path],
    only: bool = False,
    editor: str = "none",
    name: str = "",
    port: int = 0,
    ready: Callable[[str], None],
) -> None:
    """Serve until interrupted; `ready` is called with the link. Raises ServeError where the port is taken."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "goldenthread.preview.settings"
    server = listening(port, PORT)
    try:
        from django.core.wsgi import get_wsgi_application  # noqa: PLC0415 -- heavy

        application = get_wsgi_application()
        from goldenthread.preview import gate, workshop  # noqa: PLC0415 -- Django must know its settings first

        workshop.the = workshop.Workshop(libraries, only=only, editor=editor, name=name, apart=True)
        threading.Thread(target=workshop.the.work, daemon=True).start()
        ready(f"http://{HOST}:{server.getsockname()[1]}/open/{gate.KEY}")
        run(application, server)
    finally:
        server.close()
