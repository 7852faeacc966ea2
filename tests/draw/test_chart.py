"""Charts: every score, date and band is there, the corridor is where reliable change begins, and all of it in words."""

from __future__ import annotations

import datetime
import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pages import SPACE, contrast, ids, parsed, words

from goldenthread.draw.chart import Series, Stretch, chart_svg, of_followed, of_ratings, told
from goldenthread.plan import Followed
from goldenthread.score import change
from small import shipped_library

LIBRARY = shipped_library()
BANDS = (Stretch("minimal", 0), Stretch("mild", 5), Stretch("moderate", 10), Stretch("severe", 20))
THREE = (("2025-12-30", 18.0), ("2026-02-02", 14.0), ("2026-03-02", 7.0))


def series(points, **changed):
    given = {"title": "PHQ-9", "between": (0.0, 27.0), "bands": BANDS, "reliable": 6.0, **changed}
    return Series(points=tuple(points), **given)


def having(root, name):
    return [element for element in root.iter() if element.get("class") == name]


def scores(root):
    return [(float(dot.get("cx")), float(dot.get("cy"))) for dot in having(root, "score")]


def height(root, value, between):
    """Give where a value stands, from the axis alone."""
    top, foot = (float(n) for n in re.match(r"M\d+,(\d+)V(\d+)", having(root, "axis")[0].get("d")).groups())
    return foot - (value - between[0]) / (between[1] - between[0]) * (foot - top)


def test_scores_dates_and_bands_are_drawn():
    root = parsed(chart_svg(series(THREE)))
    said = words(root)
    for word in ("PHQ-9 (lower is better)", "18", "14", "7", "30 Dec", "2025", "2 Feb", "2026", "2 Mar"):
        assert word in said
    assert all(band.name in said for band in BANDS)
    assert len(having(root, "band")) == 4
    at = scores(root)
    assert [y for _, y in at] == pytest.approx([height(root, v, (0, 27)) for _, v in THREE], abs=0.1)
    # Thirty-four days, then twenty-eight.
    assert (at[1][0] - at[0][0]) / (at[2][0] - at[1][0]) == pytest.approx(34 / 28, abs=0.01)


def test_the_corridor_begins_where_a_change_is_reliable():
    scale = LIBRARY.instruments["phq9"].scales["total"]
    followed = Followed("phq9", "total", "PHQ-9", tuple((*point, "") for point in THREE), "", "")
    made = of_followed(LIBRARY, followed)
    assert (made.points, made.between, made.better) == (THREE, scale.between, scale.better)
    root = parsed(chart_svg(made))
    edges = sorted(
        float(line.get("d").partition(",")[2].partition("H")[0]) for line in having(root, "corridor")[1:3]
    )
    for edge, y in zip((24, 12), edges, strict=True):
        assert y == pytest.approx(height(root, edge, (0, 27)), abs=0.1)
        assert change(scale, 18, edge).verdict != "not_reliable"
        assert change(scale, 18, edge + (1 if edge < 18 else -1)).verdict == "not_reliable"
    assert "no reliable change: less than 6 points from the first score, 18" in words(root)


def test_without_a_published_reliable_change_no_corridor_is_drawn():
    root = parsed(chart_svg(series(THREE, reliable=None)))
    assert not having(root, "corridor")
    assert "reliable" not in words(root)


def test_it_reads_in_grey_and_words_stand_out():
    root = parsed(chart_svg(series(THREE)))
    fills = [band.get("fill") for band in having(root, "band")]
    assert all(fill[1:3] == fill[3:5] == fill[5:7] for fill in fills)
    # Darker is worse, and each is told from the next.
    assert fills == sorted(fills, reverse=True)
    assert len(set(fills)) == 4
    ink = root.get("fill")
    assert all(contrast(ink, fill) >= 4.5 for fill in [*fills, "#ffffff"])
    best_first = parsed(chart_svg(series(THREE, better="higher")))
    assert [band.get("fill") for band in having(best_first, "band")] == fills[::-1]


def test_the_text_alternative_says_it_all():
    root = parsed(chart_svg(series(THREE), prefix="x-"))
    title, about = root.find(f"{SPACE}title"), root.find(f"{SPACE}desc")
    assert root.get("role") == "img"
    assert (root.get("aria-labelledby"), root.get("aria-describedby")) == (title.get("id"), about.get("id"))
    assert title.text == "PHQ-9 over time"
    for part in (
        "From 0 to 27; lower is better.",
        "30 December 2025: 18 (moderate).",
        "2 March 2026: 7 (mild).",
    ):
        assert part in about.text
    assert ids(root) == ["x-title", "x-about"]


