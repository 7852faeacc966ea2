"""The options of a question as the page lists them: suggested first, then the rest, each with its reasons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from goldenthread.advise import Offer
from goldenthread.plan.phrases import day
from goldenthread.walk import option_named
from goldenthread.web.controls import first

if TYPE_CHECKING:
    from goldenthread.session import OptionView, Question
    from goldenthread.web.controls import Fields
    from goldenthread.web.desk import Desk, Sitting

ADVISED = ("offered", "held", "left_out")
SEVERAL = 7
"""So many bare names, and fewer, stand under one another."""
FEW = 20
"""So many options are seen at a glance; more can be filtered."""


@dataclass(frozen=True, slots=True)
class Row:
    """One option with its place in the form."""

    option: OptionView
    checked: bool
    example: str
    main: bool = False
    declined: str = ""
    """When it was declined before, and why."""

    @property
    def advised(self) -> bool:
        """Whether there are reasons for or against it."""
        return self.option.state in ADVISED


@dataclass(frozen=True, slots=True)
class Options:
    """`near` is what is offered; `far` can still be chosen; `shut` cannot, and says why."""

    near: tuple[Row, ...]
    far: tuple[Row, ...]
    shut: tuple[Row, ...]

    @property
    def plain(self) -> bool:
        """Whether the options are bare names, so that they may stand side by side."""
        rows = [row.option for row in (*self.near, *self.far, *self.shut)]
        return len(rows) > SEVERAL and not any(o.note or o.why or o.state in ADVISED for o in rows)

    @property
    def many(self) -> bool:
        """Whether there are so many that a filter helps."""
        return len(self.near) + len(self.far) > FEW


def bank(sitting: Sitting, question: Question) -> str:
    """Give the bank that the options are suggested from, or nothing."""
    node = sitting.walk.walk.node
    role = sitting.walk.reading.library.roles.get(node.role) if node else None
    source = role.options_from if role else ""
    return source if any(option.state in ADVISED for option in question.options) else ""


def options(desk: Desk, sitting: Sitting, question: Question, fields: Fields) -> Options:
    """Sort the options of a question. What is checked is always in sight."""
    kind = bank(sitting, question)
    advice = sitting.walk.advice(kind) if kind else None
    checked = set(fields.get("answer", ()))
    fitting = _fitting(sitting, question)
    near: list[Row] = []
    far: list[Row] = []
    shut: list[Row] = []
    for option in question.options:
        offer = advice.find(option.id) if advice and option.state == "offered" else None
        decision = desk.declined(sitting, kind, offer) if isinstance(offer, Offer) else None
        said = f"declined on {day(decision.on)}: {decision.reason or 'no reason given'}" if decision else ""
        row = Row(
            option,
            checked=option.id in checked,
            example=first(fields, f"example_{option.id}"),
            main=option.id == first(fields, "first"),
            declined=said,
        )
        if (
            row.checked
            or (not fitting and option.state in {"offered", "plain"} and not said)
            or option.id in fitting
        ):
            near.append(row)
        elif question.gated and option.state != "offered":
            shut.append(row)
        else:
            far.append(row)
    if kind:
        near = _put_forward_first(near, question)
    return Options(tuple(near), tuple(far), tuple(shut))


def _put_forward_first(rows: list[Row], question: Question) -> list[Row]:
    """Give what was chosen before, in its order, before what is suggested besides."""
    items = question.prefill if isinstance(question.prefill, Mapping | Sequence) else ()
    before = {option_named(item): n for n, item in enumerate(items)}
    return sorted(rows, key=lambda row: before.get(row.option.id, len(before)))


def _fitting(sitting: Sitting, question: Question) -> frozenset[str]:
    """Give those of a long list of treatments that the answers suggest, where the question itself weighs none."""
    node = sitting.walk.walk.node
    role = sitting.walk.reading.library.roles.get(node.role) if node else None
    if role is None or role.options_from != "modalities" or len(question.options) <= FEW:
        return frozenset()
    if any(option.state in ADVISED for option in question.options):
        return frozenset()
    return frozenset(offer.id for offer in sitting.walk.advice("modalities").offers)
