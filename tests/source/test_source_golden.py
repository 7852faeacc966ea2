"""What is said about files that are not as they should be, and what tree comes of those that are."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from goldenthread.diagnostics import Report
from goldenthread.diagnostics.printers import as_text
from goldenthread.source import Tree, parse, read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

GOLDEN = Path(__file__).parent / "golden"
FILES = sorted(GOLDEN.glob("*.yaml"))


def places(tree: Tree, container: Any, indent: str = "") -> Iterator[str]:
    """One line a key: where the key stands, where its value stands, and the value."""
    keys = container if isinstance(container, dict) else range(len(container))
    for key in keys:
        at, value, data = tree.key(container, key), tree.value(container, key), container[key]
        shown = type(data).__name__ if isinstance(data, dict | list) else json.dumps(data, ensure_ascii=False)
        name = key if isinstance(container, dict) else "-"
        yield f"{indent}{name} {at.line}:{at.column}-{at.end} {value.line}:{value.column}-{value.end} {shown}"
        if isinstance(data, dict | list):
            yield from places(tree, data, indent + "  ")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_golden(path: Path, golden: Callable[[Path, str], None]) -> None:
    tree, found, text = read(path, path.name)
    report = Report(list(found), {path.name: text} if text is not None else {})
    lines = [as_text(report), ""]
    lines += ["(no tree)"] if tree is None else places(tree, tree.data)
    golden(path.with_suffix(".out"), "\n".join(lines))


def test_every_golden_output_has_its_input() -> None:
    assert FILES
    assert {path.stem for path in GOLDEN.glob("*.out")} == {path.stem for path in FILES}


def test_a_fault_never_comes_without_a_finding() -> None:
    for path in FILES:
        tree, found, _ = read(path)
        assert tree is not None or found, path.name


def test_a_huge_file_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "huge.yaml"
    with path.open("wb") as file:
        file.truncate(100_000_000)

    def unread(_: Path, *__: object) -> bytes:
        raise AssertionError("the file was read")

    monkeypatch.setattr(Path, "open", unread)
    tree, found, text = read(path, "huge.yaml")
    assert tree is None
    assert text is None
    assert [d.code for d in found] == ["S003"]
    assert "100,000,000" in found[0].message


def test_a_text_too_large_is_refused() -> None:
    tree, found, _ = parse("a: b\n" + "#" * 10_000_000, "x.yaml")
    assert tree is None
    assert [d.code for d in found] == ["S003"]


def test_what_cannot_be_opened_is_a_finding(tmp_path: Path) -> None:
    for path in (tmp_path / "absent.yaml", tmp_path):
        tree, found, text = read(path)
        assert (tree, text) == (None, None)
        assert [d.code for d in found] == ["S001"]


def test_a_pipe_by_name_is_refused_and_what_a_shell_hands_over_is_read(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.yaml"
    os.mkfifo(pipe)
    tree, (only,), _ = read(pipe)
    assert (tree, only.code, only.message) == (None, "S001", "this is a pipe, not a file")
    reads, writes = os.pipe()
    os.write(writes, b"title: A\n")
    os.close(writes)
    tree, found, _ = read(Path(f"/dev/fd/{reads}"))
    os.close(reads)
    assert tree is not None
    assert (tree.data, found) == ({"title": "A"}, [])


def test_what_has_no_end_is_refused() -> None:
    tree, (only,), _ = read(Path("/dev/zero"))
    assert (tree, only.code) == (None, "S003")


@pytest.mark.parametrize("bracket", ["[", "{", "{a: ", "- ", "? ", "[{"])
def test_endless_brackets_are_refused_quickly(bracket: str) -> None:
    tree, found, _ = parse(bracket * 100_000, "x.yaml")
    assert tree is None
    assert {d.code for d in found} <= {"S004", "S008"}
    assert found


def test_a_later_value_of_a_key_brings_its_own_spelling() -> None:
    tree, found, _ = parse("number: 3.10\nnumber: 3\nname: '5'\nname: 5\n", "x.yaml")
    assert tree is not None
    assert [d.code for d in found] == ["S006", "S006"]
    assert tree.data == {"number": 3, "name": 5}
    assert tree.raw == {}
    assert tree.quoted == set()


def test_a_dropped_map_lends_its_spelling_to_no_other() -> None:
    for kind in ("{n: 3.10}", "[3.10]"):
        tree, _, _ = parse(f"a: {kind}\na: 1\nb: {kind.replace('3.10', '3')}\n", "x.yaml")
        assert tree is not None
        assert tree.raw == {} or (id(tree.data["b"]), "n" if "n" in kind else 0) not in tree.raw


def test_a_byte_order_mark_is_taken_from_text_as_from_bytes() -> None:
    for blob in ("\ufefftitle: A\n", b"\xef\xbb\xbftitle: A\n"):
        tree, found, _ = parse(blob, "x.yaml")
        assert tree is not None
        assert (tree.data, found) == ({"title": "A"}, [])
        assert tree.key(tree.data, "title").column == 1
