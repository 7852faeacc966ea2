"""The poster: its sheets together hold all of the drawing, large enough to be read, and say how they are joined."""

from __future__ import annotations

from collections import Counter

import pytest
from made_up import library as made_up

from goldenthread.draw import UnknownDrawingError, extract
from goldenthread.print import TooLargeError, TooSmallError, poster, sheet
from goldenthread.print.drawing import SMALLEST, drawn
from goldenthread.print.lettering import lettered
from goldenthread.print.poster import OVERLAP, name, plan
from goldenthread.print.window import Window, through
from leaves import Leaves, overlapping, squeezed
from small import shipped_library

SHIPPED = shipped_library()
DAY = "2026-03-02"
EDGE = 28


def tiles(leaves):
    """Give the numbers of the pages that are sheets of the poster."""
    return [n for n in range(1, len(leaves) + 1) if "Sheet" in leaves.squeezed(n).partition("of")[0]]


def inner(leaves, number):
    """Give the letters of a sheet that are not clipped away: those of its window."""
    wide, tall = leaves.size(number)
    side, above, below = sheet().margins
    return [
        letter
        for letter in leaves.letters(number)
        if letter.left >= side
        and letter.right <= wide - side
        and letter.bottom >= below
        and letter.top <= tall - above - 28
    ]


def letters_of(diagram):
    """Count the letters of a drawing's words."""
    laid = drawn(lettered(diagram)).placed
    lines = [line for box in laid.boxes for line in box.lines] + [
        line for arrow in laid.arrows for line in arrow.lines
    ]
    return Counter("".join(squeezed(line) for line in lines))


@pytest.mark.parametrize(
    ("what", "across", "down"), [("risk", 2, 6), ("goals", 1, 1), ("overview", 3, 2), ("risk", 3, 9)]
)
def test_the_sheets_together_hold_every_letter_large_enough(what, across, down):
    leaves = Leaves(poster(SHIPPED, what, sheet(), across=across, down=down, date=DAY))
    numbers = tiles(leaves)
    assert len(numbers) == across * down
    seen = Counter()
    for number in numbers:
        letters = inner(leaves, number)
        seen += Counter(squeezed(letter.char) for letter in letters)
        assert not letters or min(letter.size for letter in letters) >= 7.99
        assert not overlapping(letters)
    # In the strips that overlap a letter is on two sheets or more.
    assert not letters_of(extract(SHIPPED, what)) - seen


@pytest.mark.parametrize("what", [*SHIPPED.flowcharts, "all", "phase:goals"])
def test_every_box_lies_whole_on_the_poster_and_on_each_sheet_that_shows_it(what):
    drawing = drawn(extract(SHIPPED, what))
    laid = plan(drawing, sheet())
    shown, letters = Counter(), Counter()
    for row in range(laid.down):
        for column in range(laid.across):
            x, y = column * (laid.room[0] - OVERLAP), row * (laid.room[1] - OVERLAP)
            window = Window(
                x / laid.factor, y / laid.factor, laid.room[0] / laid.factor, laid.room[1] / laid.factor
            )
            seen = through(drawing.placed, window)
            shown += Counter(box.box.id for box in seen.boxes)
            letters += Counter(arrow.arrow for arrow in seen.arrows)
    assert shown.keys() == {box.box.id for box in drawing.placed.boxes}
    assert letters.keys() == {arrow.arrow for arrow in drawing.placed.arrows}
    right = (laid.across - 1) * (laid.room[0] - OVERLAP) + laid.room[0]
    low = (laid.down - 1) * (laid.room[1] - OVERLAP) + laid.room[1]
    assert drawing.width * laid.factor <= right + 0.01
    assert drawing.height * laid.factor <= low + 0.01


def test_the_map_names_each_sheet_and_each_sheet_its_neighbours():
    leaves = Leaves(poster(SHIPPED, "risk", sheet(), across=2, down=6, date=DAY))
    first = leaves.squeezed(1)
    for row in range(6):
        for column in range(2):
            assert name(row, column) in first
    numbers = tiles(leaves)
    assert squeezed("Sheet A1: row 1 of 6, column 1 of 2 · A2 to the right · B1 below") in leaves.squeezed(
        numbers[0]
    )
    last = leaves.squeezed(numbers[-1])
    assert squeezed("Sheet F2: row 6 of 6, column 2 of 2") in last
    assert "below" not in last.partition("3Risk")[0]
    assert "3 Risk" in " ".join(leaves.text(1).split())


