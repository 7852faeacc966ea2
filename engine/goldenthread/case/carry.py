"""A case brought over to content that has changed: earlier names become present ones, nothing is lost."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from goldenthread.case.errors import CaseError
from goldenthread.case.model import Aside, Case
from goldenthread.diagnostics import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from goldenthread.case.model import Decision, SessionNote
    from goldenthread.model import Library
    from goldenthread.walk import Program, Round

_OPENED = "opened_"


@dataclass(frozen=True, slots=True)
class Note:
    """One thing that carrying a case over did: what (`kind`), to which question or entry, in words."""

    kind: Literal["content", "renamed", "aside", "returned"]
    key: str
    text: str


def carry_over(case: Case, program: Program) -> tuple[Case, tuple[Note, ...]]:
    """Bring a case over to a library; give it with notes on what changed. Done twice, it changes nothing.

    Answers to questions that are no longer there are kept aside, and come back when the question does. Raises
    CaseError where the flowchart that the case walks is not there.
    """
    carrier = _Carrier(program)
    notes = carrier.notes
    if case.content and case.content != program.library.digest:
        text = "The content has changed since this case was last saved; answers are held against the new one."
        notes.append(Note("content", program.library.digest, text))
    flowchart = carrier.flowchart(case.flowchart)
    aside = _numbered(case.aside)
    rounds: list[Round] = []
    kept: list[Aside] = []
    for n, round_ in enumerate(case.rounds):
        carried, put_aside = carrier.round(n, round_, aside.pop(n, []))
        rounds.append(carried)
        kept += put_aside
    kept += [one for rest in aside.values() for one in rest]
    decisions = tuple(carrier.decision(one) for one in case.decisions)
    sessions = tuple(carrier.session(one) for one in case.sessions)
    carried_case = replace(
        case,
        flowchart=flowchart,
        content=program.library.digest,
        rounds=tuple(rounds),
        decisions=decisions,
        sessions=sessions,
        aside=tuple(kept),
    )
    return carried_case, tuple(notes)


def _numbered(aside: Iterable[Aside]) -> dict[int, list[Aside]]:
    found: dict[int, list[Aside]] = {}
    for one in aside:
        found.setdefault(one.round, []).append(one)
    return found


class _Carrier:
    """Knows the earlier names of a library, and notes what it does with them."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.notes: list[Note] = []
        self.stays: dict[int, list[bool]] = {}
        """For each round, which of its openings by hand can still happen."""
        self.entries = {old: e.id for e in program.library.entries() for old in e.was if old != e.id}
        self.items = renamed_items(program.library) | self.entries

    def flowchart(self, id_: str) -> str:
        """Give the present name of the flowchart that a case walks."""
        now = self._chart_now(id_)
        if now not in self.program.charts:
            help_ = did_you_mean(id_, self.program.charts) or "load the library that the case was begun with"
            raise CaseError(f"this case walks `{id_}`, which is not in this library", help_)
        if now != id_:
            self._renamed(id_, now)
        return now

    def key(self, key: str) -> str:
        """Give the present key of an answer."""
        name, at, item = key.partition("@")
        return self.program.renamed.get(name, name) + at + self.items.get(item, item)

    def asked(self, key: str) -> bool:
        """Say whether the library has the question of that key."""
        step = self.program.steps.get(key.partition("@")[0])
        return step is not None and step.waits

    def round(self, n: int, round_: Round, aside: list[Aside]) -> tuple[Round, list[Aside]]:
        """Carry one round over; give it with what is to be kept aside."""
        kept: list[Aside] = []
        opened, moved = self._opened(n, round_, kept)
        answers: dict[str, Any] = {}
        held: list[tuple[str, str, Any]] = []
        for old, value in round_.answers.items():
            key = self.key(_moved(old, moved))
            if not key or not self.asked(key):
                self._put_aside(kept, Aside(round=n, question=old, answer=value))
            elif key == old or key == _moved(old, moved):
                answers[key] = value
            else:
                held.append((old, key, value))
        for old, key, value in held:
            # What was answered under the present name is newer than what was under the earlier one.
            if key in answers:
                self._put_aside(kept, Aside(round=n, question=old, answer=value))
            else:
                answers[key] = value
                self._renamed(old, key)
        for one in aside:
            key = self.key(one.question)
            if one.opened or not self.asked(key) or key in answers or _OPENED in key.partition("@")[2]:
                kept.append(one)
            else:
                answers[key] = one.answer
                text = f"The question `{key}` is there again, and with it the answer that was kept aside."
                self.notes.append(Note("returned", key, text))
        return replace(round_, answers=answers, opened=opened), kept

    def _opened(
        self, n: int, round_: Round, kept: list[Aside]
    ) -> tuple[tuple[tuple[str, str], ...], Mapping[str, str]]:
        """Give the openings that can still happen, and how those after a lost one are counted now.

        An opening at a question that is gone is never reached, and would hold up all that come after it.
        """
        stay: list[tuple[str, str]] = []
        stays = self.stays.setdefault(n, [])
        moved: dict[str, str] = {}
        for count, (flowchart, at) in enumerate(round_.opened, 1):
            chart, key = self._chart_now(flowchart), self.key(at)
            stays.append(chart in self.program.charts and self.asked(key))
            if stays[-1]:
                stay.append((chart, key))
                moved[f"{_OPENED}{count}"] = f"{_OPENED}{len(stay)}"
            else:
                self._put_aside(kept, Aside(round=n, question=at, opened=flowchart))
                moved[f"{_OPENED}{count}"] = ""
        return tuple(stay), moved

    def _chart_now(self, id_: str) -> str:
        charts = self.program.library.flowcharts
        if id_ in charts:
            return id_
        return next((chart.id for chart in charts.values() if id_ in chart.was), id_)

    def decision(self, decision: Decision) -> Decision:
        """Carry a decision over: the entry's name, and those of the facts behind it."""
        facts = {self.program.renamed.get(key, key): value for key, value in decision.facts.items()}
        return replace(decision, id=self.entries.get(decision.id, decision.id), facts=facts)

    def session(self, note: SessionNote) -> SessionNote:
        """Carry a session's note over: the names of its goals and interventions, the openings that it counts."""
        now = self.entries
        return replace(
            note,
            goals=tuple(now.get(id_, id_) for id_ in note.goals),
            interventions=tuple(now.get(id_, id_) for id_ in note.interventions),
            ratings={now.get(id_, id_): rating for id_, rating in note.ratings.items()},
            openings=sum(self.stays.get(note.round, [])[: note.openings]),
        )

    def _renamed(self, old: str, new: str) -> None:
        text = f"`{old}` is called `{new}` now; what was answered there was kept."
        self.notes.append(Note("renamed", new, text))

    def _put_aside(self, kept: list[Aside], one: Aside) -> None:
        kept.append(one)
        if one.opened:
            text = f"`{one.opened}` was opened at `{one.question}`; one of them is no longer there."
        elif self.asked(self.key(one.question)):
            text = f"`{one.question}` stands with other answers now; its own answer was kept aside."
        else:
            text = f"The question `{one.question}` is no longer there; its answer was kept aside."
        self.notes.append(Note("aside", one.question, text))


def _moved(key: str, moved: Mapping[str, str]) -> str:
    """Give the key of an answer in a flowchart opened by hand, by the present count; empty for a lost one."""
    name, at, item = key.partition("@")
    if item not in moved:
        return key
    return f"{name}{at}{moved[item]}" if moved[item] else ""


def renamed_items(library: Library) -> dict[str, str]:
    """Give earlier ids of options to their present ones, where one name was that of one option only."""
    found: dict[str, set[str]] = {}
    lists = [role.options for role in library.roles.values()] + [node.options for node in library.nodes()]
    present = {id_ for options in lists for id_ in options}
    for options in lists:
        for option in options.values():
            for old in option.was:
                found.setdefault(old, set()).add(option.id)
    return {old: next(iter(new)) for old, new in found.items() if len(new) == 1 and old not in present}
