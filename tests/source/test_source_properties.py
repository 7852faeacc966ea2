"""Properties of the reader: nothing makes it raise, what was dumped comes back, and every place is right."""

from __future__ import annotations

import string
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from goldenthread.diagnostics import Report, Span
from goldenthread.diagnostics.printers import as_github, as_json, as_text
from goldenthread.source import Tree, parse
from goldenthread.source.scalars import MAY_MEAN, resolve

if TYPE_CHECKING:
    from collections.abc import Iterator

AWKWARD = "ab1 :-[]{}\"'#&*!|>%@`?,~<.\n\n\t\r\\\x00\x07\x7f\x85\xa0\u2028\ufeff\ufffeé🙂\ud800"


def prints(blob: str | bytes) -> None:
    tree, found, text = parse(blob, "x.yaml")
    assert tree is not None or found
    lines = text.splitlines() if text else []
    for finding in found:
        assert 1 <= finding.span.line <= len(lines) + 1 or text is None
        assert finding.span.column >= 1
        assert finding.message
    report = Report(list(found), {"x.yaml": text} if text is not None else {})
    for printer in (as_text, as_json, as_github):
        printer(report)


@given(st.text())
@example("\ud800")
@example("a: \ud800")
def test_no_text_makes_it_raise(text: str) -> None:
    prints(text)


@given(st.text(alphabet=AWKWARD, max_size=60))
@settings(max_examples=500)
def test_no_awkward_text_makes_it_raise(text: str) -> None:
    prints(text)


@given(st.binary())
def test_no_bytes_make_it_raise(blob: bytes) -> None:
    prints(blob)


@given(
    st.lists(
        st.sampled_from(
            [
                "a",
                ": ",
                "- ",
                "? ",
                "\n",
                "  ",
                "\t",
                "[",
                "]",
                "{",
                "}",
                ", ",
                "'",
                '"',
                "---\n",
                "*a",
                "&a ",
                "!t ",
                "|\n",
                "# c\n",
            ]
        ),
        max_size=30,
    )
)
@settings(max_examples=500)
def test_no_run_of_yaml_signs_makes_it_raise(parts: list[str]) -> None:
    prints("".join(parts))


