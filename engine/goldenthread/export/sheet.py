"""The whole of the clinician's plan as one document, before it has a format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goldenthread.export import closing, formulation, opening, waiting, working
from goldenthread.export.document import Block, Document, Section

if TYPE_CHECKING:
    from goldenthread.plan import Plan

FIELDS: dict[str, str] = {
    "problem": "Problem",
    "client_words": "In the client's words",
    "background": "Background",
    "deferred": "What is worked on, and what waits",
    "safety": "Safety",
    "diagnosis": "Diagnosis",
    "formulation": "Formulation",
    "goals": "Goals",
    "treatment": "Treatment",
    "measures": "How it is going",
    "held": "Held and left out",
    "review": "Review and next step",
    "threads": "Threads",
    "open": "Open questions",
    "requirements": "What requirements still lack",
    "sources": "Sources",
}
"""Every part that can be pasted by itself, in the order of the plan, with its heading."""


def part(plan: Plan, name: str, *, private: bool = False) -> tuple[Block, ...]:
    """Give one part of the plan; nothing where there is nothing to say.

    Raises KeyError for a name that there is not.
    """
    match name:
        case "diagnosis":
            return tuple(formulation.diagnosis(plan, private=private))
        case "formulation":
            return tuple(formulation.formulation(plan, private=private))
    return tuple(_PARTS[name](plan))


_PARTS = {
    "problem": opening.problem,
    "client_words": opening.client_words,
    "background": opening.background,
    "deferred": opening.needs,
    "safety": opening.safety,
    "goals": working.goals,
    "treatment": working.treatment,
    "measures": working.measures,
    "held": waiting.held,
    "review": closing.review,
    "threads": closing.threads,
    "open": closing.open_questions,
    "requirements": closing.requirements,
    "sources": closing.sources,
}


def sheet(plan: Plan, *, private: bool = False) -> Document:
    """Give the clinician's plan: every part that holds something.

    `private` adds the clinician's own hypothesis and view.
    """
    sections = [Section(name, heading, part(plan, name, private=private)) for name, heading in FIELDS.items()]
    return Document(
        opening.title(plan),
        tuple(opening.lead(plan)),
        tuple(section for section in sections if section.blocks),
        tuple(closing.foot(plan)),
    )
