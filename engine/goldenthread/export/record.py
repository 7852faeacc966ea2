"""What of a plan enters the record: the parts that were chosen, as they were reworded, and no more than was decided."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from goldenthread.export import closing, opening
from goldenthread.export.document import Block, Document, Item, Para, Section
from goldenthread.export.rewording import behind, blocks_of, editable
from goldenthread.export.sheet import FIELDS, part
from goldenthread.plan.phrases import cap, day, full

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from goldenthread.case import Decision
    from goldenthread.plan import Plan

RECORDED = (
    "problem", "client_words", "deferred", "safety", "diagnosis", "formulation", "goals", "treatment",
    "measures", "review", "threads",
)  # fmt: skip
"""The parts that enter the record where nobody chose otherwise."""
DECLINED = "declined"
STALE = "The answers behind this part have changed since it was reworded. Read it again before it is used."
_KINDS = {
    "diagnoses": "diagnosis",
    "factors": "factor",
    "goals": "goal",
    "interventions": "intervention",
    "modalities": "treatment",
}
Names = Callable[[str, str], str]
"""The name of an entry by its bank and id."""


class Rewording(Protocol):
    """Words that the clinician put in the place of a part; `over` is the fingerprint of what stood there."""

    @property
    def text(self) -> str:
        """The words."""
        ...

    @property
    def over(self) -> str:
        """What `behind` gave when they were written."""
        ...


@dataclass(frozen=True, slots=True)
class Record:
    """The document, and the names of its parts whose answers have changed since they were reworded."""

    document: Document
    stale: tuple[str, ...] = ()


def id_in_words(kind: str, id_: str) -> str:  # noqa: ARG001 -- the shape of Names
    """Name an entry by its id, where nothing better is known."""
    return id_.replace("_", " ")


def record(  # noqa: PLR0913 -- each is one choice of the clinician
    plan: Plan,
    *,
    fields: Iterable[str] = RECORDED,
    wording: Mapping[str, Rewording] | None = None,
    decisions: Sequence[Decision] = (),
    names: Names = id_in_words,
    private: bool = False,
    declines: bool = False,
    considered: bool = False,
) -> Record:
    """Give what enters the record: the parts named in `fields`, in the plan's order.

    `wording` stands in the place of what the plan says, by part. `private` adds the clinician's own hypothesis and
    view; `declines` what was declined, with the reason; `considered` the hypotheses and treatments that were put
    forward beside what was taken. Raises KeyError for a field that there is not.
    """
    wanted = what_was_chosen(fields)
    seen = shown(plan, wanted, decisions, declines=declines, considered=considered)
    sections, stale = [], []
    for name, heading in FIELDS.items():
        if name not in wanted:
            continue
        reworded = (wording or {}).get(name)
        blocks = part(seen, name, private=private)
        if reworded is not None and reworded.text.strip():
            blocks = blocks_of(reworded.text)
            if reworded.over != behind(plan, name):
                stale.append(name)
                blocks = (Para(STALE), *blocks)
        sections.append(Section(name, heading, blocks))
    if declines:
        sections.append(Section(DECLINED, "Declined", tuple(_declined(decisions, names))))
    held = tuple(section for section in sections if section.blocks)
    return Record(
        Document(opening.title(plan), tuple(opening.lead(seen)), held, tuple(closing.foot(plan))),
        tuple(stale),
    )


def to_edit(plan: Plan, name: str, decisions: Sequence[Decision] = ()) -> str:
    """Give a part of the record as text to be edited. Raises KeyError for a name that is not in FIELDS."""
    return editable(part(_narrowed(plan, decisions, declines=False, considered=False), name))


def what_was_chosen(fields: Iterable[str]) -> set[str]:
    """Give the names of parts. Raises KeyError for one that there is not."""
    wanted = set(fields)
    for name in sorted(wanted - FIELDS.keys()):
        raise KeyError(name)
    return wanted


def shown(
    plan: Plan, wanted: set[str], decisions: Sequence[Decision], *, declines: bool, considered: bool
) -> Plan:
    """Give a plan as a record of these parts tells it: with no more than was decided."""
    found = _narrowed(plan, decisions, declines=declines, considered=considered)
    if plan.status == "provisional" and "open" not in wanted:
        found = replace(found, status_words=_what_is_open(plan, threads="threads" in wanted))
    return found


def _narrowed(plan: Plan, decisions: Sequence[Decision], *, declines: bool, considered: bool) -> Plan:
    """Leave out of a plan what was declined, and what was put forward beside what was taken."""
    verdicts = {(decision.kind, decision.id): decision.verdict for decision in decisions}
    diagnoses = {line.id for line in plan.working}
    treatments = {line.id for line in plan.treatments if line.chosen}

    def shown(kind: str, id_: str, taken: set[str]) -> bool:
        # While nothing is taken, what is put forward is how the plan stands.
        wanted = (considered or not taken) and (declines or verdicts.get((kind, id_)) != "declined")
        return wanted or id_ in taken

    offers = tuple(offer for offer in plan.diagnoses.offers if shown("diagnoses", offer.id, diagnoses))
    lines = tuple(line for line in plan.treatments if shown("modalities", line.id, treatments))
    return replace(plan, diagnoses=replace(plan.diagnoses, offers=offers), treatments=lines)


def _declined(decisions: Sequence[Decision], names: Names) -> list[Block]:
    made: list[Block] = []
    for one in newest_declines(decisions):
        what = f"{cap(names(one.kind, one.id))} ({_KINDS.get(one.kind, one.kind)}), on {day(one.on)}"
        made.append(Item(full(what), (f"Why: {full(one.reason)}",) if one.reason else ()))
    return made


def newest_declines(decisions: Sequence[Decision]) -> list[Decision]:
    """Give what stands declined, each with its last reason."""
    newest = {(decision.kind, decision.id): decision for decision in decisions}
    return [decision for decision in newest.values() if decision.verdict == "declined"]


def _what_is_open(plan: Plan, *, threads: bool) -> str:
    """Say in a record that lists no open questions what the plan is provisional for."""
    if plan.open:
        return "Some questions are still open; they are not listed here."
    where = ", marked under Threads" if threads else "; they are not listed here"
    return f"The thread has loose ends{where}."


def footer(plan: Plan, signed: str = "") -> str:
    """Give the line at the foot of a page: whose plan, which version, of which day, and whether it is signed.

    `signed` says by whom and when.
    """
    marks = [signed or "not signed", *(["draft content"] if plan.draft else [])]
    return " · ".join([opening.title(plan), f"version {plan.version}", day(plan.date), *marks])
