"""The right name nearest to a wrong one."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def nearest(wrong: str, right: Iterable[str]) -> str | None:
    """Give the name most like `wrong`, or None where none is like it."""
    names = list(right)
    for name in names:
        if name.lower() == wrong.lower():
            return name
    for name in names:
        # Letters that changed places: the commonest slip, which likeness alone counts as two.
        if len(wrong) > 2 and sorted(name) == sorted(wrong):
            return name
    found = get_close_matches(wrong, names, n=1, cutoff=0.6)
    return found[0] if found else None


def did_you_mean(wrong: str, right: Iterable[str]) -> str:
    """Give a help line that names the nearest right name, else the few that there are, else nothing."""
    names = sorted(set(right))
    found = nearest(wrong, names)
    if found:
        return f"did you mean `{found}`?"
    if 0 < len(names) <= 12:
        return "one of: " + ", ".join(f"`{name}`" for name in names)
    return ""
