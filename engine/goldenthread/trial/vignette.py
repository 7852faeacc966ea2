"""Vignettes: cases with the outcomes that a senior clinician expects of them."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from goldenthread.advise import Held, advise
from goldenthread.diagnostics import Diagnostic, did_you_mean
from goldenthread.loading import check_form, kind_of, shown
from goldenthread.plan import make_plan
from goldenthread.plan import read as reading
from goldenthread.source import read
from goldenthread.walk import Settings, Walk, rounds_from, unknown_questions

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from goldenthread.advise import Advice
    from goldenthread.source import Tree
    from goldenthread.walk import Program

_ANY_DAY = datetime.date(2026, 1, 1)
"""Threads and what a statement lacks do not depend on the day."""


@dataclass(frozen=True, slots=True)
class Vignette:
    """One case: its data as authored, and the tree for the places in it."""

    id: str
    data: Mapping[str, Any]
    tree: Tree


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a vignette: the walk, and what was not as expected, each at its place."""

    vignette: Vignette
    walk: Walk
    found: tuple[Diagnostic, ...]

    @property
    def passed(self) -> bool:
        """Whether everything came out as expected."""
        return not self.found


def read_vignettes(paths: Sequence[Path]) -> tuple[list[Vignette], list[Diagnostic], dict[str, str]]:
    """Read vignettes; give them, what is wrong with their form, and the texts for excerpts."""
    made: list[Vignette] = []
    found: list[Diagnostic] = []
    texts: dict[str, str] = {}
    for path in paths:
        name = shown(path)
        tree, wrong, text = read(path, name)
        if text is not None:
            texts[name] = text
        found += wrong
        if tree is None or wrong:
            continue
        kind, wrong = kind_of(tree)
        if kind == "vignette":
            wrong = check_form(tree, kind)
        elif not wrong:
            message = f"this is no vignette: its first key is `{kind}`"
            wrong = [
                Diagnostic("error", "V001", message, tree.key(tree.data, kind), "begin with `vignette: id`")
            ]
        found += wrong
        if not wrong:
            made.append(Vignette(tree.data["vignette"], tree.data, tree))
    return made, found, texts


def run_vignette(program: Program, vignette: Vignette) -> Outcome:
    """Walk a vignette, and hold what came of it against what is expected."""
    data, tree = vignette.data, vignette.tree
    rounds = rounds_from(data, program)
    settings = Settings(quick=bool(data.get("quick")), rest_later=data.get("rest") == "later")
    root = data.get("flowchart", "planning")
    if root not in program.charts:
        wrong = Diagnostic(
            "error",
            "V002",
            f"there is no flowchart `{root}`",
            tree.path(["flowchart"]),
            did_you_mean(root, program.charts),
        )
        return Outcome(vignette, Walk.start(program, next(iter(program.charts))), (wrong,))
    walk = Walk.replay(program, root, rounds, settings=settings)
    expect = _Expectations(program, vignette, walk)
    expect.answers_fit(rounds)
    # What comes of answers that do not fit says nothing about the content.
    if not any(diagnostic.code == "V002" for diagnostic in expect.found):
        expect.check()
    return Outcome(vignette, walk, tuple(expect.found))


