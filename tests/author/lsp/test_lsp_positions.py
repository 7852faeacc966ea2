"""Offsets, the parser's places and an editor's, for texts with signs of every width and every line end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.author.lsp.positions import ENCODINGS, Encoding, Text
from goldenthread.diagnostics import Span
from goldenthread.source import parse

SIGNS = st.text(alphabet="ab é😴\t\n\r\x85\u2028", max_size=40)


@pytest.mark.hypothesis
@given(SIGNS, st.sampled_from(ENCODINGS))
def test_a_place_leads_back_to_its_offset(text: str, encoding: Encoding) -> None:
    held = Text(text, encoding)
    for offset in range(len(text) + 1):
        # Between the two signs of one line end there is no place.
        if not (text[offset - 1 : offset] == "\r" and text[offset : offset + 1] == "\n"):
            assert held.offset(*held.position(offset)) == offset


@pytest.mark.parametrize(
    ("encoding", "column"), [("utf-16", 3), ("utf-8", 5), ("utf-32", 2)], ids=["utf-16", "utf-8", "utf-32"]
)
def test_columns_are_counted_in_the_units_agreed_on(encoding: Encoding, column: int) -> None:
    held = Text("x: y\n😴 = z\n", encoding)
    assert held.position(7) == (1, column)
    assert held.offset(1, column) == 7


def test_a_place_outside_is_brought_inside() -> None:
    held = Text("ab\ncd")
    assert [held.offset(0, 99), held.offset(7, 0), held.offset(-1, 3)] == [2, 5, 0]
    assert held.position(99) == (1, 2)


def test_the_middle_of_a_sign_of_two_units_is_its_beginning() -> None:
    assert Text("😴x").offset(0, 1) == 0


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\x85", "\u2028"])
def test_the_parsers_lines_end_where_it_says_though_the_editors_do_not(end: str) -> None:
    text = f"first: 1{end}second: two{end}"
    tree, found, _ = parse(text, "x.yaml")
    assert tree is not None
    assert not found
    at = Text(text).stretch(tree.value(tree.data, "second"))
    assert text[at.start : at.end] == "two"


def test_a_byte_order_mark_moves_the_first_line_only() -> None:
    text = "\ufefffirst: one\nsecond: two\n"
    tree, _, _ = parse(text, "x.yaml")
    assert tree is not None
    for key, word in tree.data.items():
        at = Text(text).stretch(tree.value(tree.data, key))
        assert text[at.start : at.end] == word


def test_a_place_at_the_end_of_a_text_takes_nothing_and_is_inside() -> None:
    assert Text("").stretch(Span("x", 1, 1, 2)) == (0, 0)
    assert Text("ab").stretch(Span("x", 9, 9)) == (2, 2)
