"""A case to be printed, whatever kind of file it lies in: a case file, a file of answers, a vignette."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from goldenthread.cli.common import CONTEXT, echo_report, fail, library_options, load_library, note, report_of
from goldenthread.cli.print.common import faults_in_words, printing_options
from goldenthread.cli.print.common import today as _day

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable

    from goldenthread.model import Library
    from goldenthread.session import GuidedWalk


def walked(library: Library, path: Path, day: datetime.date | None) -> tuple[GuidedWalk, dict[str, Any]]:
    """Walk a case over a library; give the walk, and the file's data.

    Ends the command where the file cannot be read, or its answers do not fit.
    """
    from goldenthread.cli.replay import read_answers, replayed  # noqa: PLC0415 -- `--help` needs none of it
    from goldenthread.diagnostics import Report  # noqa: PLC0415 -- as above
    from goldenthread.session import Guide  # noqa: PLC0415 -- as above

    data, tree, report = read_answers(path)
    if data is None or tree is None:
        echo_report(report)
        raise SystemExit(1)
    guide = Guide(library, Report())
    if "case" in data:
        return _kept(guide, path, day), data
    walk, problems = replayed(guide, data, tree, "planning", day, quick=False)
    if problems:
        echo_report(report_of(problems, report.texts))
        raise SystemExit(1)
    return walk, data


def _kept(guide: Any, path: Path, day: datetime.date | None) -> GuidedWalk:
    import datetime  # noqa: PLC0415 -- as above

    from goldenthread.case import CaseError, CaseFile, carry_over  # noqa: PLC0415 -- as above
    from goldenthread.session import UnknownFlowchartError  # noqa: PLC0415 -- as above

    try:
        case, notes = carry_over(CaseFile.open(path).case, guide.program)
        walk: GuidedWalk = guide.take_up(case, today=day or datetime.date.today())  # noqa: DTZ011 -- the clinician's own day
    except (CaseError, UnknownFlowchartError) as error:
        fail(str(error), error.help)
    for each in notes:
        note(each.text)
    return walk


def case_command(name: str, told: str) -> click.Command:
    """Make the command that prints a sheet of a case, by the name of what the print room prints."""

    @click.command(name, context_settings=CONTEXT, help=told)
    @click.argument("case", type=click.Path(path_type=Path))
    @click.option(
        "--large-print", is_flag=True, help="Set nothing under 12 points; in words where it cannot be drawn."
    )
    @click.option(
        "--today", type=click.DateTime(["%Y-%m-%d"]), help="The day of the plan; today, or the file's own."
    )
    @printing_options
    @library_options
    def command(**options: Any) -> None:
        _run(name, **options)

    return command


def _run(  # noqa: PLR0913 -- one an option
    name: str,
    *,
    case: Path,
    large_print: bool,
    today: datetime.datetime | None,
    output: str,
    paper: Any,
    date: str | None,
    libraries: Any,
    only: bool,
) -> None:
    library = load_library(libraries, only)
    from goldenthread import print as room  # noqa: PLC0415 -- `--help` needs none of it
    from goldenthread.cli.files import write_whole  # noqa: PLC0415 -- as above

    walk, _ = walked(library, case, today.date() if today else None)
    made: Callable[..., bytes] = getattr(room, name)
    with faults_in_words():
        on = room.sheet(paper, large_print=large_print)
        blob = made(library, walk.plan(), on, date=_day(date), tell=note)
    write_whole(output, blob)
