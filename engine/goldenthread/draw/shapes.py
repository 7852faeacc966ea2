"""The outline of each kind of box, as SVG: polygons and paths, which any stylesheet can colour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goldenthread.draw.sizes import RIM, SCALE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from goldenthread.draw.diagram import Kind

_FOLD = 8.0
_ROUND, _END = 8.0, 11.0
_CORNER = 9.0
_BAR = 9.0
_MARKS = 20


def shape(kind: Kind, sides: tuple[float, float, float, float], look: str) -> str:
    """Draw a box within its left, upper, right and lower side; `look` is the attributes of its outline."""
    return _SHAPES.get(kind, _plain)(*sides, look)


def _plain(left: float, top: float, right: float, low: float, look: str) -> str:
    corners = f"{left:.1f},{top:.1f} {right:.1f},{top:.1f} {right:.1f},{low:.1f} {left:.1f},{low:.1f}"
    return f'<polygon {look} points="{corners}"/>'


def _rounded(left: float, top: float, right: float, low: float, look: str, radius: float = _ROUND) -> str:
    r = min(radius, (low - top) / 2, (right - left) / 2)
    turn = f"a{r:.1f},{r:.1f} 0 0 1 "
    across, down = right - left - 2 * r, low - top - 2 * r
    way = (
        f"M{left + r:.1f},{top:.1f}h{across:.1f}{turn}{r:.1f},{r:.1f}v{down:.1f}{turn}{-r:.1f},{r:.1f}"
        f"h{-across:.1f}{turn}{-r:.1f},{-r:.1f}v{-down:.1f}{turn}{r:.1f},{-r:.1f}z"
    )
    return f'<path {look} d="{way}"/>'


def _pill(left: float, top: float, right: float, low: float, look: str) -> str:
    return _rounded(left, top, right, low, look, radius=_END)


def _elsewhere(left: float, top: float, right: float, low: float, look: str) -> str:
    return _pill(left, top, right, low, f'{look} stroke-dasharray="4 3"')


def _measure(left: float, top: float, right: float, low: float, look: str) -> str:
    step = (right - left) / _MARKS
    marks = "".join(
        f"M{left + n * step:.1f},{low:.1f}v{-SCALE + 1 if n % 5 == 0 else -SCALE / 2:g}"
        for n in range(1, _MARKS)
    )
    line = look.partition(" ")[2]
    return _plain(left, top, right, low, look) + f'<path class="scale" fill="none" {line} d="{marks}"/>'


def _diamond(left: float, top: float, right: float, low: float, look: str) -> str:
    x, y = (left + right) / 2, (top + low) / 2
    return f'<polygon {look} points="{x:.1f},{top:.1f} {right:.1f},{y:.1f} {x:.1f},{low:.1f} {left:.1f},{y:.1f}"/>'


def _note(left: float, top: float, right: float, low: float, look: str) -> str:
    inner, below = right - _FOLD, top + _FOLD
    line = look.partition(" ")[2]
    return (
        f'<polygon {look} points="{left:.1f},{top:.1f} {inner:.1f},{top:.1f} {right:.1f},{below:.1f} '
        f'{right:.1f},{low:.1f} {left:.1f},{low:.1f}"/>'
        f'<path fill="none" {line} d="M{inner:.1f},{top:.1f}V{below:.1f}H{right:.1f}"/>'
    )


def _double(left: float, top: float, right: float, low: float, look: str) -> str:
    line = look.partition(" ")[2]
    inner = _plain(left + RIM, top + RIM, right - RIM, low - RIM, f'fill="none" {line}')
    return _plain(left, top, right, low, look) + inner


def _cornered(left: float, top: float, right: float, low: float, look: str) -> str:
    c = min(_CORNER, (low - top) / 2)
    line = look.partition(" ")[2]
    corners = (
        f"M{left:.1f},{top + c:.1f}l{c:.1f},{-c:.1f}M{right - c:.1f},{top:.1f}l{c:.1f},{c:.1f}"
        f"M{right:.1f},{low - c:.1f}l{-c:.1f},{c:.1f}M{left + c:.1f},{low:.1f}l{-c:.1f},{-c:.1f}"
    )
    return _plain(left, top, right, low, look) + f'<path fill="none" {line} d="{corners}"/>'


def _barred(left: float, top: float, right: float, low: float, look: str) -> str:
    line = look.partition(" ")[2]
    down = f"v{low - top:.1f}"
    bars = f"M{left + _BAR:.1f},{top:.1f}{down}M{right - _BAR:.1f},{top:.1f}{down}"
    return _plain(left, top, right, low, look) + f'<path fill="none" {line} d="{bars}"/>'


def _flagged(left: float, top: float, right: float, low: float, look: str) -> str:
    line = look.partition(" ")[2]
    bar = f'<path fill="none" {line} d="M{left + _BAR:.1f},{top:.1f}v{low - top:.1f}"/>'
    return _rounded(left, top, right, low, look) + bar


_SHAPES: Mapping[Kind, Callable[[float, float, float, float, str], str]] = {
    "start": _pill,
    "more": _elsewhere,
    "measure": _measure,
    "decide": _diamond,
    "tell": _note,
    "visit": _double,
    "modality": _double,
    "end": _rounded,
    "alert": _cornered,
    "factor": _barred,
    "goal": _flagged,
}