class _Expectations:
    def __init__(self, program: Program, vignette: Vignette, walk: Walk) -> None:
        self.program, self.tree, self.walk = program, vignette.tree, walk
        self.expect: Mapping[str, Any] = vignette.data["expect"]
        self.facts = reading(walk).facts
        self.found: list[Diagnostic] = []
        self._advice: dict[str, Advice] = {}

    def advice(self, kind: str) -> Advice:
        if kind not in self._advice:
            self._advice[kind] = advise(self.program.library, self.facts, kind)
        return self._advice[kind]

    def fail(self, path: list[str | int], message: str, help_: str = "") -> None:
        self.found.append(Diagnostic("error", "V003", message, self.tree.path(path), help_))

    def answers_fit(self, rounds: Sequence[Any]) -> None:
        for key, near in unknown_questions(rounds, self.program):
            name = key.partition("@")[0]
            help_ = f"did you mean `{near}`?" if near else ""
            self.found.append(
                Diagnostic(
                    "error",
                    "V002",
                    f"no question is called `{name}`",
                    self.tree.path(["answers", name], on_key=True),
                    help_,
                )
            )
        problem = self.walk.problem
        if problem is not None:
            name = problem.key.partition("@")[0]
            span = self.tree.path(["answers", name])
            self.found.append(
                Diagnostic("error", "V002", f"`{problem.key}`: {problem.message}", span, problem.help)
            )
        for key in self.walk.set_aside:
            name = key.partition("@")[0]
            if name in self.program.steps and self.walk.round == len(rounds) - 1:
                span = self.tree.path(["answers", name], on_key=True)
                waits = f"the walk waits at `{self.walk.at}`" if self.walk.at else "the walk ends before it"
                self.found.append(
                    Diagnostic(
                        "error",
                        "V004",
                        f"`{key}` is answered and never asked: {waits}",
                        span,
                        "take it out, or change what leads there",
                    )
                )

    def check(self) -> None:
        passed = {trace.key for trace in self.walk.trail} | (
            {self.walk.at.partition("@")[0]} if self.walk.at else set()
        )
        for n, key in enumerate(self.expect.get("passes", ())):
            if self._node(key, ["expect", "passes", n]) and key not in passed:
                self.fail(["expect", "passes", n], f"`{key}` is not passed")
        for n, key in enumerate(self.expect.get("never_passes", ())):
            if self._node(key, ["expect", "never_passes", n]) and key in passed:
                self.fail(["expect", "never_passes", n], f"`{key}` is passed")
        self._ends()
        for kind, wanted in self.expect.get("offers", {}).items():
            self._offers(kind, wanted)
        for kind, ids in self.expect.get("holds", {}).items():
            self._holds(kind, ids)
        for kind, ids in self.expect.get("never", {}).items():
            self._never(kind, ids)
        self._alerts()
        self._rest()

    def _node(self, key: str, path: list[str | int]) -> bool:
        if key in self.program.steps:
            return True
        self.fail(path, f"there is no node `{key}`", did_you_mean(key, self.program.steps))
        return False

    def _known(self, kind: str, id_: str, path: list[str | int]) -> bool:
        bank = self.program.library.advised(kind)
        if id_ in bank:
            return True
        self.fail(path, f"there is nothing called `{id_}` among the {kind}", did_you_mean(id_, bank))
        return False

    def _ends(self) -> None:
        wanted = self.expect.get("ends")
        if wanted is None:
            return
        reached = self.walk.end.key if self.walk.end else "open"
        if reached != wanted:
            where = f" (it waits at `{self.walk.at}`)" if self.walk.at else ""
            self.fail(["expect", "ends"], f"the walk ends at `{reached}`{where}")

    def _offers(self, kind: str, wanted: Mapping[str, Any]) -> None:
        offers = self.advice(kind).offers
        ids = [offer.id for offer in offers]
        base: list[str | int] = ["expect", "offers", kind]
        for n, id_ in enumerate(wanted.get("include", ())):
            if self._known(kind, id_, [*base, "include", n]) and id_ not in ids:
                self.fail([*base, "include", n], f"`{id_}` is not offered: {self._why_not(kind, id_)}")
        for n, id_ in enumerate(wanted.get("among_first", ())):
            if not self._known(kind, id_, [*base, "among_first", n]):
                continue
            rank = next((offer.rank for offer in offers if offer.id == id_), None)
            if rank is None:
                self.fail([*base, "among_first", n], f"`{id_}` is not offered: {self._why_not(kind, id_)}")
            elif rank > 3:
                self.fail(
                    [*base, "among_first", n],
                    f"`{id_}` has rank {rank}; before it stand {', '.join(ids[:3])}",
                )
        first = wanted.get("first")
        if (
            first
            and self._known(kind, first, [*base, "first"])
            and not any(o.id == first and o.rank == 1 for o in offers)
        ):
            self.fail([*base, "first"], f"the first is {ids[0] if ids else 'nothing'}, not `{first}`")

    def _why_not(self, kind: str, id_: str) -> str:
        found = self.advice(kind).find(id_)
        if isinstance(found, Held):
            return f"held; ask first {', '.join(str(a) for a in found.ask_first) or found.why}"
        if found is not None and found.because:
            return f"left out; {found.because[0]}"
        return "left out"

    def _holds(self, kind: str, ids: Any) -> None:
        path: list[str | int] = ["expect", "holds", kind]
        advice = self.advice(kind)
        if ids == "all":
            if advice.offers:
                self.fail(path, f"{', '.join(o.id for o in advice.offers[:3])} are offered")
            elif not any(held.suggested for held in advice.held):
                self.fail(path, "nothing is held: nothing is suggested")
            return
        # A goal or treatment that nothing suggests yet is not held: the word is kept for what a reason is there for.
        held = {h.id for h in advice.held if h.suggested or kind in {"diagnoses", "factors"}}
        for n, id_ in enumerate(ids):
            if self._known(kind, id_, [*path, n]) and id_ not in held:
                self.fail([*path, n], f"`{id_}` is not held")

    def _never(self, kind: str, ids: Any) -> None:
        path: list[str | int] = ["expect", "never", kind]
        offered = [offer.id for offer in self.advice(kind).offers]
        if ids == "all":
            if offered:
                self.fail(path, f"{', '.join(offered[:3])} are offered")
            return
        for n, id_ in enumerate(ids):
            if self._known(kind, id_, [*path, n]) and id_ in offered:
                self.fail([*path, n], f"`{id_}` is offered")

    def _alerts(self) -> None:
        raised = {r.alert.id for r in self.walk.alerts}
        for n, id_ in enumerate(self.expect.get("alerts", ())):
            if id_ not in self.program.library.alerts:
                self.fail(
                    ["expect", "alerts", n],
                    f"there is no alert `{id_}`",
                    did_you_mean(id_, self.program.library.alerts),
                )
            elif id_ not in raised:
                self.fail(["expect", "alerts", n], f"the alert `{id_}` is not raised")

    def _rest(self) -> None:
        most = self.expect.get("questions_at_most")
        answered = [
            t for t in self.walk.trail if t.step.waits and t.how in {"answered", "not_known", "declined"}
        ]
        if most is not None and len(answered) > most:
            self.fail(["expect", "questions_at_most"], f"{len(answered)} answers were given")
        if "threads" in self.expect or "lacks" in self.expect:
            self._plan()

    def _plan(self) -> None:
        plan = make_plan(self.walk, _ANY_DAY)
        state = "loose" if plan.loose_ends else "whole"
        if self.expect.get("threads", state) != state:
            self.fail(["expect", "threads"], f"the threads are {state}: {'; '.join(plan.loose_ends[:3])}")
        for n, role in enumerate(self.expect.get("lacks", ())):
            if role not in plan.statement.lacks:
                self.fail(["expect", "lacks", n], f"the problem statement does not lack `{role}`")
