"""Vignettes: cases with the outcomes that a senior clinician expects of them, as files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from goldenthread.diagnostics import Diagnostic
from goldenthread.loading import check_form, kind_of, shown
from goldenthread.source import read as read_file

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from goldenthread.source import Parsed, Tree


@dataclass(frozen=True, slots=True)
class Vignette:
    """One case: its data as authored, and the tree for the places in it."""

    id: str
    data: Mapping[str, Any]
    tree: Tree


def read_vignettes(
    paths: Sequence[Path], read: Callable[[Path, str], Parsed] = read_file
) -> tuple[list[Vignette], list[Diagnostic], dict[str, str]]:
    """Read vignettes; give them, what is wrong with their form, and the texts for excerpts.

    `read` gives what is in a file: that of a `goldenthread.loading.Workspace` knows what is not saved yet.
    """
    made: list[Vignette] = []
    found: list[Diagnostic] = []
    texts: dict[str, str] = {}
    for path in paths:
        name = shown(path)
        tree, wrong, text = read(path, name)
        if text is not None:
            texts[name] = text
        found += wrong
        if tree is None or wrong:
            continue
        kind, wrong = kind_of(tree)
        if kind == "vignette":
            wrong = check_form(tree, kind)
        elif not wrong:
            message = f"this is no vignette: its first key is `{kind}`"
            wrong = [
                Diagnostic("error", "V001", message, tree.key(tree.data, kind), "begin with `vignette: id`")
            ]
        found += wrong
        if not wrong:
            made.append(Vignette(tree.data["vignette"], tree.data, tree))
    return made, found, texts
