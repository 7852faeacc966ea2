"""DOT and Mermaid can be read again: DOT by Graphviz, Mermaid by a grammar of what is written."""

from __future__ import annotations

import json
import re

import pytest
from test_draw import AWKWARD, labelled, squeezed

from goldenthread.draw import drawings, extract
from goldenthread.draw.diagram import Group
from goldenthread.draw.dot import to_dot
from goldenthread.draw.layout import laid_out
from goldenthread.draw.mermaid import to_mermaid
from small import shipped_library

LIBRARY = shipped_library()
ALL = [(name, {}) for name in drawings(LIBRARY)]
ALL += [("planning", {"depth": 9}), ("factor:avoidance", {}), ("to:2.10", {}), ("around:0.3", {})]
PATH = ["planning.problem", "planning.safety", "safety.session_place"]

_TEXT = r'"(?:[^"#\n]|#\d+;|<br/>)*"'
_SIDES = (r"\(\( \)\)", r"\[\[ \]\]", r"\(\[ \]\)", r"\{\{ \}\}", r"\[/ /\]", r"\[ \]", r"\{ \}", r"> \]")
_SHAPE = f"(?:{'|'.join(sides.replace(' ', _TEXT) for sides in _SIDES)})"
_NODE = re.compile(rf"(n\d+|foot){_SHAPE}(?::::(\w+))?")
_LINK = re.compile(rf"(n\d+) (?:-->|-\.->)(?:\|{_TEXT}\|)? (n\d+)")
_STYLE = r"(?:fill|stroke|color|stroke-width):[#\w.]+"
_CLASS = re.compile(rf"classDef (\w+) {_STYLE}(?:,{_STYLE})*")
_OF_CLASS = re.compile(r"class (n\d+) (\w+)")
_LINKS = re.compile(rf"linkStyle \d+(?:,\d+)* {_STYLE}(?:,{_STYLE})*")
_FRAME = re.compile(rf"subgraph (g\d+)\[{_TEXT}\]")


def parsed(text):
    """Read a Mermaid flowchart: nodes with their frames, links, classes. Fails at the first line that is none of it."""
    head, _, body = text.partition("---\n")[2].partition("---\n")
    assert json.loads(head.removeprefix("title: "))
    first, *lines = body.splitlines()
    assert first in {"flowchart TB", "flowchart LR"}
    nodes, links, classes, used, frames = {}, [], set(), set(), []
    for line in map(str.strip, lines):
        if found := _FRAME.fullmatch(line):
            frames.append(found[1])
        elif line == "end":
            frames.pop()
        elif found := _NODE.fullmatch(line):
            assert found[1] not in nodes
            nodes[found[1]] = tuple(frames)
            used.add(found[2])
        elif found := _LINK.fullmatch(line):
            links.append((found[1], found[2]))
        elif found := _CLASS.fullmatch(line):
            classes.add(found[1])
        elif found := _OF_CLASS.fullmatch(line):
            used.add(found[2])
        else:
            assert _LINKS.fullmatch(line), line
    assert not frames
    assert used - {None} <= classes
    assert {id_ for link in links for id_ in link} <= nodes.keys()
    return nodes, links


@pytest.mark.parametrize(("what", "options"), ALL)
def test_mermaid_of_every_drawing(what, options):
    diagram = extract(LIBRARY, what, path=PATH, footer="2026-03-02", **options)
    nodes, links = parsed(to_mermaid(diagram))
    assert len(nodes) > len(diagram.boxes)
    assert len(links) >= len(diagram.arrows)
    deepest = max((len(frames) for frames in nodes.values()), default=0)
    assert deepest == (2 if options.get("depth") else 1)


@pytest.mark.parametrize("text", AWKWARD)
def test_awkward_words_in_mermaid(text):
    parsed(to_mermaid(labelled(text)))


@pytest.mark.parametrize(("what", "options"), ALL)
def test_dot_of_every_drawing(what, options):
    diagram = extract(LIBRARY, what, path=PATH, footer="2026-03-02", **options)
    read = json.loads(laid_out(to_dot(diagram), "json0"))
    names = {one["name"] for one in read["objects"]}
    assert {box.id for box in diagram.boxes} <= names
    drawn = [
        (read["objects"][edge["tail"]]["name"], read["objects"][edge["head"]]["name"])
        for edge in read["edges"]
    ]
    for arrow in diagram.arrows:
        assert (arrow.tail, arrow.head) in drawn
    assert "2026-03-02" in read["label"]
    assert any(one["name"] == "cluster_legend" for one in read["objects"])


@pytest.mark.parametrize("text", AWKWARD)
def test_awkward_words_in_dot(text):
    diagram = labelled(text)
    read = json.loads(laid_out(to_dot(diagram), "json0"))
    labels = {one["name"]: one.get("label", "") for one in read["objects"]}
    for box in diagram.boxes:
        shown = re.sub(r"\\(.)", lambda m: " " if m[1] == "n" else m[1], labels[box.id]).replace("&amp;", "&")
        assert squeezed(shown) == squeezed("1.1" + text)


def test_frames_within_frames_are_written():
    diagram = labelled("words")
    inner = Group("h", "Inner", (diagram.boxes[3].id,), within="g")
    nested = type(diagram)(diagram.title, diagram.boxes, diagram.arrows, (*diagram.groups, inner))
    nodes, _ = parsed(to_mermaid(nested))
    assert ("g0", "g1") in nodes.values()
    assert "cluster_g1" in laid_out(to_dot(nested), "json0").decode()
