"""The words of handouts that are not in the bank, from the file beside this module."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from goldenthread.source import parse

if TYPE_CHECKING:
    from collections.abc import Mapping

    from goldenthread.model import Library


@cache
def texts(name: str) -> Mapping[str, Any]:
    """Give the words of one handout. Raises KeyError where there are none."""
    blob = files("goldenthread.print.handouts").joinpath("texts.yaml").read_bytes()
    tree, _, _ = parse(blob, "texts.yaml")
    found: Mapping[str, Any] = (tree.data if tree is not None else {})[name]
    return found


def rests_on(library: Library, claim: Mapping[str, Any]) -> str:
    """Say what a claim rests on: works, each with the place in it, or clinical consensus."""
    said = []
    for source in claim.get("sources", ()):
        reference = library.references.get(source["ref"])
        said.append(f"{reference.cite() if reference else source['ref']}, {source['at']}")
    return "; ".join(said) or "clinical consensus"
