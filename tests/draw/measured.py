"""The geometry of a drawing as it was written: where each box, each text and each arrow is, read from the SVG.

Text is measured with another reader of fonts than the one that the drawing was laid out with.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

import fontpkg_arimo
from fontTools.ttLib import TTFont
from fontTools.varLib.varStore import VarStoreInstancer

SPACE = "{http://www.w3.org/2000/svg}"
ASCENT, DESCENT = 0.73, 0.21
_STEP = re.compile(r"([MLHVhvlaCz])([^MLHVhvlaCz]*)")
_NUMBER = re.compile(r"-?[\d.]+")


class Rect(NamedTuple):
    left: float
    top: float
    right: float
    low: float

    def overlaps(self, other, by=0.5):
        return (
            self.left + by < other.right
            and other.left + by < self.right
            and self.top + by < other.low
            and other.top + by < self.low
        )

    def within(self, other, by=0.5):
        return (
            self.left >= other.left - by
            and self.right <= other.right + by
            and self.top >= other.top - by
            and self.low <= other.low + by
        )


class Text(NamedTuple):
    words: str
    size: float
    rect: Rect


@dataclass
class Shape:
    """A box: its corners in order, and the texts in it."""

    id: str
    kind: str
    corners: list
    texts: list

    @property
    def rect(self):
        return around(self.corners)

    def holds(self, rect, by=0.5):
        if self.kind != "decide":
            return rect.within(self.rect, by)
        x, y = (self.rect.left + self.rect.right) / 2, (self.rect.top + self.rect.low) / 2
        wide, tall = (self.rect.right - self.rect.left) / 2, (self.rect.low - self.rect.top) / 2
        return all(
            abs(a - x) / wide + abs(b - y) / tall <= 1 + by / tall
            for a in (rect.left, rect.right)
            for b in (rect.top, rect.low)
        )

    def meets(self, rect):
        """Say whether something overlaps what is drawn, not only the corners around it."""
        if self.kind != "decide" or not self.rect.overlaps(rect):
            return self.rect.overlaps(rect)
        x, y = (self.rect.left + self.rect.right) / 2, (self.rect.top + self.rect.low) / 2
        wide, tall = (self.rect.right - self.rect.left) / 2, (self.rect.low - self.rect.top) / 2
        near = min(max(x, rect.left), rect.right), min(max(y, rect.top), rect.low)
        return abs(near[0] - x) / wide + abs(near[1] - y) / tall < 1 - 0.5 / tall


@dataclass
class Drawing:
    paper: Rect
    boxes: list = field(default_factory=list)
    labels: list = field(default_factory=list)
    """The texts on arrows, by arrow."""
    loose: list = field(default_factory=list)
    """Titles, the footer, the titles of frames."""
    points: list = field(default_factory=list)
    """All the points that arrows, shapes and frames go through."""


@cache
def _font():
    path = Path(fontpkg_arimo.__file__).parent / "files" / "Arimo[wght].ttf"
    font = TTFont(path)
    heavy = VarStoreInstancer(font["HVAR"].table.VarStore, font["fvar"].axes, {"wght": 1.0})
    return font, font.getBestCmap(), font.getReverseGlyphMap(), heavy


@cache
def _wide(char, bold):
    font, characters, ids, heavy = _font()
    glyph = characters.get(ord(char))
    if glyph is None:
        return 1000.0
    wide = font["hmtx"][glyph][0] + (heavy[ids[glyph]] if bold else 0)
    return wide * 1000 / font["head"].unitsPerEm


def text_width(text, size, bold=False):
    return sum(_wide(char, bold) for char in text) * size / 1000


def around(points):
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Rect(min(xs), min(ys), max(xs), max(ys))


def path_points(way):
    """Give the points of a path, those that steer its curves among them: the curve lies within them."""
    x = y = 0.0
    found = []
    for step, rest in _STEP.findall(way):
        numbers = [float(n) for n in _NUMBER.findall(rest)]
        if step in "MLC":
            pairs = list(zip(numbers[::2], numbers[1::2], strict=True))
            found += pairs
            x, y = pairs[-1]
        elif step == "a":
            x, y = x + numbers[-2], y + numbers[-1]
        elif step == "l":
            x, y = x + numbers[0], y + numbers[1]
        elif step in "hv":
            x, y = (x + numbers[0], y) if step == "h" else (x, y + numbers[0])
        elif step in "HV":
            x, y = (numbers[0], y) if step == "H" else (x, numbers[0])
        if step != "z":
            found.append((x, y))
    return found


def drawing(svg):
    """Read a drawing."""
    root = ElementTree.fromstring(svg)  # noqa: S314 -- our own drawing
    wide, tall = (float(n) for n in root.get("viewBox").split()[2:])
    found = Drawing(Rect(0, 0, wide, tall))
    _read(root, found, (0.0, 0.0), {"font-size": "11", "text-anchor": "middle"}, None, None)
    return found


def _read(element, found, at, look, box, label):
    moved = re.match(r"translate\(([-\d.]+),([-\d.]+)\)", element.get("transform") or "")
    if moved:
        at = (at[0] + float(moved[1]), at[1] + float(moved[2]))
    look = look | {
        name: element.get(name) for name in ("font-size", "text-anchor", "font-weight") if element.get(name)
    }
    names = (element.get("class") or "").split()
    if "node" in names:
        box = Shape(element.get("id"), names[1], [], [])
        found.boxes.append(box)
    if "edge" in names:
        label = []
        found.labels.append(label)
    for inner in element:
        tag = inner.tag.removeprefix(SPACE)
        if tag == "text":
            text = _text(inner, at, look)
            (box.texts if box else label if label is not None else found.loose).append(text)
        elif tag in {"polygon", "path"} and "ground" not in (inner.get("class") or ""):
            points = _points(inner, at)
            found.points += points
            if box and not box.corners:
                box.corners = points
        elif tag in {"g", "a"}:
            _read(inner, found, at, look, box, label)


def _points(element, at):
    if element.get("points"):
        pairs = [tuple(map(float, pair.split(","))) for pair in element.get("points").split()]
    else:
        pairs = path_points(element.get("d"))
    return [(x + at[0], y + at[1]) for x, y in pairs]


def _text(element, at, look):
    look = look | {
        name: element.get(name) for name in ("font-size", "text-anchor", "font-weight") if element.get(name)
    }
    words = "".join(element.itertext())
    size = float(look["font-size"])
    wide = text_width(words, size, look.get("font-weight") == "bold")
    x, y = float(element.get("x")) + at[0], float(element.get("y")) + at[1]
    left = x - wide / 2 if look["text-anchor"] == "middle" else x
    return Text(words, size, Rect(left, y - ASCENT * size, left + wide, y + DESCENT * size))


def faults(found):
    """Give what is cropped, overlaps or is too small, in words."""
    out = []
    texts = [text for box in found.boxes for text in box.texts]
    labels = [text for label in found.labels for text in label]
    for text in (*texts, *labels, *found.loose):
        if not text.rect.within(found.paper):
            out.append(f"{text.words!r} is cropped")
        if text.size < 10:
            out.append(f"{text.words!r} is of {text.size} points")
    for x, y in found.points:
        if not (-0.5 <= x <= found.paper.right + 0.5 and -0.5 <= y <= found.paper.low + 0.5):
            out.append(f"a line goes to {x}, {y}, off {found.paper}")
    for box in found.boxes:
        out += [f"{text.words!r} leaves {box.id}" for text in box.texts if not box.holds(text.rect)]
    out += [f"{a.id} and {b.id} overlap" for a, b in pairs(found.boxes, lambda box: box.rect)]
    for text in (*labels, *found.loose):
        out += [f"{text.words!r} lies on {box.id}" for box in found.boxes if box.meets(text.rect)]
    whole = [
        around([(r.left, r.top) for r in rects] + [(r.right, r.low) for r in rects])
        for rects in ([text.rect for text in label] for label in found.labels if label)
    ]
    for a, b in pairs(list(enumerate(whole)), lambda one: one[1]):
        out.append(f"the words at {a[1]} and {b[1]} overlap")
    return out


def pairs(things, rect):
    """Give the pairs that overlap, from above."""
    row = sorted(things, key=lambda thing: rect(thing).top)
    for n, one in enumerate(row):
        for other in row[n + 1 :]:
            if rect(other).top >= rect(one).low:
                break
            if rect(one).overlaps(rect(other)):
                yield one, other
