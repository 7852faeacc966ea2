"""goldenthread open: a new link to the page that runs."""

from __future__ import annotations

import webbrowser
from pathlib import Path

import click

from goldenthread.cli.common import CONTEXT, fail


@click.command("open", context_settings=CONTEXT)
@click.option("--data", type=click.Path(path_type=Path), help="The folder of the store, as given to `serve`.")
@click.option("--browser/--no-browser", default=True, help="Whether to open the page in the browser.")
def command(data: Path | None, *, browser: bool) -> None:
    """Open the page that `serve` runs, by a new link."""
    from goldenthread.web.serve import data_folder, running  # noqa: PLC0415 -- `--help` needs none of it

    found = running(data_folder(data))
    if found is None:
        fail("Golden Thread is not running", "start it with `goldenthread serve`")
    link = found.link()
    click.echo(link)
    if browser:
        webbrowser.open(link)
