"""Where a walk stands. Mutable while it runs, copied before it changes; nobody outside the walk sees it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from goldenthread.model import Alert, Edge
    from goldenthread.score import Score
    from goldenthread.walk.program import Chart, Step


@dataclass(frozen=True, slots=True)
class Frame:
    """A flowchart under way, for which item, and the step to go on with after it.

    `before` holds what earlier runs of it had made known when it began again.
    """

    chart: Chart
    item: str
    back: Step | None
    before: Mapping[str, Any] = field(default_factory=dict)


class Trace(NamedTuple):
    """One step that was passed. `how` says with what: answered, kept, later, or nothing to answer."""

    round: int
    key: str
    item: str
    step: Step
    how: str
    edge: Edge | None
    depth: int

    @property
    def question(self) -> str:
        """The name under which an answer to the step is kept, with the item of its run."""
        return f"{self.key}@{self.item}" if self.item else self.key


class Told(NamedTuple):
    """What was known at a time, and what was asked in vain."""

    known: Mapping[str, Any]
    asked: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Raised:
    """An alert that was raised in this round, and whether it is cleared."""

    alert: Alert
    cleared: bool


@dataclass(frozen=True, slots=True)
class Problem:
    """An answer that could not be taken: where it stands, what is wrong, what to do."""

    key: str
    message: str
    help: str = ""


@dataclass(slots=True)
class State:
    """Everything that the answers so far have made."""

    at: Step | None
    frames: tuple[Frame, ...]
    round: int = 0
    known: dict[str, Any] = field(default_factory=dict)
    asked: dict[str, str] = field(default_factory=dict)
    trail: tuple[Any, Any] | None = None
    """The steps passed, newest first, as a chain that copies share: (round, step, item, how, edge, depth)."""
    used: set[str] = field(default_factory=set)
    done: dict[str, str] = field(default_factory=dict)
    """Flowcharts run in this round (with their item) to the end that they reached."""
    raised: dict[str, Raised] = field(default_factory=dict)
    """Alerts raised in this round by the item of their run: the alert's id, then `id_2` when it is raised again."""
    over: tuple[Raised, ...] = ()
    """The alerts of earlier rounds, as they stood when these were closed."""
    pending: tuple[str, ...] = ()
    """Alerts that wait for their turn, by the item that their run will have."""
    runs: dict[str, tuple[Told, ...]] = field(default_factory=dict)
    """What was told at the end of each run of a flowchart that alerts open."""
    displaced: frozenset[tuple[int, int]] = frozenset()
    """Openings by hand, by round, whose question has left the path, or at which their flowchart was under way: they
    take the first turn of their round at which they can."""
    lost: frozenset[tuple[int, int]] = frozenset()
    """Openings by hand, by round, that had no turn before their round closed."""
    opened: frozenset[int] = frozenset()
    """Which of the openings by hand have had their turn, counted from 1."""
    scores: dict[str, tuple[Score, ...]] = field(default_factory=dict)
    heard: set[tuple[str, str]] | None = None
    """By node and fact, what was answered as the node's conditions read it; only where somebody wants to know."""
    entered: tuple[Any, Any] | None = None
    """What was told as visits began their flowcharts, each with the visit, as a chain; where somebody wants to know."""
    end: Step | None = None
    problem: Problem | None = None
    steps: int = 0

    @property
    def told(self) -> Told:
        """What is known now, and what was asked in vain, for good."""
        return Told(self.known.copy(), self.asked.copy())

    def copy(self) -> State:
        """Give a state that can change without changing this one."""
        return State(
            self.at,
            self.frames,
            self.round,
            self.known.copy(),
            self.asked.copy(),
            self.trail,
            self.used.copy(),
            self.done.copy(),
            self.raised.copy(),
            self.over,
            self.pending,
            self.runs.copy(),
            self.displaced,
            self.lost,
            self.opened,
            self.scores.copy(),
            self.heard if self.heard is None else self.heard.copy(),
            self.entered,
            self.end,
            self.problem,
            self.steps,
        )

    @property
    def item(self) -> str:
        """The item that the flowchart under way runs for, or nothing."""
        return self.frames[-1].item if self.frames else ""
