"""`goldenthread slides`: a drawing to be projected, with the path of a case revealed step by step."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from goldenthread.cli.common import CONTEXT, fail, library_options, load_library, note
from goldenthread.cli.print.common import faults_in_words, today
from goldenthread.cli.progress import progress

if TYPE_CHECKING:
    from collections.abc import Sequence


@click.command("slides", context_settings=CONTEXT)
@click.argument("what")
@click.option("-o", "--output", metavar="FILE", required=True, help="The PDF to write. `-` is stdout.")
@click.option(
    "--path",
    "path",
    type=click.Path(path_type=Path),
    help="A case, answers or a vignette (a file, or a shipped one's id): a slide for each of its steps in the drawing.",
)
@click.option("--date", metavar="DAY", help="The day for the foot of each slide; today otherwise.")
@library_options
def command(**options: Any) -> None:
    """Make slides of a drawing, 16 to 9, as PDF; with --path, revealing the path of a case step by step.

    WHAT is the id of a flowchart, a phase (`phase:goals`), `all`, or `overview`, as `draw` names it.

    \b
        goldenthread slides safety -o safety.pdf
        goldenthread slides safety -o shown.pdf --path flowcharts/vignettes/panic_chef.yaml
    """  # noqa: D301 -- click reads the character that keeps lines as they are
    _run(**options)


def _run(
    *,
    what: str,
    output: str,
    path: Path | None,
    date: str | None,
    libraries: Sequence[Path],
    only: bool,
) -> None:
    library = load_library(libraries, only)
    from goldenthread.cli.files import write_whole  # noqa: PLC0415 -- `--help` needs none of it
    from goldenthread.cli.print.cases import walked  # noqa: PLC0415 -- as above
    from goldenthread.print import slides  # noqa: PLC0415 -- as above

    walk = walked(library, path, None)[0] if path is not None else None
    if walk is not None and what in library.flowcharts:
        passed = {trace.step.node.flowchart for trace in walk.walk.trail}
        if what not in passed:
            fail(
                f"the case does not come through `{what}`",
                "name a flowchart on its path, or leave --path out",
            )
    with faults_in_words():
        blob = slides(library, what, walk, date=today(date), progress=progress, tell=note)
    write_whole(output, blob)