class Dumper(yaml.SafeDumper):
    """Quotes every text that YAML 1.2 would not read as words, and writes no aliases."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _text(dumper: Dumper, text: str) -> yaml.ScalarNode:
    style = None if isinstance(resolve(text), str) else '"'
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


Dumper.add_representer(str, _text)

words = st.one_of(
    # PyYAML writes NEL, LS and PS as they stand, and folds them when it reads them back.
    st.text(
        alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\x85\u2028\u2029"), max_size=12
    ),
    st.text(alphabet=string.ascii_letters + string.digits + ":#-.'\" ", max_size=30),
    st.sampled_from(
        [
            "yes",
            "no",
            "on",
            "~",
            "null",
            "true",
            "2026-01-31",
            "1_000",
            "0x1f",
            "1e5",
            "3.10",
            ".5",
            "-",
            "=",
            "<<",
            "12:30",
        ]
    ),
)
scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**16), 10**16),
    st.integers(-99999, 99999).map(lambda n: n / 100),
    words,
)
keys = st.text(alphabet=string.ascii_lowercase + "_ é:'#", min_size=1, max_size=12)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=12,
)
maps = st.dictionaries(keys, values, min_size=1, max_size=5)
styles = st.sampled_from([True, False, None])


def dump(data: Any, *, flow: bool | None, width: int, unicode: bool = True) -> str:
    text = yaml.dump(
        data, Dumper=Dumper, default_flow_style=flow, width=width, allow_unicode=unicode, sort_keys=False
    )
    assert isinstance(text, str)
    return text


def same(got: Any, wanted: Any) -> bool:
    """Equal, and of the same types all the way down: 1, 1.0 and True are three things."""
    if type(got) is not type(wanted):
        return False
    if isinstance(wanted, dict):
        return list(got) == list(wanted) and all(same(got[key], wanted[key]) for key in wanted)
    if isinstance(wanted, list):
        return len(got) == len(wanted) and all(map(same, got, wanted))
    return bool(got == wanted)


@given(maps, styles, st.sampled_from([20, 80, 100_000]), st.booleans())
@settings(max_examples=200)
def test_what_was_dumped_comes_back(
    data: dict[str, Any], flow: bool | None, width: int, unicode: bool
) -> None:
    tree, found, _ = parse(dump(data, flow=flow, width=width, unicode=unicode), "x.yaml")
    assert not found
    assert tree is not None
    assert same(tree.data, data)


@given(maps, styles)
def test_windows_line_ends_and_a_mark_change_nothing(data: dict[str, Any], flow: bool | None) -> None:
    text = dump(data, flow=flow, width=100_000, unicode=False)
    plain, _, _ = parse(text, "x.yaml")
    windows, found, _ = parse(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode(), "x.yaml")
    assert not found
    assert plain is not None
    assert windows is not None
    assert same(windows.data, plain.data)
    assert list(all_places(windows, windows.data)) == list(all_places(plain, plain.data))


def all_places(tree: Tree, container: Any) -> Iterator[tuple[Any, Span, Any, Span]]:
    for key in container if isinstance(container, dict) else range(len(container)):
        value = container[key]
        yield key, tree.key(container, key), value, tree.value(container, key)
        if isinstance(value, dict | list):
            yield from all_places(tree, value)


def at(lines: list[str], span: Span) -> str:
    return lines[span.line - 1][span.column - 1 : span.end - 1]


@given(maps, styles)
@settings(max_examples=200)
def test_every_place_points_at_its_characters(data: dict[str, Any], flow: bool | None) -> None:
    text = dump(data, flow=flow, width=100_000)
    lines = text.splitlines()
    tree, _, _ = parse(text, "x.yaml")
    assert tree is not None
    for key, key_span, value, span in all_places(tree, tree.data):
        if isinstance(key, str):
            assert yaml.load(at(lines, key_span), yaml.BaseLoader) == key  # noqa: S506 -- texts only
        first = lines[span.line - 1][span.column - 1 : span.column]
        if isinstance(value, dict | list) and (not value or first in "[{"):
            assert first == ("{" if isinstance(value, dict) else "[")
        elif isinstance(value, list):
            assert first == "-"
        elif isinstance(value, dict):
            assert tree.key(value, next(iter(value))).column == span.column
        elif isinstance(value, str):
            if first not in "|>" and value.splitlines() in ([], [value]):
                assert yaml.load(at(lines, span), yaml.BaseLoader) == value  # noqa: S506 -- texts only
        elif value is not None:
            assert resolve(at(lines, span)) == value


@given(
    st.dictionaries(
        st.sampled_from("abcdef"),
        st.text(alphabet=string.printable + "é🙂", min_size=1, max_size=20),
        min_size=1,
    ),
    styles,
)
def test_the_place_of_a_text_is_exact_or_not_given(data: dict[str, str], flow: bool | None) -> None:
    text = dump(data, flow=flow, width=100_000)
    tree, _, _ = parse(text, "x.yaml")
    assert tree is not None
    for key, value in data.items():
        span = tree.text(tree.data, key)
        if span is not None:
            assert at(text.splitlines(), span) == value


def test_plain_and_quoted_words_have_an_exact_place() -> None:
    text = "a: x > 3\nb: 'x > 3'\nc: \"x > 3\"\nd: >-\n  x > 3\n"
    tree, _, _ = parse(text, "x.yaml")
    assert tree is not None
    spans = {key: tree.text(tree.data, key) for key in "abcd"}
    assert {key: (span.line, span.column, span.end) for key, span in spans.items() if span} == {
        "a": (1, 4, 9),
        "b": (2, 5, 10),
        "c": (3, 5, 10),
    }
    assert spans["d"] is None


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("yes", "yes"),
        ("No", "No"),
        ("on", "on"),
        ("true", True),
        ("FALSE", False),
        ("tRue", "tRue"),
        ("~", None),
        ("", None),
        ("null", None),
        ("12", 12),
        ("-0", 0),
        ("+3", 3),
        ("007", 7),
        ("3.10", 3.1),
        (".5", 0.5),
        ("1e5", 1e5),
        ("1e999", "1e999"),
        (".inf", ".inf"),
        (".nan", ".nan"),
        ("0x1f", "0x1f"),
        ("0o17", "0o17"),
        ("1_000", "1_000"),
        ("12:30", "12:30"),
        ("2026-01-31", "2026-01-31"),
        ("٣", "٣"),
        ("9" * 5000, "9" * 5000),
    ],
)
def test_what_plain_scalars_mean(written: str, value: object) -> None:
    assert same(resolve(written), value)


@given(st.text() | st.sampled_from(["True", "FALSE", "Null", "~", "nULL", "truth"]))
def test_what_begins_otherwise_means_its_words(written: str) -> None:
    assert resolve(written) == written or written[:1] in MAY_MEAN


def test_numbers_keep_their_spelling() -> None:
    tree, _, _ = parse("a: 3.10\nb: 007\nc: 3.1\nd: ~\ne: [1.50, 2]\n", "x.yaml")
    assert tree is not None
    spellings = {tree.raw.get((id(tree.data), key)) for key in "abd"}
    assert spellings == {"3.10", "007", "~"}
    assert (id(tree.data), "c") not in tree.raw
    assert tree.raw[id(tree.data["e"]), 0] == "1.50"


@given(st.lists(st.sampled_from("ab"), min_size=1, max_size=8))
def test_a_path_goes_as_far_as_the_file_reaches(steps: list[str]) -> None:
    tree, _, _ = parse("a:\n  b:\n    a: [x, y]\n", "x.yaml")
    assert tree is not None
    span = tree.path([*steps], on_key=True)
    reached = {("a",): (1, 1), ("a", "b"): (2, 3), ("a", "b", "a"): (3, 5)}
    longest = max((n for n in range(len(steps) + 1) if tuple(steps[:n]) in reached), default=0)
    if longest == 0:
        assert (span.line, span.column) == (1, 1)
    elif longest == len(steps):
        assert (span.line, span.column) == reached[tuple(steps)]
    else:
        value = {1: (2, 3), 2: (3, 5), 3: (3, 8)}[longest]
        assert (span.line, span.column) == value
