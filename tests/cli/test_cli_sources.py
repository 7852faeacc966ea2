"""`goldenthread sources`: everything that rests on a work is found, and works that were superseded are listed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from samples import laid

from goldenthread.loading.files import library_files, shipped, shown
from goldenthread.source import read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from click.testing import Result

    from goldenthread.source import Tree

WORKS = """\
references: sample
review: {status: draft}
entries:
  old_guide: {type: report, title: A guide, issued: 2009, confirmed: seen, superseded_by: new_guide}
  new_guide: {type: report, title: A guide, issued: 2022, confirmed: seen}
"""
CITING = {
    "alerts": """\
alerts: sample
review: {status: draft}
entries:
  look:
    text: Look at safety.
    raise_when: suicidal_thoughts
    opens: risk
    cleared_when: suicidal_thoughts
    because: Safety comes first.
    sources: [{ref: old_guide, at: page 1, says: Look.}]
""",
    "obligations": """\
obligations: sample
review: {status: draft}
entries:
  wait:
    text: Wait.
    hold: [goals]
    until: known(suicidal_thoughts)
    because: Safety comes first.
    sources: [{ref: old_guide, at: page 2, says: Wait.}]
""",
    "requirements": """\
requirements: sample
review: {status: draft}
entries:
  ask_for_it:
    text: A payer asks for it.
    jurisdiction: here
    parts: [goals]
    sources: [{ref: old_guide, at: page 3, says: It is asked for.}]
""",
}


def cited(tree: Tree, held: Any) -> Iterator[tuple[str, str, int, int]]:
    """Give every `ref` in a file as it is written: the work, the file, the line and the column."""
    if isinstance(held, dict):
        if "ref" in held and "says" in held:
            span = tree.value(held, "ref")
            yield held["ref"], span.file, span.line, span.column
        held = list(held.values())
    if isinstance(held, list):
        for inner in held:
            yield from cited(tree, inner)


def test_every_place_that_cites_a_work_is_found(data: Callable[..., Any]) -> None:
    trees = [read(path, shown(path))[0] for path in library_files(shipped())]
    written = {place for tree in trees if tree is not None for place in cited(tree, tree.data)}
    works = data("sources")["references"]
    found = {
        (work["id"], claim["file"], claim["line"], claim["column"])
        for work in works
        for claim in work["rests"]
    }
    assert len(written) > 1000
    assert found == written


@pytest.mark.parametrize("kind", CITING)
def test_what_keeps_clients_safe_is_among_what_rests_on_a_work(
    kind: str, tmp_path: Path, data: Callable[..., Any], run: Callable[..., Result]
) -> None:
    laid(tmp_path, works=WORKS, citing=CITING[kind])
    (work,) = data("sources", "old_guide", "--library", tmp_path)["references"]
    (claim,) = work["rests"]
    assert (claim["kind"], claim["part"], claim["file"]) == (kind, "entry", shown(tmp_path / "citing.yaml"))
    line = CITING[kind].splitlines()[claim["line"] - 1]
    assert line[claim["column"] - 1 :].startswith("old_guide")
    text = run("sources", "old_guide", "--library", tmp_path).stdout
    assert f"It says ({claim['at']}): {claim['says']}" in text
    assert f"{claim['file']}:{claim['line']}" in "".join(text.split("\n    "))
    assert f"1 claim rests on it: {kind} 1" in text


def test_a_rule_is_shown_with_its_condition_and_a_scale_with_its_bands(data: Callable[..., Any]) -> None:
    (work,) = data("sources", "kroenke_2001")["references"]
    by_part = {claim["part"]: claim for claim in work["rests"]}
    assert by_part["for"]["when"] == "the PHQ-9 score is at least 10"
    assert by_part["scale total"]["bands"][0] == "minimal from 0"


def test_superseded_works_are_listed_with_what_rests_on_them(
    tmp_path: Path, data: Callable[..., Any], run: Callable[..., Result]
) -> None:
    laid(tmp_path, works=WORKS, **CITING)
    found = {
        work["id"]: work for work in data("sources", "--superseded", "--library", tmp_path)["references"]
    }
    assert found.keys() == {"apa_ptsd_2017", "old_guide"}
    assert [claim["kind"] for claim in found["old_guide"]["rests"]] == [
        "alerts",
        "obligations",
        "requirements",
    ]
    assert all(claim["kept"] for claim in found["apa_ptsd_2017"]["rests"])
    text = run("sources", "--superseded", "--library", tmp_path).stdout
    assert "Superseded by: new_guide (A guide 2022: A guide)" in text
    assert "Kept: The recommendations of the guideline of 2025" in text
    assert "Supersedes: old_guide" in run("sources", "new_guide", "--library", tmp_path).stdout
    assert "(superseded by new_guide)" in " ".join(run("sources", "--library", tmp_path).stdout.split())


def test_nothing_superseded_is_said_so(run: Callable[..., Result]) -> None:
    assert run("sources", "kroenke_2001", "--superseded").stdout == "`kroenke_2001` is not superseded.\n"


def test_check_names_the_later_work_once_however_often_the_earlier_is_cited(
    tmp_path: Path, data: Callable[..., Any]
) -> None:
    laid(tmp_path, works=WORKS, **CITING)
    found = data("check", tmp_path)
    assert [(d["level"], d["code"]) for d in found["diagnostics"]] == [("warning", "K010")]
    assert (
        found["diagnostics"][0]["message"]
        == "`old_guide` is superseded by `new_guide`, and 3 claims rest on it"
    )
