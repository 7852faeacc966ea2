"""What every drawing that stands in a page must be."""

from __future__ import annotations

import re
from xml.etree import ElementTree

SPACE = "{http://www.w3.org/2000/svg}"
_SHAPES = {"polygon", "path", "rect", "ellipse"}


def parsed(svg):
    """Parse a drawing as a page would hold it: well formed, and nothing in it that the page's policy forbids."""
    root = ElementTree.fromstring(svg)  # noqa: S314 -- our own drawing
    for element in root.iter():
        tag = element.tag.removeprefix(SPACE)
        assert element.tag.startswith(SPACE), tag
        assert tag not in {"style", "script", "foreignObject", "image", "use"}, tag
        for name, value in element.attrib.items():
            assert name != "style"
            assert not name.startswith("on"), name
            assert "url(" not in value or name == "aria-label"
    return root


def ids(root):
    return [element.get("id") for element in root.iter() if element.get("id")]


def links(root):
    return {element.get("id"): element for element in root.iter(f"{SPACE}a")}


def words(element):
    return " ".join("".join(text.itertext()).strip() for text in element.iter(f"{SPACE}text"))


def squeezed(text):
    return re.sub(r"\s+", "", text)


def _luminance(colour):
    colour = {"white": "#ffffff", "black": "#000000"}.get(colour, colour)
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def contrasts(root):
    """Give the contrast of each text: in a box with its first shape, elsewhere with the white ground."""
    found = []

    def walk(element, ink, ground):
        ink = (
            element.get("fill") if element.tag.endswith(("svg", "}g", "}a")) and element.get("fill") else ink
        )
        if "node" in (element.get("class") or "").split():
            ground = next(e.get("fill") for e in element if e.tag.removeprefix(SPACE) in _SHAPES)
        for inner in element:
            if inner.tag == f"{SPACE}text":
                found.append((contrast(inner.get("fill") or ink, ground), "".join(inner.itertext())))
            else:
                walk(inner, ink, ground)

    walk(root, "#000000", "#ffffff")
    return found
