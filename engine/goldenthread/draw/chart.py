"""A scale over time: bands as ground, scores as a line, and the corridor in which a change is no more than error."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from goldenthread.draw.letters import width as wide
from goldenthread.draw.letters import wrapped
from goldenthread.draw.looks import INK, LINE
from goldenthread.draw.svg import FONTS, written
from goldenthread.plan.phrases import day, full

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from goldenthread.model import Library
    from goldenthread.plan import Followed

WIDTH = 560
_PLOT, _LEFT, _TOP, _SIZE, _SMALL = 210, 34, 34, 13, 12
_LINE = 15
_MOST_BAND = 104
_LIGHT, _DARK = 250, 214
_INSET = 22
_MOST_SCORES = 14
RATING = (0.0, 10.0)


class Stretch(NamedTuple):
    """A band of a scale: its name, and its lowest score."""

    name: str
    start: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """Scores in the order in which they were taken, each with its date (or none), and what their scale is."""

    title: str
    points: tuple[tuple[str, float], ...]
    between: tuple[float, float]
    better: str = "lower"
    bands: tuple[Stretch, ...] = ()
    reliable: float | None = None
    """The least change that is more than error of measurement."""


def of_followed(library: Library, followed: Followed) -> Series:
    """Give the series of a scale that a plan follows. Raises KeyError where the library lacks the instrument."""
    scale = library.instruments[followed.instrument].scales[followed.scale]
    return Series(
        title=followed.name,
        points=tuple((date, score) for date, score, _ in followed.scores),
        between=scale.between,
        better=scale.better,
        bands=tuple(Stretch(band.label, band.start) for band in scale.bands),
        reliable=scale.reliable_change,
    )


def of_ratings(name: str, points: Iterable[tuple[str, float]]) -> Series:
    """Give the series of a goal's ratings, from 0 (not at all reached) to 10 (fully reached)."""
    return Series(title=name, points=tuple(points), between=RATING, better="higher")


def chart_svg(series: Series, *, prefix: str = "chart-", width: float = WIDTH) -> str:
    """Draw a series as SVG with a text alternative; charts on one page have different prefixes."""
    return _Chart(series, width).svg(written(prefix))


def told(series: Series) -> str:
    """Say a chart in words."""
    low, high = series.between
    said = [f"From {low:g} to {high:g}; {series.better} is better."]
    if not series.points:
        return f"{said[0]} No score is recorded yet."
    for date, score in series.points:
        band = _band(series, score)
        said.append(f"{day(date) or 'No date'}: {score:g}{f' ({band})' if band else ''}.")
    return " ".join([*said, _corridor_words(series)]).strip()


def _band(series: Series, score: float) -> str:
    return next((band.name for band in reversed(series.bands) if score >= band.start), "")


def _corridor_words(series: Series) -> str:
    if series.reliable is None or not series.points:
        return ""
    first = series.points[0][1]
    return (
        "Between the dashed lines there is no reliable change: "
        f"less than {series.reliable:g} points from the first score, {first:g}."
    )


