"""A clinic's own Word template, filled with a plan. A template is foreign code: it may read words and nothing else."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

from goldenthread.draw.letters import printable
from goldenthread.export.document import Block, Document, Item
from goldenthread.export.docx import nameless, steady
from goldenthread.export.extra import needed_for
from goldenthread.export.sheet import FIELDS
from goldenthread.export.tags import TemplateProblem, environment, misread
from goldenthread.plan.phrases import day

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from goldenthread.plan import Plan

LARGEST = 20_000_000
"""Bytes that a template may have when it is unpacked."""


def filled(
    template: bytes, name: str, plan: Plan, document: Document, footer: str = ""
) -> bytes | TemplateProblem:
    """Fill a Word template with what of a plan enters the record; or say what is wrong with the template.

    `name` is what the template is called in messages. Raises MissingExtraError.
    """
    with needed_for("a clinic's own Word template"):
        import docxtpl  # noqa: PLC0415 -- a heavy import, made when used

    problem = _unfit(template, name)
    if problem is not None:
        return problem
    made = docxtpl.DocxTemplate(io.BytesIO(template))
    words = {"plan": words_of(plan, document, footer)}
    sandbox = environment()
    try:
        made.init_docx()
        problem = next(misread(made, sandbox, words["plan"], name), None)
        if problem is not None:
            return problem
        made.render(words, sandbox, autoescape=True)
        nameless(made.docx, document.title, plan.date)
        return steady(made.docx)
    except Exception as error:  # noqa: BLE001 -- a template is foreign code, and what it may do wrong has no end
        return _broken(name, error)


def words_of(plan: Plan, document: Document, footer: str = "") -> dict[str, Any]:
    """Give what a template may name: `plan.goals` is a text, `plan.lines.goals` the same as a list of lines."""
    bodies = {section.name: section.blocks for section in document.sections}
    texts = {name: "\n".join(_lines(bodies.get(name, ()))) for name in FIELDS}
    return {
        "title": printable(document.title),
        "client": printable(plan.client),
        "date": day(plan.date),
        "version": str(plan.version),
        "status": plan.status,
        "status_words": plan.status_words,
        "review_date": day(plan.review_date),
        "footer": printable(footer),
        "lead": "\n".join(_lines(document.lead)),
        "foot": "\n".join(_lines(document.foot)),
        **texts,
        "lines": {name: list(_lines(bodies.get(name, ()))) for name in FIELDS},
    }


def _lines(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        number = f"{block.number}. " if isinstance(block, Item) and block.number else ""
        yield printable(number + block.text)
        if isinstance(block, Item):
            yield from map(printable, block.under)


def _unfit(template: bytes, name: str) -> TemplateProblem | None:
    """Say whether a file is no Word document, or unpacks to more than any template holds."""
    no_document = TemplateProblem(
        name, "", "this is no Word document", "save the template as .docx and try again"
    )
    try:
        with zipfile.ZipFile(io.BytesIO(template)) as parts:
            if sum(part.file_size for part in parts.infolist()) > LARGEST:
                return TemplateProblem(
                    name, "", "the template is too large", "leave large pictures out of it"
                )
            if "word/document.xml" not in parts.namelist():
                return no_document
    except (zipfile.BadZipFile, ValueError, OSError):
        return no_document
    return None


def _broken(name: str, error: Exception) -> TemplateProblem:
    """Say that a template makes no document although each of its tags can be filled in."""
    message = f"the template cannot be filled in ({type(error).__name__})"
    return TemplateProblem(
        name, "", message, "save it again in Word, or rebuild the part that was changed last"
    )
