"""`goldenthread plan`."""

from __future__ import annotations

import io
import json
import sys
from typing import TYPE_CHECKING, Any

import docx
import icalendar
import pypdf
import pytest

from goldenthread.case import Case, CaseFile, Decision
from goldenthread.loading import shipped
from goldenthread.source import read
from small import shipped as guide

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result

VIGNETTE = shipped() / "flowcharts" / "vignettes" / "depression_after_separation.yaml"
TODAY = ("--today", "2026-03-02")


@pytest.fixture
def case(tmp_path: Path) -> Path:
    tree, _, _ = read(VIGNETTE, VIGNETTE.name)
    assert tree is not None
    walk = guide().from_answers(tree.data)
    decision = Decision(
        round=0, kind="goals", id="own_1", verdict="declined", on="2026-03-01", reason="too soon"
    )
    kept = Case(
        client="K7",
        flowchart="planning",
        created="2026-03-01",
        saved="2026-03-01",
        content=guide().model.digest,
        rounds=walk.walk.rounds,
        decisions=(decision,),
    )
    path = tmp_path / "k7.yaml"
    CaseFile.create(path, kept)
    return path


def docx_text(blob: bytes) -> str:
    return "\n".join(p.text for p in docx.Document(io.BytesIO(blob)).paragraphs)


def test_the_record_is_printed_and_the_case_left_as_it_is(case: Path, run: Callable[..., Result]) -> None:
    before = case.read_bytes(), sorted(case.parent.iterdir())
    said = run("plan", case, *TODAY).stdout
    assert said.startswith("Treatment plan for K7\n=")
    assert "\nGOALS\n-----\n" in said
    assert "too soon" not in said
    assert (case.read_bytes(), sorted(case.parent.iterdir())) == before


def test_the_ending_says_the_format(case: Path, tmp_path: Path, run: Callable[..., Result]) -> None:
    made = {}
    for ending in ("txt", "md", "json", "docx", "pdf", "ics"):
        path = tmp_path / f"plan.{ending}"
        run("plan", case, "-o", path, *TODAY)
        made[ending] = path.read_bytes()
    assert made["txt"].decode() == run("plan", case, *TODAY).stdout
    assert made["md"].startswith(b"# Treatment plan for K7\n")
    assert json.loads(made["json"])["client"] == "K7"
    assert docx_text(made["docx"]).startswith("Treatment plan for K7\n")
    assert "Treatment plan for K7" in pypdf.PdfReader(io.BytesIO(made["pdf"])).pages[0].extract_text()
    (entry,) = icalendar.Calendar.from_ical(made["ics"]).walk("VEVENT")
    assert entry["summary"] == "Plan review: K7"


def test_what_is_written_is_chosen(case: Path, run: Callable[..., Result]) -> None:
    said = run("plan", case, "--part", "goals", "--declines", *TODAY).stdout
    assert "GOALS" in said
    assert "PROBLEM" not in said
    assert "Own 1 (goal), on 1 March 2026." in said
    assert "Why: Too soon." in said
    assert "Also put forward" not in run("plan", case, *TODAY).stdout
    assert "Also put forward" in run("plan", case, "--considered", *TODAY).stdout
    hypothesis = "The clinician's own hypothesis"
    assert hypothesis not in run("plan", case, *TODAY).stdout
    assert hypothesis in run("plan", case, "--private", *TODAY).stdout


def test_data_hold_what_a_document_would(case: Path, run: Callable[..., Result]) -> None:
    data = json.loads(run("plan", case, "--format", "json", *TODAY).stdout)
    assert "open" not in data["parts"]
    assert data["treatments"]["put_forward"] == []
    assert not {"open", "declined", "private"} & set(data)
    chosen = run("plan", case, "--format", "json", "--part", "goals", "--declines", *TODAY)
    data = json.loads(chosen.stdout)
    assert data["parts"] == ["goals"]
    assert "problem" not in data
    assert [one["reason"] for one in data["declined"]] == ["too soon"]


def test_a_clinics_own_template(case: Path, tmp_path: Path, run: Callable[..., Result]) -> None:
    template, out = tmp_path / "clinic.docx", tmp_path / "out.docx"
    made: Any = docx.Document()
    made.add_paragraph("For {{ plan.client }}: {{ plan.review_date }}")
    made.save(str(template))
    run("plan", case, "-o", out, "--template", template, *TODAY)
    assert docx_text(out.read_bytes()).startswith("For K7: ")
    made.add_paragraph("{{ plan.gaols }}")
    made.save(str(template))
    before = out.read_bytes()
    result = run("plan", case, "-o", out, "--template", template, *TODAY, code=1)
    assert result.stderr == (
        "goldenthread: clinic.docx at {{ plan.gaols }}: there is no `plan.gaols`\n"
        "  help: did you mean `plan.goals`?\n"
    )
    assert out.read_bytes() == before


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (["-o", "plan.doc"], 2, "the ending of plan.doc says no format"),
        (["--template", "x.docx"], 2, "--template is for .docx"),
        (["--paper", "a4"], 2, "--paper is for .docx and .pdf"),
        (["--part", "goals", "-o", "x.ics"], 2, "are not for a calendar entry"),
        (["--part", "gaols"], 1, "there is no part `gaols`\n  help: did you mean `goals`?"),
        (["-o", "x.docx", "--template", "none.docx"], 1, "the template none.docx cannot be read"),
        (["-o", "no_folder/x.txt"], 1, "there is no folder"),
    ],
)
def test_what_cannot_be_done_is_said(
    args: list[str], code: int, said: str, case: Path, run: Callable[..., Result]
) -> None:
    assert said in run("plan", case, *args, code=code).stderr


def test_a_case_that_is_not_there_or_cannot_be_read(tmp_path: Path, run: Callable[..., Result]) -> None:
    assert "none.yaml" in run("plan", tmp_path / "none.yaml", code=1).stderr
    broken = tmp_path / "broken.yaml"
    broken.write_text("case: 1\nclient: [", encoding="utf-8")
    assert "broken.yaml" in run("plan", broken, code=1).stderr


@pytest.mark.parametrize(("ending", "library"), [("docx", "docx"), ("ics", "icalendar")])
def test_what_is_not_installed_is_asked_for(
    ending: str,
    library: str,
    case: Path,
    tmp_path: Path,
    run: Callable[..., Result],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    out = tmp_path / f"plan.{ending}"
    result = run("plan", case, "-o", out, code=1)
    assert f"needs the library {library}, which is not installed" in result.stderr
    assert "pip install 'goldenthread[web]'" in result.stderr
    assert not out.exists()
