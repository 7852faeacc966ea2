"""goldenthread plan: the plan of a case file, as a document to hand on."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from json import dumps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from goldenthread.cli.common import CONTEXT, fail, library_options, load_library, note, unknown

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from goldenthread.case import Case
    from goldenthread.export.document import Document
    from goldenthread.plan import Plan

Form = Literal["text", "markdown", "json", "docx", "pdf", "ics"]
FORMATS: tuple[Form, ...] = ("text", "markdown", "json", "docx", "pdf", "ics")
_ENDINGS: Mapping[str, Form] = {
    ".txt": "text", ".md": "markdown", ".json": "json", ".docx": "docx", ".pdf": "pdf", ".ics": "ics",
}  # fmt: skip


@click.command("plan", context_settings=CONTEXT)
@click.argument("case", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    default="-",
    help="The file to write; its ending says the format. stdout otherwise.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS, case_sensitive=False),
    help="The format, where the file's ending does not say it.",
)
@click.option(
    "--template", type=click.Path(path_type=Path), help="A clinic's own Word template, for a .docx file."
)
@click.option(
    "--paper",
    type=click.Choice(["a4", "letter"], case_sensitive=False),
    help="The paper, for .docx and .pdf; A4 otherwise.",
)
@click.option(
    "--part",
    "parts",
    multiple=True,
    metavar="PART",
    help="A part to write (problem, goals, …); can be given several times. All that suit a record otherwise.",
)
@click.option("--private", is_flag=True, help="Also write your own hypothesis and view.")
@click.option("--declines", is_flag=True, help="Also write what was declined, and why.")
@click.option("--considered", is_flag=True, help="Also write what was put forward and not taken.")
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="The day of the plan; today otherwise.")
@library_options
def command(**options: Any) -> None:
    """Write the plan of a case: for Word, as PDF, text, Markdown, data, or a calendar entry.

    \b
        goldenthread plan K7.yaml
        goldenthread plan K7.yaml -o plan.pdf --paper letter
        goldenthread plan K7.yaml -o plan.docx --template clinic.docx
        goldenthread plan K7.yaml -o review.ics
    """  # noqa: D301 -- click reads the character that keeps lines as they are
    _run(**options)


@dataclass(frozen=True, slots=True)
class _Wish:
    """What is to be written, and how."""

    form: Form
    paper: Literal["a4", "letter"]
    template: Path | None
    choices: Mapping[str, Any]
    """What of the plan enters the record."""


def _run(  # noqa: PLR0913 -- one an option
    *,
    case: Path,
    output: str,
    form: Form | None,
    template: Path | None,
    paper: Literal["a4", "letter"] | None,
    parts: tuple[str, ...],
    private: bool,
    declines: bool,
    considered: bool,
    today: datetime.datetime | None,
    libraries: Sequence[Path],
    only: bool,
) -> None:
    form = form or _form(output)
    if template and form != "docx":
        raise click.UsageError("--template is for .docx")
    if paper and form not in {"docx", "pdf"}:
        raise click.UsageError("--paper is for .docx and .pdf")
    if (parts or declines or considered) and form == "ics":
        raise click.UsageError("--part, --declines and --considered are not for a calendar entry")
    day = today.date() if today else datetime.date.today()  # noqa: DTZ011 -- the clinician's own day
    library = load_library(libraries, only)
    from goldenthread.cli.files import write_whole  # noqa: PLC0415 -- `--help` needs none of it
    from goldenthread.export.extra import MissingExtraError  # noqa: PLC0415 -- as above
    from goldenthread.export.record import RECORDED, record  # noqa: PLC0415 -- as above

    kept, plan = _planned(library, case, day)
    choices: dict[str, Any] = {
        "fields": parts or RECORDED,
        "wording": kept.wording,
        "decisions": kept.decisions,
        "names": lambda kind, id_: _name(library, kind, id_),
        "private": private,
        "declines": declines,
        "considered": considered,
    }
    try:
        made = record(plan, **choices)
    except KeyError as error:
        from goldenthread.export import FIELDS  # noqa: PLC0415 -- as above

        unknown("part", str(error.args[0]), FIELDS, f"the parts are: {', '.join(FIELDS)}")
    try:
        blob = _written(plan, made.document, _Wish(form, paper or "a4", template, choices))
    except MissingExtraError as error:
        fail(str(error), error.help)
    for name in made.stale:
        click.echo(
            f"goldenthread: `{name}` was reworded, and the answers behind it have changed since", err=True
        )
    write_whole(output, blob)


def _form(output: str) -> Form:
    from goldenthread.cli.files import by_ending  # noqa: PLC0415 -- `--help` needs none of it

    if output == "-":
        return "text"
    return by_ending(output, _ENDINGS)


def _planned(library: Any, path: Path, day: datetime.date) -> tuple[Case, Plan]:
    """Read a case file and give its case and its plan. The file is left as it is."""
    from goldenthread.case import CaseError, CaseFile, carry_over  # noqa: PLC0415 -- `--help` needs none of it
    from goldenthread.cli.keeper import Keeper  # noqa: PLC0415 -- as above
    from goldenthread.diagnostics import Report  # noqa: PLC0415 -- as above
    from goldenthread.session import Guide, UnknownFlowchartError  # noqa: PLC0415 -- as above

    guide = Guide(library, Report())
    try:
        file = CaseFile.open(path)
        file.case, notes = carry_over(file.case, guide.program)
        walk = Keeper(file, day).walk(guide)
    except CaseError as error:
        fail(str(error), error.help)
    except UnknownFlowchartError as error:
        fail(str(error), error.help)
    for each in notes:
        note(each.text)
    return file.case, walk.plan()


def _name(library: Any, kind: str, id_: str) -> str:
    entry = getattr(library, kind, {}).get(id_)
    return entry.name if entry is not None else id_.replace("_", " ")


def _written(plan: Plan, document: Document, wish: _Wish) -> bytes:
    from goldenthread.export import markdown, text  # noqa: PLC0415 -- as above
    from goldenthread.export.data import record_data  # noqa: PLC0415 -- as above
    from goldenthread.export.record import footer  # noqa: PLC0415 -- as above

    match wish.form:
        case "text":
            return text.render(document).encode()
        case "markdown":
            return markdown.render(document).encode()
        case "json":
            data = record_data(plan, **wish.choices)
            return (dumps(data, ensure_ascii=False, indent=2) + "\n").encode()
        case "ics":
            return _entry(plan)
        case "pdf":
            from goldenthread.export.pdf import NoFontError, to_pdf  # noqa: PLC0415 -- as above

            try:
                return to_pdf(document, footer(plan), paper=wish.paper)
            except NoFontError as error:
                fail(str(error), error.help)
    if wish.template is not None:
        return _filled(wish.template, plan, document)
    from goldenthread.export.docx import to_docx  # noqa: PLC0415 -- as above

    return to_docx(document, footer(plan), plan.date, paper=wish.paper)


def _entry(plan: Plan) -> bytes:
    from goldenthread.export.calendar import review_entry  # noqa: PLC0415 -- as above

    entry = review_entry(plan)
    if entry is None:
        fail("the plan has no day for its review", "answer the question on the review in `goldenthread walk`")
    return entry


def _filled(path: Path, plan: Plan, document: Document) -> bytes:
    from goldenthread.export.record import footer  # noqa: PLC0415 -- as above
    from goldenthread.export.tags import TemplateProblem  # noqa: PLC0415 -- as above
    from goldenthread.export.template import filled  # noqa: PLC0415 -- as above

    try:
        template = path.read_bytes()
    except OSError as error:
        fail(f"the template {path} cannot be read: {error.strerror or error}", "check the path")
    made = filled(template, path.name, plan, document, footer(plan))
    if isinstance(made, TemplateProblem):
        fail(made.said, made.help)
    return made
