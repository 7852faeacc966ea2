"""`goldenthread fmt`, by examples: what the house form is, where comments go, and what the command does."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

import pytest

from goldenthread.author import NotTheSameError, form
from goldenthread.author import form as form_module
from goldenthread.loading import shipped

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result

LONG = "one two three four five six seven eight nine ten " * 5
BEFORE = f"""\
# the first line
flowchart:   'x'
nodes:
    a:
        next:
        - {{go: b, when: 'a'}}   # beside a branch
        - otherwise: b
        # about the question
        ask: "How long?"  # short
        why: {LONG}
        # carry: never


    # about b
    b: {{end: "Done: all", # why it ends
        stop: true}}
title: 'He said: "no"'
# the last line
"""
FOLDED = (
    f"      {LONG[: LONG.index('three', 150)].rstrip()}\n      {LONG[LONG.index('three', 150) :].rstrip()}"
)
AFTER = f"""\
# the first line
flowchart: x
title: 'He said: "no"'

nodes:
  a:
    # about the question
    ask: How long? # short
    why: >-
{FOLDED}
    next:
      - {{when: a, go: b}} # beside a branch
      - otherwise: b
    # carry: never

  # about b
  b:
    end: "Done: all" # why it ends
    stop: true
# the last line
"""


def formed(text: str, **how: bool) -> str:
    return form(text.encode(), "x.yaml", **how).after


def test_the_house_form_by_an_example() -> None:
    assert formed(BEFORE) == AFTER
    assert formed(AFTER) == AFTER


def test_windows_line_ends_and_a_mark_go() -> None:
    assert formed("\ufeff" + BEFORE.replace("\n", "\r\n")) == AFTER


@pytest.mark.parametrize(
    "text",
    [
        "flowchart: x\nfacts:\n  - # in front of a map\n    b: 1\n",
        "flowchart: x\nfacts: [ # in front of a list\n  a, # after an item\n  # before the end\n]\n",
        "flowchart: x\nfacts: [\n  # in an empty list\n]\n",
        "flowchart: x\nfacts:\n  # before a value\n  words\n",
        "flowchart: x\nfacts: >- # at a folded text\n  words\n# between\n\n# more\n\ntitle: y\n",
        "--- # at the beginning\nflowchart: x\n# a\n\n# b\n",
        "{flowchart: x, # in a map in brackets\n facts: [[a, b]]} # after it\n",
        f"flowchart: x\nfacts:\n  - {{a: {LONG[:80]}, b: {LONG[:80]}}} # after what is opened out\n",
        "flowchart: x\nfacts:\n  - - # deep\n      a: 1\n",
    ],
)
def test_comments_in_odd_places_are_kept(text: str) -> None:
    once = formed(text)
    for line in text.splitlines():
        if "#" in line:
            assert line[line.index("#") :] in once
    assert formed(once) == once


def test_what_would_mean_something_else_is_not_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Callable[..., Result]
) -> None:
    import sys  # noqa: PLC0415 -- the module hides behind the function of its name

    monkeypatch.setattr(sys.modules["goldenthread.author.form"], "write", lambda root: "flowchart: other\n")
    with pytest.raises(NotTheSameError):
        form_module(b"flowchart: x\n", "x.yaml")
    (tmp_path / "x.yaml").write_text("flowchart: x\n", encoding="utf-8")
    assert "is left as it is" in run("fmt", tmp_path, code=1).output
    assert (tmp_path / "x.yaml").read_text(encoding="utf-8") == "flowchart: x\n"


def test_the_shipped_library_is_in_form(run: Callable[..., Result]) -> None:
    home = shipped()
    assert "0 files to be written" in run("fmt", "--check", home / "flowcharts", home / "goalbank").stdout


@pytest.fixture
def library(tmp_path: Path) -> Path:
    (tmp_path / "flowcharts").mkdir()
    (tmp_path / "flowcharts" / "x.yaml").write_text(BEFORE, encoding="utf-8")
    (tmp_path / "flowcharts" / "y.yaml").write_text(AFTER, encoding="utf-8")
    return tmp_path


def test_check_names_files_and_writes_nothing(library: Path, run: Callable[..., Result]) -> None:
    said = run("fmt", "--check", library, code=1).stdout
    assert said.splitlines() == [
        f"{library / 'flowcharts' / 'x.yaml'} is not in form",
        "1 file to be written, 1 in form already.",
    ]
    assert (library / "flowcharts" / "x.yaml").read_text(encoding="utf-8") == BEFORE


def test_files_are_written_and_then_settled(
    library: Path, run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(library)
    assert run("fmt").stdout == "flowcharts/x.yaml written\n1 file written, 1 in form already.\n"
    assert (library / "flowcharts" / "x.yaml").read_text(encoding="utf-8") == AFTER
    run("fmt", "--check")


def test_diff_prints_what_would_change(library: Path, run: Callable[..., Result]) -> None:
    said = run("fmt", "--diff", library).stdout
    assert "-flowchart:   'x'\n+flowchart: x\n" in said
    lines = [line for line in difflib.ndiff(BEFORE.splitlines(), AFTER.splitlines()) if line[0] in "+-"]
    assert len([line for line in said.splitlines()[2:] if line[0] in "+-"]) >= len(lines) // 2
    run("fmt", "--diff", "--check", library, code=1)
    assert (library / "flowcharts" / "x.yaml").read_text(encoding="utf-8") == BEFORE


def test_what_cannot_be_read_is_said_and_left(library: Path, run: Callable[..., Result]) -> None:
    (library / "flowcharts" / "z.yaml").write_text("flowchart: [x\n", encoding="utf-8")
    (library / "flowcharts" / "k.yaml").write_text("other: 'x'\n", encoding="utf-8")
    said = run("fmt", library, code=1).output
    assert "error[S004]" in said
    assert "error[F005]" in said
    assert "1 file written, 1 in form already." in said
    assert (library / "flowcharts" / "k.yaml").read_text(encoding="utf-8") == "other: 'x'\n"
    assert "there is no file or folder" in run("fmt", library / "no", code=1).output
    (library / "empty").mkdir()
    assert "holds no YAML files" in run("fmt", library / "empty", code=1).output


def test_a_case_file_is_left_to_the_program() -> None:
    text = "case:   2\nclient: 'quiet-fox'\n"
    assert formed(text) == text


GRAPH = """\
flowchart: x
number: 4
start: a
nodes:
  end_: {end: Done}
  d: {tell: D, next: end_}
  b: {ask: B, next: d}
  c: {ask: C, next: d}
  a:
    ask: A
    next:
      - {when: a, go: b}
      - {otherwise: c}
      - {unknown: a, again: true}
  lost: {ask: L, next: lost}
