"""Handouts of one page: what is set on them, and the largest type in which the page holds it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from goldenthread.draw import UnknownDrawingError
from goldenthread.print.content import Part, Publication
from goldenthread.print.furniture import furniture
from goldenthread.print.handouts import bank, blank, branch, plans
from goldenthread.print.setting import nobody, pages, to_pdf

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from goldenthread.model import Library
    from goldenthread.print.content import Block
    from goldenthread.print.paper import Sheet
    from goldenthread.print.setting import Tell


@dataclass(frozen=True, slots=True)
class Handout:
    """A kind of handout. `of` says what it is about, where it is about one thing."""

    title: str
    made: Callable[..., Iterator[Block]]
    of: str = ""
    turned: bool = False
    """Whether it is set across in large print."""


HANDOUTS: dict[str, Handout] = {
    "five-ps": Handout("The five P’s", blank.five_ps),
    "smart": Handout("A goal, letter by letter", blank.smart),
    "case-sheet": Handout("Case sheet", blank.case_sheet),
    "mistakes": Handout("Common mistakes in plans", plans.mistakes, turned=True),
    "weak-and-strong": Handout("A weak plan and a strong one", plans.weak_and_strong, turned=True),
    "factor": Handout("A factor, and what to do about it", bank.factor, "factor"),
    "goals": Handout("The goals of a diagnosis", bank.goals, "diagnosis"),
    "decision": Handout("The decision table of a branch", branch.decision, "branch"),
}
_SIZES = (1.0, 0.95, 0.9, 0.86, 0.82)
"""How much smaller type may be, tried in turn, before less is printed."""


def handout(
    library: Library, kind: str, name: str, sheet: Sheet, *, date: str = "", tell: Tell = nobody
) -> bytes:
    """Print a handout: a kind, and for a factor, the goals of a diagnosis or a branch its id.

    It is one page, except in large print, which takes as many as it needs. Raises UnknownDrawingError, NoFontError.
    """
    if kind not in HANDOUTS:
        raise UnknownDrawingError(kind, HANDOUTS)
    said: dict[str, None] = {}
    made = _fitted(_Maker(library, kind, sheet, date, said.setdefault), name)
    for line in said:
        tell(line)
    return made


@dataclass(frozen=True, slots=True)
class _Maker:
    """Sets a handout in one size of type after the other."""

    library: Library
    kind: str
    sheet: Sheet
    date: str
    tell: Tell

    def made(self, blocks: Iterable[Block], size: float) -> bytes:
        sheet = replace(self.sheet, type_size=max(self.sheet.least, self.sheet.type_size * size))
        return to_pdf(publication(self.library, self.kind, blocks, sheet, date=self.date), self.tell)


def _fitted(maker: _Maker, name: str) -> bytes:
    """Set a handout in the largest type in which one page holds it; the goals of a diagnosis in part, if need be."""
    whole = contents(maker.library, maker.kind, name)
    for size in _SIZES:
        made = maker.made(whole, size)
        if pages(made) == 1 or maker.sheet.type_size > _ORDINARY:
            return made
    if maker.kind == "decision":
        for size in _SIZES:
            made = maker.made(branch.decision(maker.library, name, _SHORT), size)
            if pages(made) == 1:
                return made
    return _fewer(maker, name) if maker.kind == "goals" else made


def _fewer(maker: _Maker, name: str) -> bytes:
    """Print as many of the goals of a diagnosis as one page holds."""
    few, many = 1, bank.count_goals(maker.library, name)
    made = b""
    while few < many:
        middle = (few + many) // 2
        tried = maker.made(bank.goals(maker.library, name, middle), _SIZES[-1])
        if pages(tried) == 1:
            few, made = middle + 1, tried
        else:
            many = middle
    return made or maker.made(bank.goals(maker.library, name, 1), _SIZES[-1])


_SHORT = 150
"""The longest text of a branch whose page would not hold the whole of them."""
_ORDINARY = 12
"""Running text larger than this is large print."""


def publication(
    library: Library, kind: str, blocks: Iterable[Block], sheet: Sheet, *, date: str = ""
) -> Publication:
    """Give the publication of one handout."""
    own = HANDOUTS[kind]
    frame = furniture(library, "Handout", date, library.flowcharts.values())
    return Publication(
        own.title, sheet, frame, (Part(tuple(blocks), own.turned and sheet.type_size > _ORDINARY),)
    )


def contents(library: Library, kind: str, name: str = "") -> tuple[Block, ...]:
    """Give what stands on a handout. Raises UnknownDrawingError."""
    own = HANDOUTS[kind]
    return tuple(own.made(library, name) if own.of else own.made(library))
