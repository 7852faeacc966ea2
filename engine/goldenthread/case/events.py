"""A case as the events that made it. The same events give the same case."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from goldenthread.case.errors import EventError
from goldenthread.case.model import (
    SHORT,
    Aside,
    Case,
    Decision,
    Rewording,
    SessionNote,
    SignedPlan,
    digest,
    plain,
    with_round,
)
from goldenthread.walk import Round

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


@dataclass(frozen=True, slots=True, kw_only=True)
class Began:
    """A case was begun."""

    on: str
    client: str
    flowchart: str
    content: str = ""
    quick: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """A case was begun with all that a case file held."""

    on: str
    case: Case


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A question was answered, or its answer changed. The value may carry its own date, source and note."""

    on: str
    round: int
    key: str
    value: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Forgotten:
    """An answer was taken away."""

    on: str
    round: int
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A flowchart was opened by hand at a question."""

    on: str
    round: int
    flowchart: str
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundBegun:
    """The round was closed and the next begun."""

    on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """A suggestion was accepted, adapted, declined or left for later."""

    on: str
    decision: Decision


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionNoted:
    """A session was noted; with `replaces` (its place, from 0) an earlier note was corrected."""

    on: str
    note: SessionNote
    replaces: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reworded:
    """A section of a round's plan was put in the clinician's own words; without text, it was given back.

    `over` is the beginning of the digest of the text that was there (see `Rewording`).
    """

    on: str
    round: int
    field: str
    text: str = ""
    over: str = ""

    @classmethod
    def of(cls, field: str, text: str, generated: str, *, on: str, round_: int) -> Reworded:
        """Make the event that puts `text` in the place of what was generated for a section."""
        return cls(on=on, round=round_, field=field, text=text, over=digest(generated)[:SHORT])


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """The plan was signed: its text stands from now on, and later changes belong to the next version."""

    on: str
    plan: SignedPlan

    @classmethod
    def next(
        cls, case: Case, text: str, markdown: str, *, on: str, by: str, fields: tuple[str, ...]
    ) -> Signed:
        """Make the event that signs the present round's plan under the next version."""
        plan = SignedPlan(
            version=case.version,
            round=len(case.rounds) - 1,
            on=on,
            by=by,
            digest=digest(text),
            content=case.content,
            fields=fields,
            text=text,
            markdown=markdown,
        )
        return cls(on=on, plan=plan)


@dataclass(frozen=True, slots=True, kw_only=True)
class Archived:
    """The case was put away, or taken up again."""

    on: str
    archived: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Renamed:
    """The client is called otherwise."""

    on: str
    client: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PathChosen:
    """The quick path was chosen, or the whole one."""

    on: str
    quick: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CarriedOver:
    """The case was carried over to other content, with everything that this may change in it."""

    on: str
    content: str
    flowchart: str
    rounds: tuple[Round, ...]
    decisions: tuple[Decision, ...] = ()
    sessions: tuple[SessionNote, ...] = ()
    aside: tuple[Aside, ...] = ()

    @classmethod
    def to(cls, case: Case, on: str) -> CarriedOver:
        """Make the event that leads to a case that was carried over."""
        return cls(
            on=on,
            content=case.content,
            flowchart=case.flowchart,
            rounds=case.rounds,
            decisions=case.decisions,
            sessions=case.sessions,
            aside=case.aside,
        )


Event = (
    Began
    | Imported
    | Answered
    | Forgotten
    | Opened
    | RoundBegun
    | Decided
    | SessionNoted
    | Reworded
    | Signed
    | Archived
    | Renamed
    | PathChosen
    | CarriedOver
)


def apply(case: Case | None, event: Event) -> Case:
    """Give the case after an event. Raises EventError where the event does not follow from the case."""
    if isinstance(event, Began | Imported):
        if case is not None:
            raise EventError("a case begins once")
        if isinstance(event, Imported):
            return event.case
        return Case(
            client=event.client,
            flowchart=event.flowchart,
            created=event.on,
            saved=event.on,
            content=event.content,
            quick=event.quick,
        )
    if case is None:
        raise EventError("a case begins before anything else happens in it")
    return replace(_after(case, event), saved=event.on)


def _after(case: Case, event: Event) -> Case:
    match event:
        case Answered() | Forgotten() | Opened() | RoundBegun():
            return _walked(case, event)
        case Decided():
            return replace(case, decisions=(*case.decisions, event.decision))
        case SessionNoted():
            return replace(case, sessions=_noted(case, event))
        case Reworded():
            return replace(case, wording=_reworded(case, event))
        case Signed():
            return replace(case, signed=_signed(case, event.plan))
        case Archived():
            return replace(case, archived=event.archived)
        case Renamed():
            return replace(case, client=event.client)
        case PathChosen():
            return replace(case, quick=event.quick)
        case CarriedOver():
            return _carried(case, event)
        case _:
            raise EventError(f"a case cannot take {type(event).__name__} here")


