"""`goldenthread lsp`: the language server, which an editor starts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from goldenthread import __version__
from goldenthread.cli.common import CONTEXT, extra, layers, library_options

if TYPE_CHECKING:
    from pathlib import Path


@click.command("lsp", context_settings=CONTEXT)
@library_options
def command(libraries: tuple[Path, ...], *, only: bool) -> None:
    """Answer an editor while content is written: findings, completion, renaming.

    An editor starts it, and speaks the Language Server Protocol with it over stdin and stdout. Without --library, a
    file belongs to the library in whose `flowcharts/` or `goalbank/` it lies, laid over the shipped one.
    """
    with extra("author", "the language server"):
        from goldenthread.author.lsp.serve import serve  # noqa: PLC0415 -- an extra

    serve(__version__, layers(libraries, only), only=only)
