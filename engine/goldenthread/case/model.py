"""One client's case: what was answered, decided and noted, round by round. Pure values, no files."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

from goldenthread.walk import Round

if TYPE_CHECKING:
    from goldenthread.walk import Program, Walk

Verdict = Literal["accepted", "adapted", "declined", "later"]
Mode = Literal["in_person", "video", "telephone", "home_visit", "written", "missed", "other"]
SafetyChange = Literal["not_asked", "no_change", "changed"]

SHORT = 16
"""How much of a digest is enough to see that a text has changed."""
_SCALARS = (str, int, bool, type(None))
_LONGEST_NUMBER = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What the clinician made of a suggestion. `facts` are those behind it, with their values on that day."""

    round: int
    kind: str
    id: str
    verdict: Verdict
    on: str
    reason: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionNote:
    """One session. Goals are named by their ids in the plan of `round`; `ratings` run from 0 to 10.

    `safety` says whether a change was asked about: what was not asked is not the same as no change.
    """

    round: int
    date: str
    mode: Mode = "in_person"
    present: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()
    interventions: tuple[str, ...] = ()
    response: str = ""
    ratings: Mapping[str, int] = field(default_factory=dict)
    safety: SafetyChange = "not_asked"
    safety_note: str = ""
    next_step: str = ""
    note: str = ""
    openings: int = 0
    """How many flowcharts had been opened by hand in the round when a change in safety was noted.

    It is counted when the note is taken in, and shows whether the risk guide was opened since.
    """

    @property
    def held(self) -> bool:
        """Whether the session took place: one that was missed is noted, and works on nothing."""
        return self.mode != "missed"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedPlan:
    """A plan as it was signed. Signings are counted from 1, whatever the round; `content` names the library."""

    version: int
    round: int
    on: str
    by: str = ""
    digest: str
    content: str = ""
    fields: tuple[str, ...] = ()
    """The sections that were chosen for it."""
    text: str
    markdown: str = ""

    @property
    def intact(self) -> bool:
        """Whether the text is the one that was signed."""
        return digest(self.text) == self.digest


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewording:
    """The clinician's own text for one section of a round's plan.

    `over` is the beginning of the digest of the text that it stands for: where that has changed since, it is
    to be looked at again.
    """

    round: int
    on: str
    text: str
    over: str = ""

    def stale(self, generated: str) -> bool:
        """Say whether it stands for another text than the one that is there now."""
        return digest(generated)[:SHORT] != self.over


@dataclass(frozen=True, slots=True, kw_only=True)
class Aside:
    """What stands in no flowchart any more, kept as it was: an answer, or (`opened`) an opening there."""

    round: int
    question: str
    answer: Any = None
    opened: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A case as it stands. `content` is the digest of the library that it was last walked over.

    `rounds` holds answers as the walk keys them: `flowchart.node`, with `@item` where it runs once an item.
    `wording` holds what was reworded in the plan of the present round, by section.
    """

    client: str
    flowchart: str
    created: str
    saved: str
    content: str = ""
    quick: bool = False
    archived: bool = False
    rounds: tuple[Round, ...] = (Round({}),)
    decisions: tuple[Decision, ...] = ()
    sessions: tuple[SessionNote, ...] = ()
    wording: Mapping[str, Rewording] = field(default_factory=dict)
    signed: tuple[SignedPlan, ...] = ()
    aside: tuple[Aside, ...] = ()

    @property
    def version(self) -> int:
        """The version of the plan that is worked on: it is signed under this number."""
        return len(self.signed) + 1

    def begun(self, round_: int) -> str:
        """Give the day on which a round was begun; nothing where that was not written down."""
        return self.rounds[round_].begun or ("" if round_ else self.created)

    def signed_on(self, round_: int) -> str:
        """Give the day on which a round's plan was last signed, or nothing."""
        return max((plan.on for plan in self.signed if plan.round == round_), default="")

    def walk(self, program: Program) -> Walk:
        """Walk the answers again. Raises KeyError where the library lacks the flowchart; see `carry_over`."""
        from goldenthread.walk import Settings, Walk  # noqa: PLC0415 -- reading a case needs no walk

        return Walk.replay(program, self.flowchart, self.rounds, settings=Settings(quick=self.quick))

    def decided(self, kind: str, id_: str) -> Decision | None:
        """Give the newest decision on a suggestion, or None."""
        found = (d for d in reversed(self.decisions) if d.kind == kind and d.id == id_)
        return next(found, None)


def digest(text: str) -> str:
    """Give the digest of a text: SHA-256, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def plain(value: Any) -> Any:
    """Give a deep copy in dicts, lists and scalars, all that a case holds. Raises TypeError for others."""
    if isinstance(value, Mapping):
        for key in value:
            if not isinstance(key, str):
                raise TypeError(f"a key of an answer is a word, not {type(key).__name__}")
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    if type(value) is float:
        return _number(value)
    if type(value) in _SCALARS:
        return value
    raise TypeError(f"an answer is made of words, numbers, lists and maps, not {type(value).__name__}")


def _number(value: float) -> float:
    """Leave out the noise of the last digits, which a file has no room for: 0.30000000000000004 is 0.3."""
    digits = 15
    while len(repr(value)) > _LONGEST_NUMBER:
        value = float(f"{value:.{digits}g}")
        digits -= 1
    return value


def with_round(rounds: tuple[Round, ...], n: int, **changed: Any) -> tuple[Round, ...]:
    """Give the rounds with one of them changed."""
    return (*rounds[:n], replace(rounds[n], **changed), *rounds[n + 1 :])
