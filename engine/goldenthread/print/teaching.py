"""A vignette as a lesson on paper: the case, a form to write on blind, the path, the answers, and how to time it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from goldenthread.draw import extract
from goldenthread.model import PHASES
from goldenthread.plan.phrases import cap, day, full, joined, quoted
from goldenthread.print.chart import laid, parts
from goldenthread.print.content import (
    Fields,
    Frame,
    Heading,
    Pairs,
    Para,
    Part,
    Points,
    Publication,
    Room,
    Run,
    Step,
    Table,
    shortened,
)  # fmt: skip
from goldenthread.print.furniture import furniture
from goldenthread.print.handouts.texts import texts
from goldenthread.print.lettering import lettered
from goldenthread.print.setting import nobody, to_pdf
from goldenthread.session.question import PHASE_NAMES
from goldenthread.session.summary import summary

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from goldenthread.advise import Because
    from goldenthread.draw.diagram import Diagram
    from goldenthread.model import Flowchart, Library
    from goldenthread.plan import Plan
    from goldenthread.print.content import Block, Words
    from goldenthread.print.paper import Sheet
    from goldenthread.print.setting import Tell
    from goldenthread.session import GuidedWalk
    from goldenthread.session.summary import AnswerLine

_DRAWN = ("safety", "diagnosis")
"""The phases whose turns are drawn; those of the others stand in the table of turns."""
_ON, _OFF = 80, 40
"""The longest words in a box, and on an arrow, that the path passes, and in a box that it does not."""
LENGTHS = (45, 90)
"""The lessons that the facilitator’s sheet times, in minutes."""
_TO_FIND = frozenset(
    {"own_hypothesis", "working_diagnosis", "own_view", "safety_step", "step_done", "step_consulted"}
)
"""Answers that the class is to find, by role; so are those of the later phases but for what the client says."""
_LATER = frozenset({"Conceptualization", "Goals", "Modality", "Review"})
_CLIENT_SAYS = frozenset(
    {"client_explanation", "own_goal", "preference", "format_preference"}
    | {"client_verdict", "what_is_different", "still_stuck"}
)


def teaching(
    library: Library,
    data: Mapping[str, Any],
    walk: GuidedWalk,
    sheet: Sheet,
    *,
    date: str = "",
    tell: Tell = nobody,
) -> bytes:
    """Print a vignette, its data and its walk, as a teaching case. Raises LayoutError and NoFontError."""
    return to_pdf(publication(library, data, walk, sheet, date=date), tell)


def publication(
    library: Library, data: Mapping[str, Any], walk: GuidedWalk, sheet: Sheet, *, date: str = ""
) -> Publication:
    """Give what the teaching case holds. Raises LayoutError."""
    case = TeachingCase(library, data, walk)
    title = f"Teaching case: {case.name}"
    held = [Part(tuple(case.case())), Part(tuple(case.blind())), *case.path(sheet)]
    held += [Part(tuple(case.reveal())), Part(tuple(case.facilitator()))]
    return Publication(
        title, sheet, furniture(library, title, date, library.flowcharts.values()), tuple(held)
    )


def timed(minutes: int, weights: Sequence[float]) -> list[int]:
    """Share minutes out by weight, whole ones, at least two each, none lost."""
    spare = minutes - 2 * len(weights)
    exact = [spare * weight / sum(weights) for weight in weights]
    shares = [2 + int(each) for each in exact]
    by_rest = sorted(range(len(exact)), key=lambda n: (int(exact[n]) - exact[n], n))
    for n in by_rest[: minutes - sum(shares)]:
        shares[n] += 1
    return shares


def passed(diagram: Diagram) -> Diagram:
    """Give what of a drawing its path passed, and the ways that it did not take, each in a few words."""
    on = {box.id for box in diagram.boxes if box.state == "on"}
    beside = {arrow.head for arrow in diagram.arrows if arrow.tail in on}
    boxes = tuple(
        box._replace(text=(shortened(" ".join(box.text), _ON if box.id in on else _OFF),))
        for box in diagram.boxes
        if box.id in on or (box.id in beside and box.kind != "alert")
    )
    kept = {box.id for box in boxes}
    arrows = tuple(
        arrow._replace(text=shortened(arrow.text, _ON))
        for arrow in diagram.arrows
        if arrow.tail in on and arrow.head in kept
    )
    return replace(diagram, boxes=boxes, arrows=arrows)


class TeachingCase:
    """The parts of one teaching case."""

    def __init__(self, library: Library, data: Mapping[str, Any], walk: GuidedWalk) -> None:
        self.library, self.data, self.walk = library, data, walk
        self.name = cap(str(data["vignette"]).replace("_", " "))
        self.plan: Plan = walk.plan()
        self.answers = [line for line in summary(walk) if line.state != "aside"]
        self.phases = [
            name for phase in PHASES if (name := PHASE_NAMES[phase]) in {a.phase for a in self.answers}
        ]
        self.own = texts("teaching")

    def case(self) -> Iterator[Block]:
        """Give the case as it is read out, and what the class is asked."""
        yield Heading(f"{self.own['case']}: {self.name}", label="case")
        yield Para(str(self.data.get("about", "")), "lead")
        if self.plan.statement.client_words:
            yield Heading("In the client’s words", 2, listed=False)
            yield Para(quoted(self.plan.statement.client_words), "say")
        if self.plan.statement.wanted:
            yield Para("What would be different if things were better:", "quiet")
            yield Para(quoted(self.plan.statement.wanted), "say")
        yield Heading("Questions for the class", 2, listed=False)
        yield Points(
            tuple(question for phase in self.phases for question in self._of(phase)["questions"]), "number"
        )

    def _of(self, phase: str) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self.own["phases"][phase]
        return found

    def blind(self) -> Iterator[Block]:
        """Give what is known, phase by phase, and room to write; nothing of what the guide made of it."""
        yield Heading(self.own["blind"], label="blind")
        yield Fields(("Name", "Date"))
        yield Para(self.own["blind_lead"], "quiet")
        for phase in self.phases:
            yield Heading(phase, 2, listed=False)
            known = [line for line in self.answers if line.phase == phase and self._shown(line)]
            if known:
                yield Table(("No.", "Asked about", "Answer"), tuple(map(self._row, known)), (1, 5, 9))
            own = self._of(phase)
            for question in own["questions"]:
                yield Step("→", (Para(question, "ask"), Room(own["lines"])))

    def _shown(self, line: AnswerLine) -> bool:
        node = self.library.node(line.key.partition("@")[0])
        role = node.role if node is not None else ""
        if line.phase in _LATER:
            return role in _CLIENT_SAYS
        return role not in _TO_FIND and line.state != "seen"

    def _row(self, line: AnswerLine) -> tuple[Words, ...]:
        return (line.number, cap(line.label), cap(line.said))

    def path(self, sheet: Sheet) -> Iterator[Part]:
        """Give the path in each flowchart in which it turned."""
        keys = [trace.key for trace in self.walk.walk.trail]
        for n, flowchart in enumerate(self._turning()):
            diagram = lettered(passed(extract(self.library, flowchart.id, path=keys)))
            title = f"{self.own['path']}: {diagram.title}"
            lead = "" if n else self.own["path_lead"]
            chart = laid(replace(diagram, title=title), f"path/{flowchart.id}", lead, (), sheet)
            yield from parts(chart, chart.labels(), ())

    def _turns(self) -> Iterator[tuple[str, str, str, str]]:
        """Give each turn of the path: from where, the reason in words, to where, and in which flowchart."""
        for trace in self.walk.walk.trail:
            node, edge = trace.step.node, trace.edge
            if edge is None or edge.kind not in {"when", "unknown"} or len(node.edges) < 2:
                continue
            head = self.library.flowcharts[node.flowchart].nodes.get(edge.go)
            to = (head.number or quoted(shortened(head.text, 60))) if head is not None else ""
            why = edge.say() if edge.kind == "when" or edge.label else "it is not known"
            yield node.number, why, to, node.flowchart

    def _turning(self) -> list[Flowchart]:
        """Give the flowcharts in which the path turns on what the client says; of no such, all in which it turns."""
        ids = dict.fromkeys(turn[3] for turn in self._turns())
        found = [self.library.flowcharts[id_] for id_ in ids]
        return [flowchart for flowchart in found if flowchart.phase in _DRAWN] or found

    def reveal(self) -> Iterator[Block]:
        """Give what the guide makes of the case."""
        plan = self.plan
        yield Heading(f"{self.own['reveal']}: {self.name}", label="reveal")
        yield Para(self.own["reveal_lead"], "quiet")
        yield Para((Run("How the plan stands: ", "bold"), Run(full(plan.status_words))))
        for heading, rows in (
            ("Problem", self._problem()),
            ("Safety", self._safety()),
            ("Diagnosis", self._diagnosis()),
            ("What keeps it going", self._factors()),
            ("Goals", self._goals()),
            ("Treatment", self._treatments()),
            ("Review", self._review()),
        ):
            found = tuple(rows)
            if found:
                yield Heading(heading, 2, listed=False)
                yield Pairs(found)
        turns = tuple((number, why, to) for number, why, to, _ in self._turns())
        if turns:
            yield Heading(self.own["turns"], 2, listed=False)
            yield Table(("At", "Since", "To"), turns, (1, 7, 5))

    def _problem(self) -> Iterator[tuple[str, tuple[Words, ...]]]:
        yield "Statement", (self.plan.statement.text or "Nothing is recorded.",)
        if self.plan.statement.lacks:
            yield "It lacks", (full(joined(self.plan.statement.lacks.values())),)

    def _safety(self) -> Iterator[tuple[str, tuple[Words, ...]]]:
        safe = self.plan.safety
        reported = [
            f"{cap(line.label)}: {line.answer}" for line in safe.screen if line.answer not in {"no", ""}
        ]
        yield "Screen", tuple(reported) or ("Nothing was reported.",)
        if safe.not_asked:
            yield "Not asked", (full(cap(joined(safe.not_asked))),)
        for step in safe.steps:
            yield cap(step.about), tuple(f"{cap(line.label)}: {line.answer}" for line in step.lines)
        if safe.open:
            yield "Open", tuple(safe.open)

    def _diagnosis(self) -> Iterator[tuple[str, tuple[Words, ...]]]:
        for working in self.plan.working:
            yield "Chosen", ((Run(f"{working.name}: ", "bold"), Run(working.state)),)
        for offer in self.plan.diagnoses.offers[:3]:
            why = [f"For: {_reason(each)}" for each in offer.because]
            why += [f"Against: {_reason(each)}" for each in offer.against]
            yield f"{offer.entry.name} ({offer.band})", tuple(dict.fromkeys(why))

    def _factors(self) -> Iterator[tuple[str, tuple[Words, ...]]]:
        for line in self.plan.perpetuating:
            loop = (
                ("", line.example), ("Set off by: ", line.trigger), ("At once: ", line.relief), ("Later: ", line.cost),
            )  # fmt: skip
            yield (
                cap(line.name),
                tuple(f"{name}{quoted(said)}" for name, said in loop if said) or (line.about,),
            )
        for name, lines in (
            ("Made it possible", self.plan.predisposing), ("Set it off", self.plan.precipitating),
            ("Helps", self.plan.protective),
        ):  # fmt: skip
            if lines:
                yield name, (full(cap(joined(line.name for line in lines))),)

    def _goals(self) -> Iterator[tuple[str, tuple[Words, ...]]]:
        for n, goal in enumerate(self.plan.goals, 1):
            yield (
                f"Goal {n}",
                (full(goal.text), f"For {joined(goal.for_names)}. Measure: {full(goal.measure)}"),
            )
        held = [item.entry.name for kind, item in self.plan.held if kind == "goal"]
        if held:
            yield "Held", (f"{full(cap(joined(held[:6])))} {self._held_why('goal')}",)

    def _treatments(self) -> Iterator[tuple[str, tuple[Words, ...]]]:
        for line in self.plan.treatments:
            why = [*map(full, line.because), *(f"Mind: {full(each)}" for each in line.cautions)]
            why += [line.flag] if line.flag else []
            yield f"{line.name}{'' if line.chosen else ' (put forward)'}", tuple(why) or ("Chosen.",)
        for kind, out in self.plan.left_out:
            if kind == "treatment":
                yield f"Not: {out.entry.name}", tuple(_reason(each) for each in out.because[:2])
        held = [item.entry.name for kind, item in self.plan.held if kind == "treatment"]
        if held:
            yield "Held", (f"{full(cap(joined(held[:6])))} {self._held_why('treatment')}",)

    def _held_why(self, kind: str) -> str:
        return next((full(item.why) for named, item in self.plan.held if named == kind), "")

    def _review(self) -> Iterator[tuple[str, tuple[Words, ...]]]:
        if self.plan.review_date:
            yield "Date", (day(self.plan.review_date),)
        if self.plan.next_step:
            yield "Next step", (full(self.plan.next_step),)
        if self.plan.loose_ends:
            yield "Loose ends", tuple(full(cap(end)) for end in self.plan.loose_ends)

    def facilitator(self) -> Iterator[Block]:
        """Give what the case teaches, and the lesson by the clock."""
        yield Heading(f"{self.own['facilitator']}: {self.name}")
        if self.data.get("teaches"):
            yield Frame((Para((Run("What it teaches. ", "bold"), Run(full(str(self.data["teaches"]))))),))
        turns = sum(1 for _ in self._turns())
        yield Para(
            f"The case answers {len(self.answers)} questions in {len(self.phases)} phases, and its path turns "
            f"{turns} time{'' if turns == 1 else 's'}."
        )
        drawn = self._turning()
        path = (Run("; later the path", "", f"chart:path/{drawn[0].id}", "on"),) if drawn else ()
        first = (
            Run("Hand out first the case", "", "case", "on"),
            Run(" and the sheet to write on, ", "", "blind", "on"),
        )
        yield Para((*first, *path, Run(" and the answers", "", "reveal", "on"), Run(".")))
        yield Heading("The lesson by the clock", 2, listed=False)
        acts = self.acts()
        shares = [timed(minutes, [weight for _, weight in acts]) for minutes in LENGTHS]
        starts = [[sum(share[:n]) for n in range(len(share))] for share in shares]
        rows = tuple(
            (what, *(f"{share[n]} min, from {start[n]}" for share, start in zip(shares, starts, strict=True)))
            for n, (what, _) in enumerate(acts)
        )
        yield Table(("What is done", *(f"In {minutes} minutes" for minutes in LENGTHS)), rows, (8, 3, 3))
        yield Heading("Mind", 2, listed=False)
        yield Points(tuple(self.own["advice"]))
        expected = tuple(self._expected())
        if expected:
            yield Heading("What the class may miss", 2, listed=False)
            yield Points(expected)
        yield Heading("Notes", 2, listed=False)
        yield Room(4)

    def acts(self) -> list[tuple[str, float]]:
        """Give the parts of the lesson, each with its weight; a phase with many answers takes longer."""
        counts = {phase: sum(line.phase == phase for line in self.answers) for phase in self.phases}
        work = [
            (self.own["working"].replace("{phase}", phase), self._of(phase)["weight"] + counts[phase] / 12)
            for phase in self.phases
        ]
        names = ("opening", "revealing", "walking", "closing")
        fixed = {name: (str(self.own[name]["what"]), float(self.own[name]["weight"])) for name in names}
        return [fixed["opening"], *work, fixed["revealing"], fixed["walking"], fixed["closing"]]

    def _expected(self) -> Iterator[str]:
        """Give what the vignette says must never be offered, and what raises an alert."""
        expect = self.data.get("expect", {})
        for kind, ids in expect.get("never", {}).items():
            entries = self.library.bank(kind) if kind in _BANKS else {}
            names = [str(getattr(entries[id_], "name", id_)) for id_ in ids if id_ in entries]
            if names:
                yield f"Not to be offered ({_BANKS[kind]}): {full(joined(names))}"
        for id_ in expect.get("alerts", ()):
            if id_ in self.library.alerts:
                yield f"An alert: {full(self.library.alerts[id_].text)}"


_BANKS = {
    "diagnoses": "hypotheses",
    "modalities": "treatments",
    "goals": "goals",
    "interventions": "interventions",
}


def _reason(because: Because) -> str:
    return full(str(because))
