"""What Graphviz's SVG lacks: a name for screen readers, bold headings, fonts that fit, a footer."""

from __future__ import annotations

import re
from html import escape

from goldenthread.draw.letters import printable

FONTS = "Arimo, Arial, Helvetica, sans-serif"
"""Fonts of the same widths as the one that was measured."""

_SIZE = re.compile(rb'width="([\d.]+)pt" height="([\d.]+)pt"\s+viewBox="([-\d. ]+)"')
_TEXT, _BOLD = b"<text ", b'<text font-weight="bold" '
_HEADED = b' headed">\n'
_FRAMED = b' class="cluster">\n'
_EDGE = re.compile(rb'<polygon [^>]*stroke="([^"]+)"[^>]* points="([^"]+)"/>')
_FOOTER_HEIGHT = 26


def written(text: str) -> str:
    """Give a text as an SVG can hold it: escaped, a space for each character that XML has no room for."""
    return escape(printable(text))


def size(svg: bytes) -> tuple[float, float]:
    """Give the width and height of a drawing in points."""
    found = _frame(svg)
    return float(found[1]), float(found[2])


def _frame(svg: bytes) -> re.Match[bytes]:
    found = _SIZE.search(svg)
    if found is None:
        raise ValueError("this is no drawing by Graphviz")
    return found


def finished(svg: bytes, title: str) -> bytes:
    """Finish a drawing as it comes from the layout."""
    # Said of each text, and yet the same for all: said once.
    start, *parts = svg[svg.index(b"<svg") :].replace(b' font-family="Arial"', b"").split(b"<!--")
    name = written(title).encode()
    # The id is the same in every drawing, and a page may hold several.
    head = start.replace(_TEXT, _BOLD)
    head = head.replace(b'<g id="graph0" class', f'<g font-family="{FONTS}" class'.encode(), 1)
    head = head.replace(b"<title>drawing</title>", b"<title>%b</title>" % name, 1)
    head = head.replace(b"<svg ", b'<svg role="img" aria-label="%b" ' % name, 1)
    return b"".join([head, *map(finished_part, parts)])


def finished_part(part: bytes) -> bytes:
    """Finish a box, an arrow or a frame, which stands after a comment with its name."""
    part = part.partition(b"-->\n")[2]
    if _HEADED in part or _FRAMED in part:
        part = part.replace(_TEXT, _BOLD, 1)
    return _EDGE.sub(_ruled, part, count=1) if b' class="node measure ' in part else part


def _ruled(edge: re.Match[bytes]) -> bytes:
    """Draw the marks of a scale along the lower edge of a box."""
    corners = [tuple(map(float, corner.split(b","))) for corner in edge[2].split()]
    left, right = min(x for x, _ in corners), max(x for x, _ in corners)
    below = max(y for _, y in corners)
    steps = 20
    marks = (
        f"M{left + n * (right - left) / steps:.2f},{below:.2f}v{-6 if n % 5 == 0 else -3}"
        for n in range(1, steps)
    )
    scale = f'<path class="scale" fill="none" stroke="{edge[1].decode()}" d="{"".join(marks)}"/>'
    return edge[0] + b"\n" + scale.encode()


def together(
    svgs: list[bytes], places: list[tuple[float, float]], heading: str, title: str, *, role: str = "img"
) -> bytes:
    """Set several drawings into one, each at its place, below a heading."""
    above = 40 if heading else 0
    sizes = [size(svg) for svg in svgs]
    width = max(x + wide for (x, _), (wide, _) in zip(places, sizes, strict=True))
    height = above + max(y + tall for (_, y), (_, tall) in zip(places, sizes, strict=True))
    frame = f'width="{width:.2f}pt" height="{height:.2f}pt" viewBox="0 0 {width:.2f} {height:.2f}"'
    spaces = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    head = [
        f'<svg role="{role}" aria-label="{written(title)}" {frame} {spaces}>',
        f'<rect width="{width:.2f}" height="{height:.2f}" fill="white"/>',
    ]
    if heading:
        look = f'font-family="{FONTS}" font-size="18" font-weight="bold" fill="#1b2733"'
        head.append(f'<text x="12" y="26" {look}>{written(heading)}</text>')
    parts = [line.encode() for line in head]
    for svg, (x, y) in zip(svgs, places, strict=True):
        own = _frame(svg)
        at = f'x="{x:.2f}" y="{y + above:.2f}"'.encode()
        at += b' width="%b" height="%b" viewBox="%b"' % own.groups()
        parts.append(svg.replace(own[0], at, 1).rstrip())
    return b"\n".join([*parts, b"</svg>\n"])


def with_footer(svg: bytes, footer: str) -> bytes:
    """Write a line under a drawing."""
    if not footer:
        return svg
    found = _frame(svg)
    # A line of small text needs some 5 points a character.
    width, height = max(float(found[1]), 5.2 * len(footer) + 24), float(found[2])
    tall = height + _FOOTER_HEIGHT
    frame = f'width="{width:.0f}pt" height="{tall:.0f}pt" viewBox="0 0 {width:.2f} {tall:.2f}"'
    look = f'font-family="{FONTS}" font-size="9" fill="#46535f"'
    text = f'<text x="12" y="{height + 12:.2f}" {look}>{written(footer)}</text>'
    ground = f'<rect width="{width:.2f}" height="{tall:.2f}" fill="white"/>'
    after, end = svg.index(b">", found.end()) + 1, svg.rindex(b"</svg>")
    head = [svg[: found.start()], frame.encode(), svg[found.end() : after], f"\n{ground}".encode()]
    return b"".join([*head, svg[after:end], f"{text}\n</svg>\n".encode()])
