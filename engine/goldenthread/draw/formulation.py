"""The formulation drawn: the five P's, with what keeps the problem going as loops that lead back to it."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from goldenthread.draw.board import Board, Card, Frame, Wire, Words, to_svg
from goldenthread.draw.page import nowhere
from goldenthread.plan.phrases import bare, cap, clean, joined, quoted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from goldenthread.draw.page import Links
    from goldenthread.plan import FactorLine, Plan

WIDTH = 760
_MARGIN, _GAP, _BETWEEN, _PAD = 12, 28, 8, 10
_HEADING = 26
_BUS = 34
"""Room at either side for the lines that lead from the problem and back to it."""
_LEFT, _RIGHT = _MARGIN + _BUS, WIDTH - _MARGIN - _BUS
_HALF = (_RIGHT - _LEFT - _GAP) / 2
_STARTS = (_LEFT, _LEFT + _HALF + _GAP)
_STEPS = (("trigger", "Set off by"), ("", ""), ("relief", "At once it brings"), ("cost", "Later it costs"))
"""A loop, in order; the factor itself stands second."""
_NOT_RECORDED = "Nothing is recorded."


def formulation_svg(plan: Plan, *, links: Links = nowhere, prefix: str = "formulation-") -> str:
    """Draw the formulation of a plan.

    Boxes are named `presenting`, `predisposing/ID`, `precipitating/ID`, `perpetuating/ID`, `protective/ID`,
    `strength`, and `trigger/ID`, `relief/ID`, `cost/ID` for the loop of a perpetuating factor.
    """
    return to_svg(board(plan), links=links, prefix=prefix)


def board(plan: Plan, *, before: bool = True, after: bool = True) -> Board:
    """Lay out the formulation of a plan.

    Over two sheets, what lies `before` the problem stands on the first alone, what holds against it `after` the loops
    on the last.
    """
    sheet = _Sheet()
    presenting = sheet.presenting(plan, sheet.origins(plan) if before else _MARGIN)
    if before:
        sheet.lead_to(presenting, plan)
    y = sheet.loops(plan.perpetuating, presenting)
    foot = sheet.helps(plan, y) if after else y
    return Board(
        title="Formulation",
        about=_told(plan, before=before, after=after),
        width=WIDTH,
        height=foot + _MARGIN,
        cards=tuple(sheet.cards),
        wires=tuple(sheet.wires),
        words=tuple(sheet.words),
        frames=tuple(sheet.frames),
    )


def _factor(role: str, line: FactorLine) -> Card:
    return Card(
        f"{role}/{line.id}", "plain", 0, 0, 0, cap(line.name), (quoted(line.example),) if line.example else ()
    )


def _told(plan: Plan, *, before: bool, after: bool) -> str:
    parts = [("Presenting", [joined(plan.targeted)] if plan.targeted else [])]
    if before:
        parts += [(heading, [line.name for line in lines]) for _, heading, lines in _before(plan)]
    if after:
        parts.append(("What helps and protects", [*(line.name for line in plan.protective), plan.strength]))
    said = [f"{heading}: {'; '.join(filter(None, names))}." for heading, names in parts if any(names)]
    for line in plan.perpetuating:
        loop = [
            f"{words.lower()}: {bare(getattr(line, name))}"
            for name, words in _STEPS
            if name and getattr(line, name)
        ]
        said.append(f"What keeps it going: {'; '.join([line.name, *loop])}.")
    return " ".join(said) or _NOT_RECORDED


def _before(plan: Plan) -> tuple[tuple[str, str, Sequence[FactorLine]], ...]:
    return (
        ("predisposing", "What made the client vulnerable", plan.predisposing),
        ("precipitating", "What set it off", plan.precipitating),
    )


class _Sheet:
    """Sets the parts one below the other."""

    def __init__(self) -> None:
        self.cards: list[Card] = []
        self.wires: list[Wire] = []
        self.words: list[Words] = []
        self.frames: list[Frame] = []
        self.end = 0.0
        """Where what lay before the problem ends."""

    def panel(
        self, heading: str, x: float, y: float, width: float, cards: Sequence[Card], columns: int = 1
    ) -> float:
        """Set cards in a frame under a heading, and give its foot."""
        self.words.append(Words(x + _PAD, y + 19, heading))
        room = (width - 2 * _PAD - _BETWEEN * (columns - 1)) / columns
        below = y + _HEADING
        if not cards:
            self.words.append(Words(x + _PAD, below + 13, _NOT_RECORDED, bold=False))
            below += 13 + _BETWEEN
        for n in range(0, len(cards), columns):
            row = [
                replace(card, x=x + _PAD + k * (room + _BETWEEN), y=below, width=room)
                for k, card in enumerate(cards[n : n + columns])
            ]
            tall = max(card.height for card in row)
            self.cards += [replace(card, least=tall) for card in row]
            below += tall + _BETWEEN
        foot = below + 2
        self.frames.append(Frame(x, y, width, foot - y))
        return foot

    def origins(self, plan: Plan) -> float:
        """Set what lay before the problem, side by side; give where the problem stands."""
        ends = [
            self.panel(heading, x, _MARGIN, _HALF, [_factor(role, line) for line in lines])
            for x, (role, heading, lines) in zip(_STARTS, _before(plan), strict=True)
        ]
        self.end = max(ends)
        self.frames = [frame._replace(height=self.end - frame.y) for frame in self.frames]
        return self.end + _GAP

    def lead_to(self, presenting: Card, plan: Plan) -> None:
        """Lead from what lay before the problem to it."""
        for x, (_, _, lines) in zip(_STARTS, _before(plan), strict=True):
            if lines:
                middle = x + _HALF / 2
                self.wires.append(Wire(((middle, self.end), (middle, presenting.y))))

    def helps(self, plan: Plan, y: float) -> float:
        """Set what holds against it below the loops, which end at `y`; give the foot."""
        found = [_factor("protective", line) for line in plan.protective]
        if plan.strength:
            found.append(Card("strength", "plain", 0, 0, 0, "A strength to lean on", (clean(plan.strength),)))
        foot = self.panel("What helps and protects", _LEFT, y + _GAP, _RIGHT - _LEFT, found, columns=2)
        if found:
            middle = (_LEFT + _RIGHT) / 2
            self.wires.append(Wire(((middle, y + _GAP), (middle, y))))
            self.words.append(Words(middle + 8, y + _GAP / 2 + 5, "holds against it", bold=False))
        return foot

    def presenting(self, plan: Plan, y: float) -> Card:
        """Set the problem in the middle."""
        name = cap(joined(plan.targeted)) if plan.targeted else _NOT_RECORDED
        said = [
            ("In the client's words", plan.statement.client_words),
            ("How the client explains it", plan.client_explanation),
        ]
        text = tuple(f"{label}: {quoted(words)}" for label, words in said if words)
        card = Card("presenting", "presenting", _LEFT, y, _RIGHT - _LEFT, f"Presenting: {name}", text)
        self.cards.append(card)
        return card

    def loops(self, factors: Sequence[FactorLine], problem: Card) -> float:
        """Set a row for each factor that keeps the problem going, from the problem and back; give the foot."""
        top = problem.foot + _GAP
        self.words.append(Words(_LEFT + _PAD, top + 19, "What keeps it going"))
        y = top + _HEADING
        if not factors:
            self.words.append(Words(_LEFT + _PAD, y + 13, _NOT_RECORDED, bold=False))
            y += 13 + _BETWEEN
        middles = []
        for line in factors:
            row = _row(line, y)
            self.cards += row
            middle = row[0].middle
            for tail, head in pairwise(row):
                self.wires.append(Wire(((tail.right, middle), (head.x, middle))))
            middles.append((middle, row[0].x, row[-1].right))
            y += row[0].height + _BETWEEN + 4
        self._buses(middles, problem)
        foot = y + 2
        self.frames.append(Frame(_LEFT, top, _RIGHT - _LEFT, foot - top))
        return foot

    def _buses(self, middles: Sequence[tuple[float, float, float]], problem: Card) -> None:
        """Lead from the problem down the left side to each row, and from each row up the right side back to it."""
        if not middles:
            return
        left, right = _MARGIN + 8, WIDTH - _MARGIN - 8
        last = middles[-1][0]
        self.wires.append(
            Wire(((problem.x, problem.middle), (left, problem.middle), (left, last)), head=False)
        )
        for middle, first, end in middles:
            self.wires.append(Wire(((left, middle), (first, middle))))
            self.wires.append(Wire(((end, middle), (right, middle)), head=False))
        self.wires.append(Wire(((right, last), (right, problem.middle), (problem.right, problem.middle))))


def _row(line: FactorLine, y: float) -> list[Card]:
    """Give the cards of one loop; where nothing of the loop is known, the factor with how it works."""
    loop = [(name, heading) for name, heading in _STEPS if not name or getattr(line, name)]
    about = [quoted(line.example)] if line.example else []
    if len(loop) == 1 and line.target and line.about:
        about.append(f"How it keeps the problem going: {clean(line.about)}")
    room = _RIGHT - _LEFT - 2 * _PAD - 22 * (len(loop) - 1)
    part = room / (len(loop) + 0.4)
    row, x = [], float(_LEFT + _PAD)
    for name, heading in loop:
        if name:
            text = (quoted(bare(getattr(line, name))),)
            card = Card(f"{name}/{line.id}", "plain", x, y, part, heading, text)
        else:
            card = Card(f"perpetuating/{line.id}", "factor", x, y, part * 1.4, cap(line.name), tuple(about))
        row.append(card)
        x = card.right + 22
    tall = max(card.height for card in row)
    return [replace(card, least=tall) for card in row]