def _walked(case: Case, event: Answered | Forgotten | Opened | RoundBegun) -> Case:
    match event:
        case Answered():
            answers = {**_round(case, event.round).answers, event.key: plain(event.value)}
            return replace(case, rounds=with_round(case.rounds, event.round, answers=answers))
        case Forgotten():
            left = dict(_round(case, event.round).answers)
            if event.key not in left:
                raise EventError(f"`{event.key}` has no answer to be taken away")
            del left[event.key]
            return replace(case, rounds=with_round(case.rounds, event.round, answers=left))
        case Opened():
            opened = (*_round(case, event.round).opened, (event.flowchart, event.at))
            return replace(case, rounds=with_round(case.rounds, event.round, opened=opened))
        case RoundBegun():
            return replace(case, rounds=(*case.rounds, Round({}, begun=event.on)), wording={})


def _carried(case: Case, event: CarriedOver) -> Case:
    return replace(
        case,
        content=event.content,
        flowchart=event.flowchart,
        rounds=event.rounds,
        decisions=event.decisions,
        sessions=event.sessions,
        aside=event.aside,
        wording={name: one for name, one in case.wording.items() if one.round < len(event.rounds)},
    )


def _round(case: Case, n: int) -> Round:
    if not 0 <= n < len(case.rounds):
        raise EventError(f"round {n} has not begun; the case has {len(case.rounds)}")
    return case.rounds[n]


def _noted(case: Case, event: SessionNoted) -> tuple[SessionNote, ...]:
    place, note = event.replaces, event.note
    opened = _round(case, note.round).opened
    if place is not None and not 0 <= place < len(case.sessions):
        raise EventError(f"there is no session {place} to be corrected; the case has {len(case.sessions)}")
    before = case.sessions[place] if place is not None else None
    if note.safety != "changed":
        note = replace(note, openings=0)
    elif before is not None and (before.safety, before.round) == ("changed", note.round):
        # A note that is put right is no new change in safety.
        note = replace(note, openings=before.openings)
    else:
        note = replace(note, openings=len(opened))
    if place is None:
        return (*case.sessions, note)
    return (*case.sessions[:place], note, *case.sessions[place + 1 :])


def _reworded(case: Case, event: Reworded) -> dict[str, Rewording]:
    _round(case, event.round)
    left = {name: one for name, one in case.wording.items() if name != event.field}
    if event.text:
        made = Rewording(round=event.round, on=event.on, text=event.text, over=event.over)
        return {**left, event.field: made}
    if event.field not in case.wording:
        raise EventError(f"`{event.field}` is not reworded")
    return left


def _signed(case: Case, plan: SignedPlan) -> tuple[SignedPlan, ...]:
    _round(case, plan.round)
    if plan.version != case.version:
        raise EventError(f"version {plan.version} cannot be signed; the next is {case.version}")
    if not plan.text:
        raise EventError("there is no text to be signed")
    if not plan.intact:
        raise EventError("the digest of the signed plan is not that of its text")
    return (*case.signed, plan)


def replay(events: Iterable[Event]) -> Case:
    """Give the case that events make, from the first. Raises EventError for none."""
    case: Case | None = None
    for event in events:
        case = apply(case, event)
    if case is None:
        raise EventError("a case begins before anything else happens in it")
    return case


def difference(case: Case, rounds: tuple[Round, ...], on: str) -> tuple[Event, ...]:
    """Give the events that lead from a case to the rounds that a walk has now. None where nothing changed.

    Where the walk has lost rounds or openings, which no single event tells, the whole is carried over.
    """
    if len(rounds) < len(case.rounds) or any(
        after.opened[: len(before.opened)] != before.opened
        for before, after in zip(case.rounds, rounds, strict=False)
    ):
        return (CarriedOver.to(replace(case, rounds=rounds), on),)
    return tuple(_difference(case.rounds, rounds, on))


def _difference(before: tuple[Round, ...], after: tuple[Round, ...], on: str) -> Iterator[Event]:
    for n, round_ in enumerate(after):
        old = before[n] if n < len(before) else Round({})
        if n >= len(before):
            yield RoundBegun(on=on)
        for key in old.answers:
            if key not in round_.answers:
                yield Forgotten(on=on, round=n, key=key)
        for key, value in round_.answers.items():
            # 1, 1.0 and true are equal here, and not the same answer.
            if key not in old.answers or repr(old.answers[key]) != repr(value):
                yield Answered(on=on, round=n, key=key, value=value)
        for flowchart, at in round_.opened[len(old.opened) :]:
            yield Opened(on=on, round=n, flowchart=flowchart, at=at)
