"""Handouts to be written on: the five P's, a SMART goal, a case sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goldenthread.print.content import (
    Area,
    Areas,
    Fields,
    Heading,
    Marks,
    Para,
    Points,
    Room,
    Run,
    Side,
    Table,
)
from goldenthread.print.handouts.texts import rests_on, texts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from goldenthread.model import Library
    from goldenthread.print.content import Block

_WHO = Fields(("Client (a code)", "Date", "Filled in by"))


def five_ps(library: Library) -> Iterator[Block]:  # noqa: ARG001 -- every handout is given the library
    """Give the five P's, blank, with what to think of."""
    own = texts("five_ps")
    yield Heading(own["title"])
    yield Para(own["lead"], "lead")
    yield _WHO
    areas = {p: _area(each) for p, each in own["areas"].items()}
    yield Areas(
        (
            (1.1, (areas["presenting"],)),
            (1.0, (areas["predisposing"], areas["precipitating"])),
            (1.5, (areas["perpetuating"],)),
            (0.8, (areas["protective"],)),
        )
    )


def smart(library: Library) -> Iterator[Block]:
    """Give the builder of a SMART goal."""
    own = texts("smart")
    yield Heading(own["title"])
    yield Para(own["lead"], "lead")
    yield _WHO
    yield Heading(own["wish"]["heading"], 2, listed=False)
    yield Para(own["wish"]["prompts"][0], "quiet")
    yield Room(2)
    rows = tuple(
        ((Run(f"{each['letter']}  ", "bold"), Run(each["name"])), each["ask"], "") for each in own["letters"]
    )
    yield Table(("Letter", "Ask", "Write"), rows, (3, 6, 8), tall=2.6)
    yield Para("How sure the client is, from 0 to 10:", "quiet")
    yield Marks(tuple(str(n) for n in range(11)))
    yield Heading(own["sentence"], 2, listed=False)
    yield Room(2)
    scale = own["scale"]
    left = (
        Heading(scale["heading"], 2, listed=False),
        Table(
            ("How far", "What one would see"), tuple((row, "") for row in scale["rows"]), (1, 1.5), tall=1.35
        ),
    )
    right = (Heading("Before it goes into the plan", 2, listed=False), Points(tuple(own["checks"]), "tick"))
    yield Side((left, right), (3, 2))
    told = rests_on(library, {"sources": [own["source"], own["confidence"]]})
    yield Para(f"After {told}.", "quiet")


def case_sheet(library: Library) -> Iterator[Block]:  # noqa: ARG001 -- as above
    """Give the one-page case sheet."""
    own = texts("case_sheet")
    yield Heading(own["title"])
    yield Para(own["lead"], "lead")
    yield Fields(("Client (a code)", "Date", "Version"))
    yield Areas(tuple((row["share"], tuple(map(_area, row["areas"]))) for row in own["rows"]))
    yield Heading(own["goals"], 2, listed=False)
    columns = tuple(own["columns"])
    yield Table(columns, (("",) * len(columns),) * 3, (6.4, 4, 3, 1.6, 2.4, 2.4), tall=1.9)
    last = own["last"]
    yield Areas(((last["share"], tuple(map(_area, last["areas"]))),))


def _area(own: Mapping[str, Any]) -> Area:
    return Area(own["heading"], tuple(own.get("prompts", ())))


__all__ = ["case_sheet", "five_ps", "smart"]