class _Chart:
    """Places of everything in one chart."""

    def __init__(self, series: Series, width: float) -> None:
        self.series, self.width = series, width
        names = [wrapped(band.name, _MOST_BAND, _SMALL) for band in series.bands]
        self.names = names
        margin = max((wide(line, _SMALL) for lines in names for line in lines), default=4) + 10
        self.right = width - margin
        self.foot = _TOP + _PLOT
        self.days = [_day(date) for date, _ in series.points]
        self.timed = _in_order(self.days)
        self.xs = self._xs()

    def y(self, score: float) -> float:
        low, high = self.series.between
        share = (min(max(score, low), high) - low) / ((high - low) or 1)
        return round(self.foot - share * _PLOT, 1)

    def _xs(self) -> list[float]:
        n = len(self.days)
        start, end = _LEFT + _INSET, self.right - _INSET
        if n == 1:
            return [round((start + end) / 2, 1)]
        if self.timed:
            known = [day.toordinal() for day in self.days if day]
            shares = [(day - known[0]) / (known[-1] - known[0]) for day in known]
        else:
            shares = [k / (n - 1) for k in range(n)]
        return [round(start + share * (end - start), 1) for share in shares]

    def svg(self, prefix: str) -> str:
        below = list(self._below())
        height = self.foot + 40 + _LINE * len(below) + 6
        look = f'font-family="{FONTS}" font-size="{_SMALL}" fill="{INK}"'
        frame = f'width="{self.width:g}" height="{height:g}" viewBox="0 0 {self.width:g} {height:g}"'
        names = f'aria-labelledby="{prefix}title" aria-describedby="{prefix}about"'
        lead = f"{self.series.title} ({self.series.better} is better)"
        return "\n".join(
            [
                f'<svg class="chart" role="img" {names} {frame} xmlns="http://www.w3.org/2000/svg" {look}>',
                f'<title id="{prefix}title">{written(f"{self.series.title} over time")}</title>',
                f'<desc id="{prefix}about">{written(told(self.series))}</desc>',
                f'<rect class="ground" width="{self.width:g}" height="{height:g}" fill="#ffffff"/>',
                f'<text x="4" y="17" font-size="{_SIZE}" font-weight="bold">{written(lead)}</text>',
                *self._bands(),
                *self._axis(),
                *self._corridor(),
                *self._line(),
                *self._dates(),
                *below,
                "</svg>\n",
            ]
        )

    def _bands(self) -> Iterator[str]:
        bands = self.series.bands
        ends = [*(band.start for band in bands[1:]), self.series.between[1]]
        next_free = self.foot + 99.0
        for n, (band, end) in enumerate(zip(bands, ends, strict=False)):
            top, bottom = self.y(end), self.y(band.start)
            worse = n if self.series.better == "lower" else len(bands) - 1 - n
            grey = round(_LIGHT - (_LIGHT - _DARK) * worse / max(1, len(bands) - 1))
            at = f'x="{_LEFT}" y="{top:g}" width="{self.right - _LEFT:g}" height="{bottom - top:g}"'
            yield f'<rect class="band" {at} fill="#{grey:02x}{grey:02x}{grey:02x}"/>'
            lines = self.names[n]
            # Where bands are low, their names are moved up, off the one before.
            last = min((top + bottom) / 2 + 4 + (_LINE - 2) * (len(lines) - 1) / 2, next_free)
            for k, line in enumerate(reversed(lines)):
                yield f'<text x="{self.right + 7:g}" y="{last - k * (_LINE - 2):g}">{written(line)}</text>'
            next_free = last - (_LINE - 2) * len(lines)

    def _axis(self) -> Iterator[str]:
        last = self.foot + 99.0
        for value in self._marks():
            y = self.y(value)
            stroke = "#ffffff" if self.series.bands else "#dfe3e6"
            yield f'<path class="rule" fill="none" stroke="{stroke}" d="M{_LEFT},{y:g}H{self.right:g}"/>'
            if last - y >= _SMALL:
                yield f'<text x="{_LEFT - 6}" y="{y + 4:g}" text-anchor="end">{value:g}</text>'
                last = y
        yield f'<path class="axis" fill="none" stroke="{LINE}" d="M{_LEFT},{_TOP}V{self.foot}H{self.right:g}"/>'

    def _marks(self) -> list[float]:
        low, high = self.series.between
        if self.series.bands:
            return sorted({low, *(band.start for band in self.series.bands), high})
        return [low + k * (high - low) / 5 for k in range(6)]

    def _corridor(self) -> Iterator[str]:
        """Draw how far a score may lie from the first and still be no more than error."""
        series = self.series
        if series.reliable is None or not series.points:
            return
        first, (low, high) = series.points[0][1], series.between
        edges = (first + series.reliable, first - series.reliable)
        top, bottom = (self.y(edge) for edge in edges)
        at = f'x="{_LEFT}" y="{top:g}" width="{self.right - _LEFT:g}" height="{bottom - top:g}"'
        yield f'<rect class="corridor" {at} fill="{INK}" fill-opacity="0.07"/>'
        for edge in edges:
            if low <= edge <= high:
                yield _dashes(_LEFT, self.right, self.y(edge))

    def _line(self) -> Iterator[str]:
        scores = [score for _, score in self.series.points]
        at = [(x, self.y(score)) for x, score in zip(self.xs, scores, strict=True)]
        if len(at) > 1:
            points = " ".join(f"{x:g},{y:g}" for x, y in at)
            yield f'<polyline class="scores" fill="none" stroke="{INK}" stroke-width="2" points="{points}"/>'
        radius = 4 if len(at) <= 40 else 2.5
        for x, y in at:
            yield f'<circle class="score" cx="{x:g}" cy="{y:g}" r="{radius}" fill="{INK}"/>'
        if not at:
            middle = (_LEFT + self.right) / 2
            yield f'<text x="{middle:g}" y="{_TOP + _PLOT / 2}" text-anchor="middle">No score is recorded yet.</text>'
        yield from self._scores(at, scores)

    def _scores(self, at: Sequence[tuple[float, float]], scores: Sequence[float]) -> Iterator[str]:
        """Write scores at their points: the ends, the highest and lowest, and what else there is room for."""
        order = list(range(len(at)))
        ends = {0, order[-1], scores.index(max(scores)), scores.index(min(scores))} if scores else set()
        first = sorted(order, key=lambda n: n not in ends)
        taken: list[tuple[float, float]] = []
        for n in first if len(at) <= _MOST_SCORES else sorted(ends):
            x, y = at[n]
            # Above its point; below it where the line rises away from it on both sides, or the chart ends.
            neighbours = [at[k][1] for k in (n - 1, n + 1) if 0 <= k < len(at)]
            beneath = y - 20 < _TOP or (bool(neighbours) and all(other < y - 4 for other in neighbours))
            place = y + 19 if beneath and y + 24 < self.foot else y - 9
            half = wide(f"{scores[n]:g}", _SIZE, bold=True) / 2 + 4
            if any(abs(x - other) < half + 10 and abs(place - level) < _LINE for other, level in taken):
                continue
            taken.append((x, place))
            halo = f'stroke="#ffffff" stroke-width="3" paint-order="stroke" font-size="{_SIZE}" font-weight="bold"'
            yield f'<text x="{x:g}" y="{place:g}" text-anchor="middle" {halo}>{scores[n]:g}</text>'

    def _dates(self) -> Iterator[str]:
        """Write the dates under the axis: the first, the last, and those that there is room for between."""
        order = list(range(len(self.xs)))
        taken: list[tuple[float, float]] = []
        shown: dict[int, str] = {}
        for n in sorted(order, key=lambda k: k not in {0, order[-1]}):
            yield f'<path class="tick" stroke="{LINE}" d="M{self.xs[n]:g},{self.foot}v4"/>'
            text = _short(self.days[n])
            half = wide(text, _SMALL) / 2 + 3
            if all(abs(self.xs[n] - x) >= half + other for x, other in taken):
                taken.append((self.xs[n], half))
                shown[n] = text
        year = 0
        for n in sorted(shown):
            at = f'x="{self.xs[n]:g}" text-anchor="middle"'
            yield f'<text {at} y="{self.foot + 17}">{shown[n]}</text>'
            date = self.days[n]
            if date and date.year != year:
                year = date.year
                yield f'<text {at} y="{self.foot + 31}">{year}</text>'

    def _below(self) -> Iterator[str]:
        """Name the corridor, and say where the spaces are not those of time."""
        lines = []
        words = _corridor_words(self.series)
        y = self.foot + 50
        if words:
            yield _dashes(4, 28, y - 8)
            yield _dashes(4, 28, y)
            lines += [(34.0, line) for line in wrapped(words, self.width - 40, _SMALL)]
        if not self.timed and len(self.xs) > 1:
            why = "a date is missing" if None in self.days else "the dates do not follow each other"
            lines += [
                (4.0, line) for line in wrapped(full(f"evenly spaced, since {why}"), self.width - 8, _SMALL)
            ]
        for n, (x, line) in enumerate(lines):
            yield f'<text x="{x:g}" y="{y + n * _LINE:g}">{written(line)}</text>'


def _dashes(start: float, end: float, y: float) -> str:
    return f'<path class="corridor" fill="none" stroke="{INK}" stroke-dasharray="6 4" d="M{start:g},{y:g}H{end:g}"/>'


def _short(date: datetime.date | None) -> str:
    return f"{date.day} {day(date.isoformat()).split()[1][:3]}" if date else "no date"


def _day(date: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(date)
    except ValueError:
        return None


def _in_order(days: Sequence[datetime.date | None]) -> bool:
    """Say whether days can be drawn as time: all known, none before the one before, and not all the same."""
    known = [day for day in days if day]
    ordered = all(a <= b for a, b in pairwise(known))
    return len(known) == len(days) > 1 and ordered and known[0] < known[-1]
