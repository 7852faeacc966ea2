"""The worksheet: a flowchart as a paper form that says at each answer where to go on."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Literal

from goldenthread.draw import UnknownDrawingError
from goldenthread.draw.views.names import named
from goldenthread.language import join
from goldenthread.plan.phrases import cap, quoted
from goldenthread.print.content import (
    Fields,
    Frame,
    Heading,
    Marks,
    Para,
    Part,
    Publication,
    Room,
    Run,
    Skip,
    Step,
    Table,
    Tick,
    Ticks,
)
from goldenthread.print.form import form
from goldenthread.print.furniture import furniture
from goldenthread.print.numbered import numbers_of
from goldenthread.print.setting import nobody, to_pdf

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from goldenthread.model import Library
    from goldenthread.print.content import Block
    from goldenthread.print.form import Box, Form, FormStep, Go
    from goldenthread.print.paper import Sheet
    from goldenthread.print.setting import Tell

_SHORT, _COLUMN = 26, 62
"""Labels no longer than this stand side by side, few of them, or in two columns, many."""
_TONES: dict[str, Literal["note", "caution", "urgent"]] = {"caution": "caution", "urgent": "urgent"}
_NAMES = {"note": "Note", "caution": "Caution", "urgent": "Urgent"}
_HOW = (
    "Go from step to step. Where a box that you tick has an arrow, do what it says; where a step ends with arrows, "
    "take the first that fits; otherwise go on to the next step below. Numbers in brackets, [2.4], are the steps to "
    "look back at. A step that was not asked stays open: tick “later”, and do not answer no for it."
)
_OPENED = (
    "This sheet is opened at once when another sheet says so, or whenever it is needed. At its end, go back to where "
    "you were, unless the end says that everything stops."
)
_OPENS = (
    "An answer that opens a sheet opens it before you go on. Where a sheet that was opened for something else today "
    "already names this matter and what is done about it, it need not be filled in again; at a review it is."
)


def worksheet(
    library: Library, flowcharts: Sequence[str], sheet: Sheet, *, date: str = "", tell: Tell = nobody
) -> bytes:
    """Print the paper forms of flowcharts. Raises UnknownDrawingError and NoFontError."""
    return to_pdf(publication(library, flowcharts, sheet, date=date), tell)


def publication(library: Library, flowcharts: Sequence[str], sheet: Sheet, *, date: str = "") -> Publication:
    """Give what the forms hold. Raises UnknownDrawingError."""
    for id_ in flowcharts:
        if id_ not in library.flowcharts:
            raise UnknownDrawingError(id_, library.flowcharts)
    chosen = [library.flowcharts[id_] for id_ in flowcharts]
    title = f"Worksheet: {named(chosen[0])}" if len(chosen) == 1 else "Worksheets"
    parts = tuple(Part(tuple(_Paper(library, form(library, each)).blocks())) for each in chosen)
    return Publication(title, sheet, furniture(library, title, date, chosen), parts)


class _Paper:
    """Sets one form."""

    def __init__(self, library: Library, made: Form) -> None:
        self.library, self.form = library, made

    def blocks(self) -> Iterator[Block]:
        flowchart = self.form.flowchart
        yield Heading(f"Sheet {named(flowchart)}")
        if flowchart.purpose:
            yield Para(flowchart.purpose, "lead")
        yield Fields(("Client (a code)", "Date", "Filled in by"))
        per_item = [node for node in self.library.nodes() if node.visit == flowchart.id and node.each]
        if per_item:
            yield Fields(("This sheet is about (one sheet for each)",))
        yield Para(_HOW, "quiet")
        yield from self._ways_in()
        for step in self.form.steps.values():
            yield Step(step.number, tuple(self._step(step)))

    def _ways_in(self) -> Iterator[Block]:
        opened = any(alert.opens == self.form.flowchart.id for alert in self.library.alerts.values())
        if opened or self.form.flowchart.opened_by_hand:
            yield Para(_OPENED, "quiet")
        if any(step.openings for step in self.form.steps.values()):
            yield Para(_OPENS, "quiet")

    def _step(self, step: FormStep) -> Iterator[Block]:
        match step.node.verb:
            case "end":
                yield from self._end(step)
            case "tell":
                yield from self._told(step)
            case "visit":
                yield from self._visit(step)
            case "decide":
                yield Para((Run("Look back: ", "quiet"), Run(step.text)), "ask")
            case _:
                yield from self._asked(step)
        yield from self._ways(step)

    def _end(self, step: FormStep) -> Iterator[Block]:
        after = "Everything stops here." if step.node.stop else "Go back to the sheet that sent you here."
        if self.form.flowchart.root and not step.node.stop:
            after = "The end."
        yield Frame((Para((Run(f"End: {step.text.rstrip('.')}. ", "bold"), Run(after))),), "end")

    def _told(self, step: FormStep) -> Iterator[Block]:
        tone = _TONES.get(step.node.tone, "note")
        inner: list[Block] = [Para((Run(_NAMES[tone], "bold"),)), Para(step.text)]
        if tone == "urgent":
            inner.append(Ticks((Tick("Read, and acted on"),)))
        yield Frame(tuple(inner), tone)

    def _visit(self, step: FormStep) -> Iterator[Block]:
        node = step.node
        visited = self.library.flowcharts.get(node.visit)
        name = named(visited) if visited else node.visit
        if not node.each:
            yield Ticks(
                (Tick((Run(f"Now fill in sheet {name}, then come back to {step.number}.", "bold"),)),)
            )
            return
        role = self.library.roles.get(node.each)
        where = numbers_of(self.library, node.each)
        at = f" [{' or '.join(where)}]" if where else ""
        most = f"the first {node.max} of " if node.max else ""
        each = f"{most}{role.label.removeprefix('the ') if role else node.each}{at}"
        yield Para(
            (Run(f"Fill in a sheet {name} for each of {each}, then come back to {step.number}.", "bold"),)
        )
        yield Ticks((Tick("filled in, as many as there are"),))

    def _asked(self, step: FormStep) -> Iterator[Block]:
        node = step.node
        instrument = self.library.instruments.get(node.measure)
        text = f"{instrument.name} ({instrument.short})" if instrument else step.text
        yield Para(text, "ask")
        if step.say:
            yield Para(quoted(step.say), "say")
        if node.own_first:
            yield Para("Your own idea first, before the list:", "quiet")
            yield Room(1)
        yield from self._answer(step)
        yield from self._statuses(step)
        for opening in step.openings:
            if not opening.at_boxes:
                yield _skip(f"If {opening.words}: ", self._open(opening.alert.opens))

    def _statuses(self, step: FormStep) -> Iterator[Block]:
        """Set what stands instead of an answer on one line, and below it where that leads."""
        yield Ticks(tuple(Tick(box.label) for box in step.statuses), 3, small=True)
        led: dict[str, list[str]] = {}
        for box in step.statuses:
            then = self._then(step, box)
            if then:
                led.setdefault(then, []).append(box.label)
        for then, labels in led.items():
            yield _skip(f"If {join([f'“{label}”' for label in labels], 'or')}: ", then)

    def _answer(self, step: FormStep) -> Iterator[Block]:
        fact = self.library.facts.get(step.node.key)
        match step.kind:
            case "yes_no":
                yield Ticks(tuple(self._tick(step, box) for box in step.boxes), self._columns(step))
            case "choice" | "choices":
                yield from self._options(step)
            case "number" if fact is not None:
                yield from _number(fact.type.low, fact.type.high, fact.type.unit)
            case "duration":
                yield Fields(("How long|days, weeks, months or years (ring one)",))
            case "date":
                yield Fields(("Date", ""))
            case "goals":
                head = ("Goal, in the client’s words", "For which factor", "Measure", "From", "To", "By when")
                yield Table(head, (("",) * 6,) * 3, (7, 4, 3, 2, 2, 2), tall=2.4)
            case "measure":
                yield from self._measure(step)
            case _:
                yield Room(3)

    def _options(self, step: FormStep) -> Iterator[Block]:
        node, of = step.node, step.list
        role = self.library.roles.get(node.role)
        if of is not None and of.chosen_at:
            where = " or ".join(numbers_of(self.library, of.chosen_at))
            first = ", the most important first" if role and role.ranked else ""
            yield Para(f"From what was ticked at {where}{first}:", "quiet")
            yield Fields(("1", "2", "3"))
            return
        yield Para(_how_many(step), "quiet")
        yield Ticks(tuple(self._tick(step, box) for box in step.boxes), self._columns(step))
        other = role.other if role else node.other
        if of is not None and of.folded:
            yield Para(
                f"This is a part: the {len(of.options)} most usual of {of.of}. The others are in the guide.",
                "quiet",
            )
        if other or (of is not None and of.folded):
            yield Fields(("other:", "other:"))
        if node.example:
            yield Para("An example from this client for each that is ticked:", "quiet")
            yield Room(3)

    def _measure(self, step: FormStep) -> Iterator[Block]:
        instrument = self.library.instruments.get(step.node.measure)
        if instrument is None:
            return
        totals = [
            f"{cap(scale.label or scale.id)}|of {scale.between[0]:g} to {scale.between[1]:g}"
            for scale in instrument.scales.values()
        ]
        names = ("Date of the measure", *totals)
        for n in range(0, len(names), 2):
            yield Fields(names[n : n + 2])
        for scale in instrument.scales.values():
            if scale.bands:
                bands = "; ".join(f"from {band.start:g} {band.label}" for band in scale.bands)
                yield Para(f"{cap(scale.label or scale.id)}: {bands}", "quiet")
        for item in instrument.risk:
            yield Fields((f"Item {item.item}, {item.about}: its score",))

    def _tick(self, step: FormStep, box: Box) -> Tick:
        node = step.node
        role = self.library.roles.get(node.role)
        option = (role.options if role else node.options).get(box.id)
        when = f"only if {option.when.say()}" if option is not None and option.when is not None else ""
        alone = "stands alone" if option is not None and option.exclusive else ""
        note = "; ".join(part for part in (box.note, when, alone) if part)
        return Tick(cap(box.label) if box in step.boxes else box.label, note, self._then(step, box))

    def _columns(self, step: FormStep) -> int:
        boxes = step.boxes
        if any(self._then(step, box) for box in boxes):
            return 1
        if len(boxes) <= 3 and all(len(box.label) <= _SHORT and not box.note for box in boxes):
            return len(boxes) or 1
        return 2 if len(boxes) > 5 and all(len(box.label) + len(box.note) <= _COLUMN for box in boxes) else 1

    def _then(self, step: FormStep, box: Box) -> str:
        said = []
        opened = dict.fromkeys(
            self.library.alerts[id_].opens for id_ in box.opens if id_ in self.library.alerts
        )
        said += [self._open(flowchart) for flowchart in opened]
        below = self.form.after(step.node.id)
        if box.go is not None and (step.rules or box.go.again or box.go.to != below):
            said.append(self._go(box.go))
        return ", then ".join(said)

    def _open(self, flowchart: str) -> str:
        found = self.library.flowcharts.get(flowchart)
        return f"first fill in sheet {named(found) if found else flowchart}"

    def _go(self, go: Go) -> str:
        number = self.form.steps[go.to].number
        if go.again:
            return f"begin a new round: go to {number} on a fresh sheet"
        return f"go to {number}"

    def _ways(self, step: FormStep) -> Iterator[Block]:
        """Say where to go after a step: its rules, or where it always leads, if that is not the next one."""
        below = self.form.after(step.node.id)
        other = next((rule for rule in step.rules if rule.when is None and not rule.unknown), None)
        told = [
            rule
            for rule in step.rules
            if rule.when is not None or (rule.unknown and (other is None or other.go != rule.go))
        ]
        for go, alike in groupby(told, key=lambda rule: rule.go):
            yield _skip(f"If {', or '.join(rule.words for rule in alike)}: ", self._go(go))
        if step.rules and other is not None:
            yield _skip("Otherwise: ", self._go(other.go))
        elif not step.rules and step.then is not None and (step.then.again or step.then.to != below):
            if step.kind in {"yes_no", "choice"} and all(box.go for box in step.boxes):
                return
            led = any(box.go for box in step.boxes)
            yield _skip("Otherwise: ", self._go(step.then)) if led else _skip("", cap(self._go(step.then)))


def _skip(when: str, then: str) -> Skip:
    return Skip((Run(when), Run(then, "bold")))


def _number(low: float | None, high: float | None, unit: str) -> Iterator[Block]:
    if low is not None and high is not None and high - low <= 10 and float(low).is_integer():
        yield Marks(tuple(f"{n}" for n in range(int(low), int(high) + 1)))
        return
    between = f" ({low:g} to {high:g})" if low is not None and high is not None else ""
    yield Fields((f"Number|{unit}{between}".strip(), ""))


def _how_many(step: FormStep) -> str:
    node = step.node
    if step.kind == "choice":
        return "Tick one."
    least = f"at least {node.at_least}" if node.at_least else ""
    most = f"at most {node.at_most}" if node.at_most else ""
    bounds = " and ".join(part for part in (least, most) if part)
    return f"Tick all that apply{f', {bounds}' if bounds else ''}."
