"""`goldenthread explain`: what the code of a finding means."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from goldenthread.cli.common import CONTEXT, emit, format_option, library_options, unknown
from goldenthread.cli.layout import rows

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from goldenthread.diagnostics.code import Code


@click.command("explain", context_settings=CONTEXT)
@click.argument("code", required=False)
@format_option("text", "json")
@library_options
def command(**options: Any) -> None:
    """Say what the code of a finding means, with a sample and the same sample mended.

    Without CODE, every code is listed. The codes are the same for every library.
    """
    _run(**options)


def _run(*, code: str | None, format_: str, libraries: Sequence[Path], only: bool) -> None:  # noqa: ARG001 -- every command takes a library
    from goldenthread.diagnostics.codes import CODES, explain  # noqa: PLC0415 -- `--help` needs none of it

    if code is None:
        if format_ == "json":
            emit({"codes": [_as_data(found) for found in CODES.values()]})
        else:
            click.echo("\n".join(rows([(found.code, found.title) for found in CODES.values()])))
        return
    wanted = code.strip().strip("[]").upper()
    if wanted not in CODES:
        alike = [known for known in CODES if known[:1] == wanted[:1]]
        unknown("code", code, alike, "`goldenthread explain` lists every code")
    if format_ == "json":
        emit({"codes": [_as_data(CODES[wanted])]})
    else:
        click.echo(explain(wanted).rstrip())


def _as_data(code: Code) -> dict[str, Any]:
    return {
        "code": code.code,
        "level": code.level,
        "title": code.title,
        "means": code.means,
        "fails": code.fails.shown(),
        "passes": code.passes.shown(),
    }
