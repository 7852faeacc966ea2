"""Texts for paper: signs that no font of the installation has are named, as in `[grinning face]`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from goldenthread.draw.letters import by_name, lacking, printable

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Set as AbstractSet

    from goldenthread.draw.diagram import Diagram

_JOINERS = "\u200d\ufe0f"


def spelled(diagram: Diagram) -> Diagram:
    """Give a diagram in which every text can be set, but for letters of scripts that no font here has."""
    return retold(diagram, spelled_text) if _lacking(diagram) else diagram


def retold(diagram: Diagram, how: Callable[[str], str]) -> Diagram:
    """Give a diagram with each of its texts changed in one way."""
    return replace(
        diagram,
        title=how(diagram.title),
        footer=how(diagram.footer),
        boxes=tuple(
            box._replace(heading=how(box.heading), text=tuple(map(how, box.text))) for box in diagram.boxes
        ),
        arrows=tuple(arrow._replace(text=how(arrow.text)) for arrow in diagram.arrows),
        groups=tuple(replace(group, title=how(group.title)) for group in diagram.groups),
    )


def _lacking(diagram: Diagram) -> AbstractSet[str]:
    found = lacking(diagram.title) | lacking(diagram.footer)
    for box in diagram.boxes:
        for text in (box.heading, *box.text):
            found |= lacking(text)
    for arrow in diagram.arrows:
        found |= lacking(arrow.text)
    for group in diagram.groups:
        found |= lacking(group.title)
    return found


def spelled_text(text: str) -> str:
    """Give a text in which every sign can be set."""
    own = lacking(text)
    if not own:
        return printable(text)
    # What joins signs, or says how one is to be shown, goes with them.
    return printable("".join(by_name(char) if char in own else char for char in text if char not in _JOINERS))
