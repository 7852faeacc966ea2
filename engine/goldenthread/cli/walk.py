"""goldenthread walk: the guided questions, in a terminal or replayed from a file."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from goldenthread.cli.common import CONTEXT, fail, library_options, load_library

if TYPE_CHECKING:
    from goldenthread.session import Guide, GuidedWalk

SAMPLE = "depression_after_separation"


@click.command("walk", context_settings=CONTEXT)
@click.argument("flowchart", default="planning")
@click.option(
    "--case", "case_path", type=click.Path(path_type=Path), help="The case file to go on with, or to begin."
)
@click.option(
    "--answers",
    "answers_path",
    type=click.Path(path_type=Path, allow_dash=True),
    help="Replay answers from a file, without asking.",
)
@click.option("--sample", is_flag=True, help="Replay the shipped sample case, and print its plan.")
@click.option(
    "--today", type=click.DateTime(["%Y-%m-%d"]), help="The day the walk stands on; today otherwise."
)
@click.option("--quick", is_flag=True, help="Only the quick path: a provisional plan in 15 answers or fewer.")
@click.option("--client", default="", help="A name or code for the client, for a new case.")
@library_options
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown", "json", "client"], case_sensitive=False),
    default="text",
    help="Form of what a replay prints.",
)
def command(  # noqa: PLR0913 -- each is an option of the command line
    flowchart: str,
    case_path: Path | None,
    answers_path: Path | None,
    today: datetime.datetime | None,
    form: str,
    client: str,
    libraries: tuple[Path, ...],
    *,
    sample: bool,
    quick: bool,
    only: bool,
) -> None:
    """Walk a flowchart (`planning`, from the problem to the plan), one question at a time."""
    guide = _guide(libraries, only=only)
    day = today.date() if today else None
    if sample:
        from goldenthread.cli.replay import vignettes  # noqa: PLC0415 -- only for the sample

        answers_path = vignettes()[SAMPLE]
    if answers_path is not None:
        raise SystemExit(_replay(guide, answers_path, flowchart, day, quick=quick, form=form))
    _talk(guide, flowchart, case_path, client, day or datetime.date.today(), quick=quick)  # noqa: DTZ011 -- the clinician's own day


def _guide(libraries: tuple[Path, ...], *, only: bool) -> Guide:
    from goldenthread.diagnostics import Report  # noqa: PLC0415 -- `--help` needs none of it
    from goldenthread.session import Guide  # noqa: PLC0415 -- as above

    return Guide(load_library(libraries, only), Report())


def _talk(
    guide: Guide, flowchart: str, case_path: Path | None, client: str, day: datetime.date, *, quick: bool
) -> None:
    from goldenthread.case import CaseError  # noqa: PLC0415 -- a replay needs none of it
    from goldenthread.cli.console import Console  # noqa: PLC0415 -- as above
    from goldenthread.cli.keeper import Keeper  # noqa: PLC0415 -- as above
    from goldenthread.cli.talk import Talk  # noqa: PLC0415 -- as above
    from goldenthread.session import UnknownFlowchartError  # noqa: PLC0415 -- as above

    console = Console()
    try:
        if case_path is None and console.terminal:
            case_path, client = _name_case(console, client)
        if case_path is not None:
            keeper = Keeper.open(case_path, guide, client=client, flowchart=flowchart, today=day, quick=quick)
            walk = keeper.walk(guide)
        else:
            keeper = Keeper(None, day)
            walk = guide.start(flowchart, client=client, today=day, quick=quick)
    except UnknownFlowchartError as error:
        fail(str(error), error.help)
    except CaseError as error:
        fail(str(error), error.help)
    _welcome(console, guide, walk)
    Talk(console, guide, walk, keeper).run()


def _name_case(console: Any, client: str) -> tuple[Path | None, str]:
    from goldenthread.case import default_folder  # noqa: PLC0415 -- only where a case is named

    console.out("A case is kept under a code of your choice; never use the client's name.")
    while True:
        code = client or console.line("Code for this case (Enter: keep nothing): ")
        if not code:
            return None, ""
        if all(c.isalnum() or c in "-_." for c in code) and not code.startswith("."):
            return default_folder() / f"{code}.yaml", code
        client = ""
        console.out("Letters, digits, - and _ make a code.")


def _welcome(console: Any, guide: Guide, walk: GuidedWalk) -> None:
    from goldenthread.cli.screen import wrap  # noqa: PLC0415 -- `--help` needs none of it

    chart = guide.model.flowcharts[walk.walk.root]
    draft = any(entry.review.status == "draft" for entry in guide.model.entries())
    console.out(
        click.style(f"Golden Thread: {chart.title}", bold=True) + (f" · {walk.client}" if walk.client else "")
    )
    notice = "For professionals. It supports your judgement and replaces none of it. Not for emergencies."
    console.out(wrap(notice))
    if draft:
        console.out("The content is a draft: no named clinician has reviewed it yet.")
    console.out("Type `help` at any question; `risk` opens the risk guide at once.")
    passed = walk.walk.questions_passed()
    if passed:
        console.out(f"Resuming: {len(passed)} questions passed. `list` shows them, `open` what is open.")


def _replay(
    guide: Guide, path: Path, flowchart: str, day: datetime.date | None, *, quick: bool, form: str
) -> int:
    from goldenthread.cli.replay import read_answers, replayed  # noqa: PLC0415 -- only for a replay
    from goldenthread.diagnostics import Report  # noqa: PLC0415 -- as above
    from goldenthread.diagnostics.printers import as_text  # noqa: PLC0415 -- as above

    data, tree, report = read_answers(path)
    if data is None or tree is None:
        click.echo(as_text(report), err=True)
        return 1
    walk, problems = replayed(guide, data, tree, flowchart, day, quick=quick)
    if form == "json":
        click.echo(json.dumps(_as_json(walk, problems), indent=2, ensure_ascii=False, default=str))
        return 1 if problems else 0
    if problems:
        click.echo(as_text(Report(problems, report.texts)), err=True)
    click.echo(_printed(walk, form))
    return 1 if problems else 0


def _printed(walk: GuidedWalk, form: str) -> str:
    from goldenthread.export import as_markdown, as_text, client_page  # noqa: PLC0415 -- when something is printed

    if form == "markdown":
        return as_markdown(walk.plan())
    if form == "client":
        return client_page(walk.plan())
    return as_text(walk.plan()) + _where(walk)


def _where(walk: GuidedWalk) -> str:
    """Say where a walk stands that has not come to an end."""
    if walk.finished:
        return ""
    if walk.question is not None:
        return f"\n\nThe walk waits at {walk.walk.at}: {walk.question.ask}"
    problem = walk.problem
    return f"\n\nThe walk stops at {problem.key}: {problem.message}" if problem is not None else ""


def _as_json(walk: GuidedWalk, problems: list[Any]) -> dict[str, Any]:
    from goldenthread.cli.replay import as_data  # noqa: PLC0415 -- only for JSON

    return as_data(walk, problems)
