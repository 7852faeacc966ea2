"""Which flowchart and which of its nodes a finding is about, by the line on which it stands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from goldenthread.source import parse

if TYPE_CHECKING:
    from collections.abc import Mapping

    from goldenthread.diagnostics import Diagnostic, Report
    from goldenthread.source import Tree

_ID = r"[a-z][a-z0-9_]*"
_FLOWCHART = re.compile(rf"^(extends|flowchart):[ \t]*({_ID})", re.MULTILINE)
_KEY = re.compile(rf"^( *)({_ID}):")


class Place(NamedTuple):
    """A flowchart and one of its nodes, by their ids; empty where there is none."""

    chart: str = ""
    node: str = ""


NOWHERE = Place()


@dataclass(frozen=True, slots=True)
class Outline:
    """The flowchart that a file holds: the line on which each node begins, and the line after the last one."""

    chart: str
    nodes: tuple[tuple[int, str], ...]
    end: float

    def at(self, line: int) -> Place:
        """Give what stands on a line."""
        inside = [id_ for begin, id_ in self.nodes if begin <= line < self.end]
        return Place(self.chart, inside[-1] if inside else "")


def places(report: Report) -> Mapping[Diagnostic, Place]:
    """Give the place of every finding. Only files that have some are read again."""
    outlines = {
        file: outline(report.texts.get(file, ""), file) for file in {found.span.file for found in report}
    }
    placed = {}
    for found in report:
        held = outlines[found.span.file]
        placed[found] = held.at(found.span.line) if held is not None else NOWHERE
    return placed


def outline(text: str, file: str) -> Outline | None:
    """Give the outline of a file, from its lines where it cannot be read; None where it holds no flowchart."""
    tree, _, _ = parse(text, file)
    return _of_tree(tree) if tree is not None else _of_lines(text)


def _of_tree(tree: Tree) -> Outline | None:
    data = tree.data
    if next(iter(data)) != "flowchart":
        return None
    nodes, end = data.get("nodes"), float("inf")
    lines: list[tuple[int, str]] = []
    if isinstance(nodes, dict):
        lines = [(tree.key(nodes, id_).line, id_) for id_ in nodes]
        begin = tree.key(data, "nodes").line
        end = min((line for key in data if (line := tree.key(data, key).line) > begin), default=end)
    return Outline(str(data.get("extends") or data["flowchart"]), tuple(lines), end)


def _of_lines(text: str) -> Outline | None:
    named = dict(_FLOWCHART.findall(text))
    if "flowchart" not in named:
        return None
    lines: list[tuple[int, str]] = []
    written = text.splitlines()
    # What a reader misses, it misses at the end of the file: that is not about the last step.
    within, deep, end = False, 0, float(len(written))
    for number, line in enumerate(written, start=1):
        key = _KEY.match(line)
        if key is None:
            continue
        if not key[1]:
            if within:
                end = number
                break
            within = key[2] == "nodes"
        elif within:
            deep = deep or len(key[1])
            if len(key[1]) == deep:
                lines.append((number, key[2]))
    return Outline(named.get("extends") or named["flowchart"], tuple(lines), end)