def test_it_is_told_in_words_and_tagged():
    leaves = Leaves(poster(SHIPPED, "risk", sheet(), across=2, down=6, date=DAY))
    tags = leaves.tags()
    figures = [tag for tag in tags if tag.name == "/Figure"]
    assert len(figures) == 1, "the sheets are parts of the one drawing that the map tells"
    assert "Map of the sheets" in figures[0].alt
    said = leaves.whole()
    for node in SHIPPED.flowcharts["risk"].nodes.values():
        if node.verb in {"ask", "tell"}:
            assert squeezed(node.text) in said
    assert "<pdfuaid:part>1<" in leaves.reader.trailer["/Root"]["/Metadata"].get_object().get_data().decode()


def test_every_sheet_has_its_furniture_within_what_printers_keep():
    leaves = Leaves(poster(SHIPPED, "risk", sheet("letter"), across=2, down=6, date=DAY))
    for number in range(1, len(leaves) + 1):
        said = leaves.squeezed(number)
        for words in (SHIPPED.digest, "2 March 2026", f"page {number} of {len(leaves)}"):
            assert squeezed(words) in said
    for letter in leaves.letters(1):
        assert letter.left >= EDGE
        assert letter.bottom >= EDGE


def test_everything_on_one_poster_is_little_larger_than_the_drawing():
    blob = poster(SHIPPED, "all", sheet("a3"), date=DAY)
    assert len(tiles(Leaves(blob))) > 20
    assert len(blob) < 2_500_000


def test_three_hundred_steps_that_were_made_up(tmp_path):
    library = made_up(tmp_path)
    leaves = Leaves(poster(library, "made", sheet("a3"), date=DAY, scale=0.8))
    assert len(tiles(leaves)) > 10
    wanted = letters_of(extract(library, "made"))
    seen = Counter(squeezed(letter.char) for number in tiles(leaves) for letter in leaves.letters(number))
    assert not {char: count for char, count in (wanted - seen).items() if char.isascii()}


def test_as_large_as_the_sheets_hold_turned_if_that_is_larger():
    wide = drawn(extract(SHIPPED, "overview"))
    two = plan(wide, sheet(), across=3, down=2)
    four = plan(wide, sheet(), across=6, down=4)
    assert four.factor > 1.8 * two.factor
    whole = [n * side - (n - 1) * OVERLAP for n, side in zip((3, 2), two.room, strict=True)]
    assert max(wide.width * two.factor / whole[0], wide.height * two.factor / whole[1]) == pytest.approx(1)


def test_a_scale_takes_as_many_sheets_as_it_needs():
    drawing = drawn(extract(SHIPPED, "risk"))
    assert plan(drawing, sheet(), scale=2).sheets > plan(drawing, sheet(), scale=1).sheets
    assert plan(drawing, sheet(), scale=1).factor == 1


def test_words_that_would_be_too_small_are_refused_with_what_would_do():
    drawing = drawn(extract(SHIPPED, "risk"))
    with pytest.raises(TooSmallError, match="under 8") as caught:
        plan(drawing, sheet(), across=1, down=2)
    across, down = map(int, caught.value.help.partition("--sheets ")[2].partition(",")[0].split("x"))
    assert plan(drawing, sheet(), across=across, down=down).factor * SMALLEST >= 8


def test_a_poster_larger_than_a_house_is_refused():
    with pytest.raises(TooLargeError, match="more sheets than can be joined"):
        plan(drawn(extract(SHIPPED, "all")), sheet(), scale=20)


def test_a_drawing_that_there_is_not_is_named():
    with pytest.raises(UnknownDrawingError, match="did you mean `risk`"):
        poster(SHIPPED, "rsik", sheet())


def test_the_same_poster_has_the_same_bytes():
    assert poster(SHIPPED, "goals", sheet(), date=DAY) == poster(SHIPPED, "goals", sheet(), date=DAY)


def test_sheets_are_named_on_beyond_z():
    assert [name(row, 0) for row in (0, 25, 26, 52)] == ["A1", "Z1", "AA1", "BA1"]
