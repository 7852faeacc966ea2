"""A case on paper: its formulation as loops that keep the problem going, and its thread from problem to review."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any

from goldenthread.draw import formulation as cycle
from goldenthread.draw import thread as line
from goldenthread.draw.board import SIZE, to_svg
from goldenthread.plan.phrases import cap, day, full, joined, quoted
from goldenthread.print.content import Heading, Pairs, Para, Part, Picture, Publication, Run, Table
from goldenthread.print.furniture import furniture
from goldenthread.print.lettering import lettered_text
from goldenthread.print.setting import nobody, to_pdf

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goldenthread.draw.board import Board
    from goldenthread.model import Library
    from goldenthread.plan import FactorLine, Plan
    from goldenthread.print.content import Block
    from goldenthread.print.paper import Sheet
    from goldenthread.print.setting import Tell

_ABOVE = 6
"""How many lines of running text the heading and what stands under it take at most."""
_DRAWN = (
    "statement", "targeted", "client_explanation", "strength", "predisposing", "precipitating", "perpetuating",
    "protective", "goals", "treatments", "threads", "strays", "loose_ends", "review_words",
)  # fmt: skip
"""What of a plan is drawn."""
_STEPS = (
    ("example", "For example"),
    ("trigger", "Set off by"),
    ("relief", "At once it brings"),
    ("cost", "Later it costs"),
)


def formulation(library: Library, plan: Plan, sheet: Sheet, *, date: str = "", tell: Tell = nobody) -> bytes:
    """Print the formulation of a plan. Raises NoFontError."""
    return _printed(library, "Formulation", tuple(formulation_parts(plan, sheet)), sheet, date, tell)


def thread(library: Library, plan: Plan, sheet: Sheet, *, date: str = "", tell: Tell = nobody) -> bytes:
    """Print the thread of a plan. Raises NoFontError."""
    return _printed(
        library, "The thread from problem to review", tuple(thread_parts(plan, sheet)), sheet, date, tell
    )


def _printed(
    library: Library, title: str, parts: tuple[Part, ...], sheet: Sheet, date: str, tell: Tell
) -> bytes:
    frame = furniture(library, title, date, library.flowcharts.values())
    return to_pdf(Publication(title, sheet, frame, parts), tell)


def formulation_parts(plan: Plan, sheet: Sheet) -> Iterator[Part]:
    """Give the formulation on a page or two; told in words where it cannot be drawn in type that is large enough."""
    plan = _worded(plan)
    title = f"Formulation: {plan.client}"
    turned, pictures = _formulations(plan, sheet)
    if not pictures:
        yield Part((*_head(title, plan), *_formulation_told(plan)))
    for n, picture in enumerate(pictures, 1):
        part = f", part {n} of {len(pictures)}" if len(pictures) > 1 else ""
        yield Part((*_head(f"{title}{part}", plan), picture), turned)


def _formulations(plan: Plan, sheet: Sheet) -> tuple[bool, list[Picture]]:
    """Draw the formulation upright or turned, whole if it can be, else with its loops over two pages."""
    for turned in (False, True):
        whole = _picture(cycle.board(plan), sheet, turned=turned)
        if whole is not None:
            return turned, [whole]
    for turned in (False, True):
        for many in range(len(plan.perpetuating) - 1, 0, -1):
            first = replace(plan, perpetuating=plan.perpetuating[:many])
            rest = replace(plan, perpetuating=plan.perpetuating[many:])
            boards = (cycle.board(first, after=False), cycle.board(rest, before=False))
            pictures = [_picture(board, sheet, turned=turned) for board in boards]
            drawn = [picture for picture in pictures if picture is not None]
            if len(drawn) == len(boards):
                return turned, drawn
    return False, []


def thread_parts(plan: Plan, sheet: Sheet) -> Iterator[Part]:
    """Give the pages of the thread: as many threads on each as it holds, or all of them told in words."""
    plan = _worded(plan)
    pictures = _threads(plan, sheet)
    if not pictures:
        yield Part((*_head(f"The thread: {plan.client}", plan), *_thread_told(plan)), turned=True)
    for n, picture in enumerate(pictures, 1):
        title = f"The thread: {plan.client}" + (f", part {n} of {len(pictures)}" if len(pictures) > 1 else "")
        yield Part((*_head(title, plan), picture), turned=True)


def _head(title: str, plan: Plan) -> tuple[Block, ...]:
    version = f"Version {plan.version}, {day(plan.date)}. "
    return Heading(title), Para((Run(version, "quiet"), Run(full(plan.status_words), "quiet")))


def _picture(board: Board, sheet: Sheet, *, turned: bool) -> Picture | None:
    """Give a drawing as large as the page holds it, or None where its words would be too small."""
    wide, tall = sheet.room(turned=turned)
    factor = min(
        sheet.type_size * 1.15 / SIZE, wide / board.width, (tall - _ABOVE * sheet.type_size) / board.height
    )
    if factor * SIZE < sheet.least:
        return None
    return Picture(to_svg(board), f"{board.title}. {board.about}", board.width, board.height, factor)


def _threads(plan: Plan, sheet: Sheet) -> list[Picture]:
    """Draw the threads, as many together as one page holds; nothing where one alone does not fit."""
    pictures: list[Picture] = []
    rest = plan.threads
    while rest or not pictures:
        for many in range(len(rest), -1, -1):
            last = many == len(rest)
            part = replace(plan, threads=rest[:many], strays=plan.strays if last else ())
            picture = _picture(line.board(part), sheet, turned=True) if many or not rest else None
            if picture is not None:
                pictures.append(picture)
                rest = rest[many:]
                break
        else:
            return []
    return pictures


def _formulation_told(plan: Plan) -> Iterator[Block]:
    words = [("", plan.statement.client_words), ("How the client explains it: ", plan.client_explanation)]
    said = [f"{name}{quoted(text)}" for name, text in words if text]
    yield Pairs((("Presenting", (cap(joined(plan.targeted)) or "Nothing is recorded.", *said)),))
    for heading, lines in (
        ("What made the client vulnerable", plan.predisposing),
        ("What set it off", plan.precipitating),
        ("What keeps it going", plan.perpetuating),
        ("What helps and protects", plan.protective),
    ):
        yield Heading(heading, 2, listed=False)
        rows = tuple((cap(each.name), tuple(_loop(each))) for each in lines)
        yield Pairs(rows) if rows else Para("Nothing is recorded.")
    if plan.strength:
        yield Para((Run("A strength to lean on: ", "bold"), Run(full(plan.strength))))


def _loop(each: FactorLine) -> Iterator[str]:
    said = [f"{words}: {quoted(getattr(each, name))}" for name, words in _STEPS if getattr(each, name)]
    yield from said or [full(each.about) if each.about else "No example from this client."]


def _thread_told(plan: Plan) -> Iterator[Block]:
    goals = {goal.id: goal for goal in plan.goals}
    loose = any(each.loose for each in plan.threads)
    rows = tuple(
        (
            cap(each.factor_name),
            " ".join(full(goals[id_].text) for id_ in each.goals if id_ in goals),
            joined(each.treatments),
            " ".join(full(cap(measure)) for measure in each.measures),
            day(each.review),
            *((" ".join(f"{cap(str(end))}." for end in each.loose),) if loose else ()),
        )
        for each in plan.threads
    )
    head = (
        "What keeps it going",
        "Goal",
        "Treatment",
        "Measure",
        "Review",
        *(("Loose ends",) if loose else ()),
    )
    yield Table(head, rows, (3, 5.5, 3.2, 4, 2.4, *((3.2,) if loose else ())))
    yield from (Para(f"Loose end: {end}.") for end in plan.strays)


def _worded(plan: Plan) -> Plan:
    """Give a plan in letters that the fonts here have, so that it is laid out as it will be set."""
    return replace(
        plan, client=_spelled(plan.client), **{name: _spelled(getattr(plan, name)) for name in _DRAWN}
    )


def _spelled(value: Any) -> Any:
    if isinstance(value, str):
        return lettered_text(value)
    if isinstance(value, tuple) and not hasattr(value, "_fields"):
        return tuple(map(_spelled, value))
    if is_dataclass(value) and not isinstance(value, type):
        names = [field.name for field in fields(value) if field.name != "cites"]
        return replace(value, **{name: _spelled(getattr(value, name)) for name in names})
    return value
