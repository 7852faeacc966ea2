"""`goldenthread new`: a file to begin from."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from goldenthread.cli.common import CONTEXT, echo_report, fail, unknown

if TYPE_CHECKING:
    from goldenthread.model import Library


@click.command("new", context_settings=CONTEXT)
@click.argument("kind", metavar="KIND")
@click.argument("name")
@click.option(
    "--into",
    type=click.Path(path_type=Path),
    default=Path(),
    metavar="DIR",
    help="The library that it is for; the folder that you are in otherwise.",
)
def command(**options: Any) -> None:
    r"""Write a new file to begin from: small, commented, and sound at once.

    KIND is flowchart, goal, factor, modality, vignette or library; NAME is a name in your words, of which the id is
    made. A library is a folder of that id, with a flowchart and a README. Nothing is ever overwritten.

    \b
        goldenthread new library "Our clinic"
        goldenthread new goal "Call a friend" --into our_clinic
    """
    _run(**options)


def _run(*, kind: str, name: str, into: Path) -> None:
    from goldenthread.author.new import KINDS, as_id, new  # noqa: PLC0415 -- `--help` needs none of it
    from goldenthread.loading import shown  # noqa: PLC0415 -- as above

    if kind not in KINDS:
        unknown("kind of file", kind, KINDS)
    id_ = as_id(name)
    if not id_:
        fail(f"no id can be made of `{name}`", "an id begins with one of the letters a to z")
    home = into / id_ if kind == "library" else into
    if kind == "library" and home.exists():
        fail(f"{shown(home)} is there already", "choose another name")
    if not into.is_dir():
        fail(f"there is no folder {into}", "make it first, or check the path after --into")
    library = _library(into if kind != "library" else None)
    if kind != "vignette" and library.find(id_) is not None:
        fail(f"the id `{id_}` is taken", "choose another name")
    last = max((flowchart.number for flowchart in library.flowcharts.values()), default=0)
    for place, text in new(kind, name, last + 1).items():
        _write(home / place, text)
    if kind == "library":
        click.echo(f"Check it with `goldenthread check {shown(home)}`.")


def _library(into: Path | None) -> Library:
    """Give what is there already, so that no id and no number comes twice."""
    from goldenthread.cli.common import in_shipped  # noqa: PLC0415 -- as above
    from goldenthread.loading import load  # noqa: PLC0415 -- as above
    from goldenthread.loading.files import library_files  # noqa: PLC0415 -- as above

    overlay = [into] if into and not in_shipped(into) and into.is_dir() and library_files(into) else []
    library, report = load(overlay)
    if report.errors:
        echo_report(report)
        fail("the library has errors; a new file would only hide them", "mend them first")
    return library


def _write(path: Path, text: str) -> None:
    """Write a file that is not there yet; a schema that is there is kept."""
    from goldenthread.loading import shown  # noqa: PLC0415 -- as above

    path.parent.mkdir(parents=True, exist_ok=True)
    schema = path.parent.name == "schemas"
    try:
        file = path.open("x", encoding="utf-8", newline="\n")
    except FileExistsError:
        if schema:
            return
        fail(f"{shown(path)} is there already", "choose another name, or take it away first")
    try:
        with file:
            file.write(text)
    except OSError:
        with suppress(OSError):
            path.unlink()
        raise
    if not schema:
        click.echo(f"{shown(path)} written")