"""


def numbers(text: str, **how: bool) -> dict[str, str]:
    """The numbers of nodes as they are written."""
    nodes = formed(text, numbers=True, **how).partition("nodes:\n")[2]
    found, node = {}, ""
    for line in nodes.splitlines():
        head = line.strip().partition(":")[0]
        if line.startswith("  ") and line[2] != " ":
            node = head
        if "number:" in line:
            found[node] = line.partition("number: ")[2].partition(",")[0].strip('"')
    return found


def test_nodes_are_numbered_in_the_order_of_the_walk() -> None:
    assert numbers(GRAPH) == {"a": "4.1", "b": "4.2", "c": "4.3", "d": "4.4", "lost": "4.5"}


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ({"a": "4.1", "b": "4.2", "d": "4.3"}, {"c": "4.2a", "lost": "4.4"}),
        ({"a": "4.1", "b": "4.2", "d": "4.2a"}, {"c": "4.2b", "lost": "4.3"}),
        ({"a": "4.1", "c": "4.1b", "d": "4.3"}, {"b": "4.1a", "lost": "4.4"}),
        ({"a": "4.1", "b": "4.2a", "d": "4.2b"}, {"c": "4.2aa", "lost": "4.3"}),
        ({"b": "4.1", "d": "4.2"}, {"a": "4.0", "c": "4.1a", "lost": "4.3"}),
        ({"a": "4.9", "b": "4.9z", "d": "5"}, {"c": "4.9za", "lost": "6"}),
    ],
)
def test_numbers_that_are_there_stay_and_an_insertion_takes_a_letter(
    given: dict[str, str], wanted: dict[str, str]
) -> None:
    text = GRAPH
    for id_, shown in given.items():
        text = text.replace(f"  {id_}:\n    ask", f"  {id_}:\n    number: {shown}\n    ask")
        text = text.replace(f"  {id_}: {{", f"  {id_}: {{number: {shown}, ")
    assert numbers(text) == given | wanted
    assert numbers(text, afresh=True) == numbers(GRAPH)


def test_a_number_that_ends_in_nought_stays_what_it_is() -> None:
    nodes = "".join(f"  n{n}: {{ask: Q, next: n{n + 1}}}\n" for n in range(1, 12))
    text = f"flowchart: x\nnumber: 4\nstart: n1\nnodes:\n{nodes}  n12: {{end: E}}\n"
    assert 'n10: {number: "4.10", ' in formed(text, numbers=True)
    assert numbers(text)["n11"] == "4.11"


def test_what_extends_another_flowchart_is_not_numbered() -> None:
    assert numbers("flowchart: x\nextends: y\nnodes:\n  a: {ask: A, next: b}\n") == {}
