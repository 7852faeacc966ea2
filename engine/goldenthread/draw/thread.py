"""The thread drawn from left to right: factor, goal, treatment, measure, review; broken where it is loose."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from goldenthread.draw.board import Board, Card, Frame, Wire, Words, stacked, to_svg
from goldenthread.draw.page import nowhere
from goldenthread.plan.phrases import cap, dated, day

if TYPE_CHECKING:
    from collections.abc import Iterable

    from goldenthread.draw.page import Links
    from goldenthread.plan import GoalLine, Loose, Plan, Thread

_COLUMNS = (
    ("factor", "What keeps it going", 165),
    ("goal", "Goal", 175),
    ("treatment", "Treatment", 165),
    ("measure", "Measure", 185),
    ("review", "Review", 110),
)
_MARGIN, _GAP, _BETWEEN, _ROWS, _TOP, _INSET = 10, 26, 8, 16, 40, 6
_STARTS = [_MARGIN + sum(wide + _GAP for _, _, wide in _COLUMNS[:n]) for n in range(len(_COLUMNS))]
_AT = {name: (start, wide) for start, (name, _, wide) in zip(_STARTS, _COLUMNS, strict=True)}
WIDTH = _STARTS[-1] + _COLUMNS[-1][2] + _MARGIN


def thread_svg(plan: Plan, *, links: Links = nowhere, prefix: str = "thread-") -> str:
    """Draw the threads of a plan.

    Boxes are named `factor/ID`, `goal/ID/FACTOR`, `treatment/ID/FACTOR`, `measure/GOAL/FACTOR`, `review`, and
    `loose/PLACE/…` for a loose end that no box is there for.
    """
    return to_svg(board(plan), links=links, prefix=prefix)


def board(plan: Plan) -> Board:
    """Lay out the threads of a plan."""
    rows = _Rows(plan)
    for line in plan.threads:
        rows.thread(line)
    review = rows.review()
    rows.strays()
    heads = tuple(Words(_AT[name][0], 24, heading) for name, heading, _ in _COLUMNS)
    whole = sum(line.whole for line in plan.threads)
    return Board(
        title="The thread from problem to review",
        about=f"{len(plan.threads)} threads, {whole} of them whole. {_told(plan)}",
        width=WIDTH,
        height=max([rows.y, *(card.foot for card in review)]) + _MARGIN,
        cards=(*rows.cards, *review),
        wires=tuple(rows.wires),
        words=heads,
        frames=tuple(rows.frames),
    )


def _told(plan: Plan) -> str:
    names = {goal.id: f"goal {n}, {goal.name}" for n, goal in enumerate(plan.goals, 1)}
    said = []
    for line in plan.threads:
        goals = " and ".join(names[id_] for id_ in line.goals if id_ in names) or "no goal"
        ways = (line.factor_name, goals, " and ".join(line.treatments), " and ".join(line.measures))
        said.append(f"{', then '.join(way for way in ways if way)}.")
    ends = f" Loose ends: {'; '.join(plan.loose_ends)}." if plan.loose_ends else " No loose ends."
    return " ".join(said) + ends


def _card(
    column: str, id_: str, y: float, heading: str = "", text: Iterable[str] = (), kind: str = ""
) -> Card:
    x, wide = _AT[column]
    return Card(id_, kind or column, x, y, wide, heading, tuple(text))


def _level(cards: Iterable[Card]) -> list[Card]:
    """Make cards that stand side by side equally tall."""
    found = list(cards)
    tall = max(card.height for card in found)
    return [replace(card, least=tall) for card in found]


class _Rows:
    """Sets one row below the other."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.numbers = {goal.id: n for n, goal in enumerate(plan.goals, 1)}
        self.goals = {goal.id: goal for goal in plan.goals}
        self.treatments = {line.name: line.id for line in plan.treatments}
        self.y: float = _TOP
        self.cards: list[Card] = []
        self.wires: list[Wire] = []
        self.frames: list[Frame] = []
        self.ends: list[float] = []
        """The heights at which lines come to the review."""

    def thread(self, line: Thread) -> None:
        """Set one thread: goals that a treatment serves first, then those that none serves."""
        top, first = self.y, len(self.cards)
        untreated = {end.goal: end for end in line.loose if end.place == "treatment"}
        goals = [self.goals[id_] for id_ in line.goals]
        served = [goal for goal in goals if goal.id not in untreated]
        self._served(line, served)
        for goal in goals:
            if goal.id in untreated:
                self._untreated(line, goal, untreated[goal.id])
        none = [end for end in line.loose if end.place == "goal" and end.goal not in self.goals]
        for end in none:
            card = replace(
                _card("goal", f"loose/goal/{line.factor}", self.y, kind="loose"), loose=(end.text,)
            )
            self._put(card, top=self.y)
        bottom = max(self.y - _BETWEEN, top)
        factor = self._factor(line, top, bottom)
        for card in self.cards[first:]:
            if card.x == _AT["goal"][0]:
                self._line("factor", "goal", card.middle, dashed=card.kind == "loose")
        self.cards.insert(first, factor)
        self.y = max(bottom, factor.foot) + _ROWS

    def _factor(self, line: Thread, top: float, bottom: float) -> Card:
        ends = tuple(end.text for end in line.loose if end.place == "factor")
        card = _card("factor", f"factor/{line.factor}", top, cap(line.factor_name))
        return replace(card, loose=ends, least=bottom - top)

    def _served(self, line: Thread, goals: list[GoalLine]) -> None:
        if not goals:
            return
        top = self.y
        inset = _INSET if len(line.treatments) > 1 else 0
        cards = [self._treatment(name, line, inset) for name in line.treatments]
        pairs = [_level((self._goal(goal, line), self._measure(goal, line))) for goal in goals]
        tall = sum(goal.height for goal, _ in pairs) + _BETWEEN * (len(pairs) - 1)
        spare = max(0.0, stacked(cards, _BETWEEN) + 2 * inset - tall) / len(pairs)
        for goal, measure in pairs:
            high = goal.height + spare
            self._put(replace(goal, least=high), replace(measure, least=high), top=self.y)
            self._line("goal", "treatment", self.y - _BETWEEN - high / 2)
            self._line("treatment", "measure", self.y - _BETWEEN - high / 2)
        self._treated(cards, top, self.y - _BETWEEN, inset)

    def _treatment(self, name: str, line: Thread, inset: float) -> Card:
        card = _card("treatment", f"treatment/{self.treatments.get(name, name)}/{line.factor}", self.y, name)
        return replace(card, x=card.x + inset, width=card.width - 2 * inset)

    def _treated(self, cards: list[Card], top: float, bottom: float, inset: float) -> None:
        """Set the treatments beside the goals that they serve: one card, or several in a frame."""
        x, wide = _AT["treatment"]
        if len(cards) > 1:
            self.frames.append(Frame(x, top, wide, bottom - top))
        room = bottom - top - 2 * inset - _BETWEEN * (len(cards) - 1)
        spare = (room - sum(card.height for card in cards)) / len(cards) if cards else 0
        y = top + inset
        for card in cards:
            self.cards.append(replace(card, y=y, least=card.height + spare))
            y += card.height + spare + _BETWEEN

    def _untreated(self, line: Thread, goal: GoalLine, end: Loose) -> None:
        loose = replace(
            _card("treatment", f"loose/treatment/{goal.id}/{line.factor}", self.y, kind="loose"),
            loose=("no chosen treatment holds what this goal needs",) if end.goal else (end.text,),
        )
        row = _level((self._goal(goal, line), loose, self._measure(goal, line)))
        self._put(*row, top=self.y)
        middle = self.y - _BETWEEN - row[0].height / 2
        self._line("goal", "treatment", middle, dashed=True)
        self._line("treatment", "measure", middle, dashed=True)

    def _goal(self, goal: GoalLine, line: Thread) -> Card:
        return self._goal_card(goal, f"goal/{goal.id}/{line.factor}", line.loose)

    def _goal_card(self, goal: GoalLine, id_: str, ends: Iterable[Loose]) -> Card:
        own = tuple(end.text for end in ends if end.place == "goal" and end.goal == goal.id)
        card = _card("goal", id_, self.y, f"Goal {self.numbers[goal.id]}", (goal.name,))
        return replace(card, loose=own)

    def _measure(self, goal: GoalLine, line: Thread) -> Card:
        ends = [end for end in line.loose if end.place == "measure" and end.goal == goal.id]
        said = (cap(goal.measure),) if goal.measure else ()
        card = _card("measure", f"measure/{goal.id}/{line.factor}", self.y, text=said)
        return replace(card, loose=("its baseline or target is open",) if ends else ())

    def _put(self, *cards: Card, top: float) -> None:
        """Set cards side by side."""
        self.cards += [replace(card, y=top) for card in cards]
        self.ends += [top + card.height / 2 for card in cards if card.x == _AT["measure"][0]]
        self.y = top + max(card.height for card in cards) + _BETWEEN

    def _line(self, tail: str, head: str, y: float, *, dashed: bool = False) -> None:
        x, wide = _AT[tail]
        self.wires.append(Wire(((x + wide, y), (_AT[head][0], y)), dashed))

    def review(self) -> list[Card]:
        """Set the review, which all threads come to."""
        if not self.plan.threads:
            return []
        reach = [card.foot for card in self.cards if card.x == _AT["measure"][0]]
        card = replace(_card("review", "review", _TOP), least=max(reach, default=_TOP) - _TOP)
        ends = {end.text for line in self.plan.threads for end in line.loose if end.place == "review"}
        agreed = self.plan.review_words.endswith("as agreed")
        said = (day(self.plan.review_date), *(() if agreed else ("Put forward; not agreed yet",)))
        card = replace(card, loose=tuple(ends)) if ends else replace(card, text=said)
        for y in self.ends:
            self._line("measure", "review", y, dashed=bool(ends))
        return [card]

    def strays(self) -> None:
        """Set the loose ends that lie on no thread: goals for nothing, treatments without a goal, and others."""
        ends = self.plan.strays
        for goal in self.plan.goals:
            own = [end for end in ends if end.goal == goal.id]
            if own:
                self._stray_goal(goal, own)
        for n, end in enumerate(end for end in ends if end.goal not in self.goals):
            column = "treatment" if end.place == "treatment" else "goal"
            card = _card(column, f"loose/{end.place}/{n + 1}", self.y, kind="loose")
            self._put(replace(card, loose=(dated(end.text),)), top=self.y)
            self.y += _ROWS - _BETWEEN

    def _stray_goal(self, goal: GoalLine, ends: list[Loose]) -> None:
        """Set a goal with its loose ends; the first of one that is for nothing stands where a factor would."""
        loose = []
        if not goal.for_:
            nothing = _card("factor", f"loose/goal/{goal.id}", self.y, kind="loose")
            loose = [replace(nothing, loose=("this goal is for nothing that keeps the problem going",))]
            ends = ends[1:]
        row = _level((*loose, self._goal_card(goal, f"goal/{goal.id}", ends)))
        self._put(*row, top=self.y)
        if loose:
            self._line("factor", "goal", self.y - _BETWEEN - row[0].height / 2, dashed=True)
        self.y += _ROWS - _BETWEEN
