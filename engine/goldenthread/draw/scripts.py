"""Words of a drawing that the typesetter sets itself: within a picture it joins and orders only plain letters well."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from xml.etree.ElementTree import Element

_LETTERS = "\x00-\u02ff\u0370-\u0482\u048a-\u052f\u1e00-\u1fff"
"""Latin, Greek and Cyrillic, of which each has a glyph of its own."""
_SIGNS = "\u2010-\u2027\u2030-\u205e\u20a0-\u20bf\u2100-\u22ff\u25a0-\u25ff"
_OTHER = re.compile(f"[^{_LETTERS}{_SIGNS}]")
_TEXT = re.compile(r"<text [^>]*>[^<]*</text>")
_MOVED = re.compile(r"translate\(([-\d.]+),([-\d.]+)\)")
_LOOKS = ("font-size", "font-weight", "fill", "text-anchor", "direction")

SET = """
#let drawn(it, wide, tall, scale, ..alt) = box(width: wide, height: tall, {
  place(top + left, image(bytes(it.svg), format: "svg", width: wide, height: tall, ..alt))
  for line in it.words {
    let high = line.size * scale * 1pt
    let at = if line.anchor == "middle" { center } else if line.anchor == "end" { right } else { left }
    // A box far wider than the words, so that they never wrap.
    let reach = if at == center { 1000pt } else if at == right { 2000pt } else { 0pt }
    place(top + left, dx: line.x * scale * 1pt - reach, dy: line.y * scale * 1pt - 0.8 * high,
      pdf.artifact(box(width: 2000pt, align(at, text(
        size: high, weight: line.weight, fill: rgb(line.fill), dir: if line.dir == "rtl" { rtl } else { ltr },
        top-edge: 0.8em, bottom-edge: -0.2em, line.text,
      )))),
    )
  }
})
"""
"""What sets a drawing that `apart` gives, as a template says: its width and height on paper, and its scale."""


def apart(svg: str) -> dict[str, Any]:
    """Give a drawing without the words that the typesetter sets over it, and these with their places."""
    if not any(map(_OTHER.search, _TEXT.findall(svg))):
        return {"svg": svg, "words": []}
    root = ElementTree.fromstring(svg)  # noqa: S314 -- a drawing of our own
    places = _words(root, (0.0, 0.0), {})
    words: list[dict[str, Any]] = []

    def kept(found: re.Match[str]) -> str:
        word = next(places)
        if not _OTHER.search(word["text"]):
            return found[0]
        words.append(word)
        return ""

    return {"svg": _TEXT.sub(kept, svg), "words": words}


def _words(element: Element, at: tuple[float, float], look: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """Give every text with its place and its look, in the order in which they stand."""
    moved = _MOVED.match(element.get("transform", ""))
    if moved:
        at = (at[0] + float(moved[1]), at[1] + float(moved[2]))
    look = {**look, **{name: element.attrib[name] for name in _LOOKS if name in element.attrib}}
    if element.tag.endswith("}text"):
        yield {
            "x": float(element.get("x", 0)) + at[0],
            "y": float(element.get("y", 0)) + at[1],
            "size": float(look["font-size"]),
            "weight": look.get("font-weight", "regular"),
            "fill": look.get("fill", "#000000"),
            "anchor": look.get("text-anchor", "start"),
            "dir": look.get("direction", "ltr"),
            "text": element.text or "",
        }
    for inner in element:
        yield from _words(inner, at, look)