def test_ratings_of_a_goal_have_no_bands():
    root = parsed(chart_svg(of_ratings("Goal 1", [("2026-03-02", 0), ("2026-03-09", 10)])))
    assert not having(root, "band")
    assert "Goal 1 (higher is better)" in words(root)
    assert [y for _, y in scores(root)] == [height(root, 0, (0, 10)), height(root, 10, (0, 10))]


def test_one_score_none_and_equal_ones():
    assert len(scores(parsed(chart_svg(series(THREE[:1]))))) == 1
    none = parsed(chart_svg(series(())))
    assert "No score is recorded yet." in words(none)
    assert "No score is recorded yet." in told(series(()))
    same = parsed(chart_svg(series([(date, 12.0) for date, _ in THREE])))
    assert len({y for _, y in scores(same)}) == 1
    assert len({x for x, _ in scores(same)}) == 3


@pytest.mark.parametrize(
    ("dates", "why"),
    [
        (("2026-01-05", "", "2026-03-02"), "a date is missing"),
        (("2026-01-05", "last week", "2026-03-02"), "a date is missing"),
        (("2026-03-02", "2026-01-05", "2026-02-02"), "the dates do not follow each other"),
        (("2026-03-02",) * 3, "the dates do not follow each other"),
    ],
)
def test_where_dates_cannot_be_drawn_it_says_so(dates, why):
    root = parsed(chart_svg(series(zip(dates, (1.0, 2.0, 3.0), strict=True))))
    xs = [x for x, _ in scores(root)]
    assert xs[1] - xs[0] == pytest.approx(xs[2] - xs[1], abs=0.2)
    assert f"Evenly spaced, since {why}." in words(root)
    assert ("no date" in words(root)) == (not all(map(_is_date, dates)))


def _is_date(text):
    return bool(re.fullmatch(r"\d{4}-\d\d-\d\d", text))


POINT = st.tuples(
    st.one_of(
        st.just(""),
        st.dates(datetime.date(1990, 1, 1), datetime.date(2100, 1, 1)).map(str),
        st.text(max_size=5),
    ),
    st.floats(-5, 40, allow_nan=False),
)


@given(st.lists(POINT, max_size=60), st.sampled_from([0.5, 6.0, 100.0, None]), st.booleans())
def test_whatever_was_scored_lies_within_the_picture_and_no_labels_collide(points, reliable, timed):
    if timed:
        days = sorted(date for date, _ in points)
        points = [(day, score) for day, (_, score) in zip(days, points, strict=True)]
    root = parsed(chart_svg(series(points, reliable=reliable, title="A & <b>")))
    wide, tall = float(root.get("width")), float(root.get("height"))
    assert len(scores(root)) == len(points)
    assert all(0 <= x <= wide and 0 <= y <= tall for x, y in scores(root))
    for text in root.iter(f"{SPACE}text"):
        assert 0 <= float(text.get("x")) <= wide
        assert 0 <= float(text.get("y")) <= tall
    bands = [t for t in root.iter(f"{SPACE}text") if t.text in {band.name for band in BANDS}]
    ys = sorted(float(text.get("y")) for text in bands)
    assert all(b - a >= 12 for a, b in pairwise(ys))


@pytest.mark.parametrize("id_", LIBRARY.instruments)
def test_the_bands_of_every_shipped_scale_are_named_apart(id_):
    for name, scale in LIBRARY.instruments[id_].scales.items():
        followed = Followed(id_, name, id_, (("2026-03-02", scale.between[0], ""),), "", "")
        root = parsed(chart_svg(of_followed(LIBRARY, followed)))
        right = (
            max(float(band.get("x")) + float(band.get("width")) for band in having(root, "band"))
            if scale.bands
            else 0
        )
        named = [t for t in root.iter(f"{SPACE}text") if scale.bands and float(t.get("x")) > right]
        said = " ".join(t.text for t in reversed(named))
        assert sorted(said.split()) == sorted(" ".join(band.label for band in scale.bands).split())
        ys = sorted(float(t.get("y")) for t in named)
        assert all(b - a >= 11 for a, b in pairwise(ys))
        assert all(0 < y < float(root.get("height")) for y in ys)
