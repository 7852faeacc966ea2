"""goldenthread preview: a page for authors, which redraws and rechecks a library on each save."""

from __future__ import annotations

import webbrowser
from pathlib import Path

import click

from goldenthread.cli.common import CONTEXT, extra, fail, layers, library_options


@click.command("preview", context_settings=CONTEXT)
@click.argument("path", required=False, type=click.Path(path_type=Path))
@click.option(
    "--editor",
    type=click.Choice(["vscode", "cursor", "idea", "sublime", "none"], case_sensitive=False),
    default="vscode",
    show_default=True,
    help="The editor that the links to file and line open.",
)
@click.option("--port", type=click.IntRange(1, 65535), help="The port on this machine; 8415, or a free one.")
@click.option("--browser/--no-browser", default=True, help="Whether to open the page in the browser.")
@library_options
def command(
    path: Path | None,
    editor: str,
    port: int | None,
    libraries: tuple[Path, ...],
    *,
    browser: bool,
    only: bool,
) -> None:
    """Open a page that redraws and rechecks a library on each save.

    PATH is a file or folder of YAML, which is laid over the shipped library; with --only it stands by itself.
    Without PATH, the shipped library is shown. The page opens on this machine only, and changes no file.
    """
    with extra("web", "the page"):
        from goldenthread.preview import serve  # noqa: PLC0415 -- an extra

        serve.installed()
    if path is not None and not path.exists():
        fail(f"there is no file or folder {path}", "check the path")
    paths = [*libraries, *([path] if path is not None else [])]

    def ready(link: str) -> None:
        click.echo(f"The preview is open on this machine, for you alone:\n\n  {link}\n")
        click.echo("It redraws and rechecks on each save. Ctrl-C ends it.")
        if browser:
            webbrowser.open(link)

    try:
        serve.serve(
            libraries=layers(paths, only),
            only=only,
            editor=editor,
            name=", ".join(str(each) for each in paths),
            port=port or 0,
            ready=ready,
        )
    except serve.ServeError as error:
        fail(str(error), error.help)
