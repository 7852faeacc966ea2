"""What Graphviz's SVG lacks: a name for screen readers, bold headings, a font of the same widths, a footer."""

from __future__ import annotations

import re
from html import escape

FONTS = "Arimo, Arial, Helvetica, 'Liberation Sans', sans-serif"
"""Fonts of the same widths as the one that was measured."""

_SIZE = re.compile(r'width="([\d.]+)pt" height="([\d.]+)pt"\s+viewBox="([-\d. ]+)"')
_HEADING = re.compile(r'(class="node [a-z]+ [a-z]+ headed">.*?<text )', re.DOTALL)
_TITLE = re.compile(r'(class="(?:graph|cluster)"[^>]*>\s*<title>[^<]*</title>\s*(?:<polygon[^>]*>\s*)?<text )')
_COMMENT = re.compile(r"<!--.*?-->\n?", re.DOTALL)
_FOOTER_HEIGHT = 26


def size(svg: str) -> tuple[float, float]:
    """Give the width and height of a drawing in points."""
    found = _frame(svg)
    return float(found[1]), float(found[2])


def _frame(svg: str) -> re.Match[str]:
    found = _SIZE.search(svg)
    if found is None:
        raise ValueError("this is no drawing by Graphviz")
    return found


def finished(svg: str, title: str) -> str:
    """Finish a drawing as it comes from the layout."""
    svg = _COMMENT.sub("", svg[svg.index("<svg") :])
    svg = re.sub(r'font-family="[^"]*"', f'font-family="{FONTS}"', svg)
    svg = _HEADING.sub(r'\1font-weight="bold" ', svg)
    svg = _TITLE.sub(r'\1font-weight="bold" ', svg)
    return svg.replace("<svg ", f'<svg role="img" aria-label="{escape(title)}" ', 1)


def with_footer(svg: str, footer: str) -> str:
    """Write a line under a drawing."""
    if not footer:
        return svg
    found = _frame(svg)
    # A line of small text needs some 5 points a character.
    width, height = max(float(found[1]), 5.2 * len(footer) + 24), float(found[2])
    tall = height + _FOOTER_HEIGHT
    frame = f'width="{width:.0f}pt" height="{tall:.0f}pt" viewBox="0 0 {width:.2f} {tall:.2f}"'
    text = f'<text x="12" y="{height + 12:.2f}" font-family="{FONTS}" font-size="9" fill="#46535f">{escape(footer)}</text>'
    ground = f'<rect width="{width:.2f}" height="{tall:.2f}" fill="white"/>'
    svg = svg.replace(found[0], frame, 1)
    first = svg.index(">", svg.index(frame)) + 1
    return f"{svg[:first]}\n{ground}{svg[first:].rstrip().removesuffix('</svg>')}{text}\n</svg>\n"
