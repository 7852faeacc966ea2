"""One client's case: what was answered, decided and noted, round by round. Pure values, no files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

from goldenthread.walk import Round

if TYPE_CHECKING:
    from goldenthread.walk import Program, Walk

Verdict = Literal["accepted", "adapted", "declined", "later"]
Mode = Literal["in_person", "video", "telephone", "home_visit", "written", "missed", "other"]
SafetyChange = Literal["not_asked", "no_change", "changed"]

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
    """

    client: str
    flowchart: str
    created: str
    saved: str
    content: str = ""
    quick: bool = False
    rounds: tuple[Round, ...] = (Round({}),)
    decisions: tuple[Decision, ...] = ()
    sessions: tuple[SessionNote, ...] = ()
    aside: tuple[Aside, ...] = ()

    def walk(self, program: Program) -> Walk:
        """Walk the answers again. Raises KeyError where the library lacks the flowchart; see `carry_over`."""
        from goldenthread.walk import Settings, Walk  # noqa: PLC0415 -- reading a case needs no walk

        return Walk.replay(program, self.flowchart, self.rounds, settings=Settings(quick=self.quick))

    def decided(self, kind: str, id_: str) -> Decision | None:
        """Give the newest decision on a suggestion, or None."""
        found = (d for d in reversed(self.decisions) if d.kind == kind and d.id == id_)
        return next(found, None)


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
