"""goldenthread serve: the page for clinicians, in the browser of this machine."""

from __future__ import annotations

import webbrowser
from pathlib import Path

import click

from goldenthread.cli.common import CONTEXT, extra, fail, layers, library_options


@click.command("serve", context_settings=CONTEXT)
@click.option("--port", type=click.IntRange(1, 65535), help="The port on this machine; 8414, or a free one.")
@click.option(
    "--data",
    type=click.Path(path_type=Path),
    help="The folder of the store; the user's data folder otherwise.",
)
@click.option(
    "--idle", type=click.IntRange(1, 240), default=15, show_default=True, help="Minutes until the page locks."
)
@click.option("--browser/--no-browser", default=True, help="Whether to open the page in the browser.")
@library_options
def command(
    port: int | None, data: Path | None, idle: int, libraries: tuple[Path, ...], *, browser: bool, only: bool
) -> None:
    """Open the page for clinicians in the browser of this machine."""
    with extra("web", "the page"):
        from goldenthread.web import serve  # noqa: PLC0415 -- an extra

        serve.installed()
    from goldenthread.case import CaseError  # noqa: PLC0415 -- `--help` needs none of it

    def ready(link: str) -> None:
        click.echo(f"Golden Thread is open on this machine, for you alone:\n\n  {link}\n")
        click.echo(
            "The link works once; `goldenthread open` makes another. Ctrl-C ends it; every answer is kept."
        )
        if browser:
            webbrowser.open(link)

    try:
        folder = serve.data_folder(data)
        if (already := serve.running(folder)) is not None:
            click.echo("Golden Thread is running already.")
            ready(already.link())
            return
        serve.serve(
            data=folder,
            port=port or 0,
            idle=idle,
            libraries=layers(libraries, only),
            only=only,
            ask=lambda prompt: str(click.prompt(prompt.rstrip(": "), hide_input=True, err=True)),
            tell=lambda text: click.echo(text, err=True),
            ready=ready,
        )
    except (serve.ServeError, CaseError) as error:
        fail(str(error), error.help)
