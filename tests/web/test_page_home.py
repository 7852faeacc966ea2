"""The list of cases: begun, found, due, put away, taken in from a file, given out, deleted for good."""

from __future__ import annotations

import datetime
import re

import pytest
import yaml
from click.testing import CliRunner
from django.core.files.uploadedfile import SimpleUploadedFile
from serving import PHONE
from visiting import main, source, words

from goldenthread.case import FORMAT, CaseFile
from goldenthread.cli import main as cli
from goldenthread.web import practice as practice_module

NAME = "depression_after_separation"


def home(client, **asked):
    return client.get("/", asked)


def take_in(client, blob, name="case.yaml"):
    return client.post("/import", {"file": SimpleUploadedFile(name, blob)})


def codes(page):
    return re.findall(r'<th scope="row"><a href="[^"]*">([^<]*)</a>', source(page))


# Beginning


def test_the_first_case_is_begun_under_a_code(clinician, desk):
    assert "Begin the first case" in main(home(clinician))
    sent = clinician.post("/begin", {"code": " Wren-7 ", "whole": "yes"})
    case_id = sent["Location"].split("/")[2]
    case, _ = desk.store.load(case_id)
    assert (case.client, case.quick) == ("Wren-7", False)
    assert "Begin another case" in main(home(clinician))
    assert codes(home(clinician)) == ["Wren-7"]


def test_the_quick_path_is_begun_as_one(clinician, desk):
    sent = clinician.post("/begin", {"code": "Wren", "quick": "yes"})
    assert desk.store.load(sent["Location"].split("/")[2])[0].quick


def test_a_code_that_another_case_has_is_refused_and_stays_in_its_field(clinician, desk):
    desk.begin("Wren", quick=False)
    away = desk.begin("Heron", quick=False)
    clinician.post(f"/case/{away}/archive", {"archived": "yes"})
    for code in ("Wren", "Heron"):
        refused = clinician.post("/begin", {"code": code})
        assert refused.status_code == 422
        assert "A case with this code is there already" in main(refused)
        assert f'value="{code}"' in source(refused)
    assert len(desk.store.all()) == 1


@pytest.mark.parametrize("code", ["", "  "])
def test_a_case_needs_a_code(clinician, desk, code):
    refused = clinician.post("/begin", {"code": code})
    assert "A code is needed" in main(refused)
    assert not desk.store.all()


# Where each stands


def test_each_case_says_where_it_stands_and_leads_there(visit):
    case = visit(NAME, until="goals.chosen_goals")
    page = home(case.client)
    said = main(page)
    assert "Goals" in said
    assert "none yet" in said
    for address in ("", "plan", "export", "delete"):
        assert f'href="{case.path(address)}"' in source(page)


def test_a_review_is_due_on_its_day_and_overdue_after_it(visit, practice):
    case = visit(NAME)
    soon = visit("quick_panic", "Sandpiper")
    due = case.walk().plan().review_date
    assert due == "2026-05-25"
    for day, said in (("2026-05-24", ""), ("2026-05-25", "today"), ("2026-05-26", "overdue")):
        practice.today = datetime.date.fromisoformat(day)
        line = re.search(
            r"<li><a href=\"[^\"]*review\">Wren</a>.*?</li>", source(home(case.client)), re.DOTALL
        )[0]
        assert (said in line) if said else ("overdue" not in line and "today" not in line), day
    listed = re.findall(r"review\">(\w+)</a>: ([\d-]+)", source(home(case.client)))
    assert [day for _, day in listed] == sorted(day for _, day in listed)
    assert soon.id != case.id


def test_an_open_risk_stands_above_everything(visit):
    case = visit(NAME, until="safety.suicidal_thoughts")
    case.answer({"answer": "yes"})
    said = main(home(case.client))
    assert said.index("Risk is open: Wren") < said.index("Begin another case")


# Searching


@pytest.mark.parametrize(
    ("looked_for", "found"),
    [
        ("wren", ["Wren"]),
        ("panic", ["Sandpiper"]),
        ("low mood", ["Wren"]),
        ("LOW wren", ["Wren"]),
        ("nowhere", []),
    ],
)
def test_a_search_finds_the_cases_that_hold_all_words(visit, looked_for, found):
    case = visit(NAME)
    visit("quick_panic", "Sandpiper")
    page = case.client.post("/search", {"words": looked_for})
    assert codes(page) == found
    assert f"{len(found)} found" in main(page)
    assert f'name="words" value="{looked_for}"' in source(page)
    for link in re.findall(r'(?:href|action)="([^"]*)"', source(page)):
        assert link.partition("?")[2] in {"", "archived"}


def test_a_search_looks_in_no_answer(visit):
    case = visit(NAME)
    assert codes(case.client.post("/search", {"words": "toast"})) == []


# Put away


def test_a_case_is_put_away_and_taken_out_again(visit):
    case = visit(NAME)
    case.post("archive", {"archived": "yes"})
    said = home(case.client)
    assert "The case is put away" in main(said)
    assert codes(said) == []
    assert "Reviews" not in main(said)
    away = home(case.client, archived="")
    assert codes(away) == ["Wren"]
    assert "Take out again" in main(away)
    assert codes(case.client.post("/search", {"words": "wren", "archived": "yes"})) == ["Wren"]
    assert codes(case.client.post("/search", {"words": "wren"})) == []
    case.post("archive", {"archived": "no"})
    assert codes(home(case.client)) == ["Wren"]


# Files


def test_a_case_given_out_comes_back_the_same_in_the_terminal(visit, tmp_path):
    case = visit(NAME)
    case.post("plan/sign", {"by": "Dr Ada Hall"})
    case.post("sessions/note", {"date": "2026-03-02", "mode": "video", "goals": ["depression_lift"]})
    response = case.get("export")
    assert response["Content-Disposition"] == f'attachment; filename="case-{case.id[:6]}.yaml"'
    path = tmp_path / "given.yaml"
    path.write_bytes(response.content)
    done = CliRunner().invoke(cli, ["walk", "--case", str(path)], input="quit\n")
    assert done.exit_code == 0, done.output
    read = CaseFile.open(path).case
    assert read.rounds == case.case.rounds
    assert (read.signed, read.sessions) == (case.case.signed, case.case.sessions)
    case.post("delete", {"code": "Wren"})
    again = take_in(case.client, path.read_bytes())
    back, _ = practice_module.store().load(again["Location"].split("/")[2])
    assert back == read


def test_a_file_of_the_terminal_is_taken_in_where_it_stands(visit):
    case = visit(NAME, until="problem.concern")
    blob = case.get("export").content
    case.post("delete", {"code": "Wren"})
    sent = take_in(case.client, blob)
    assert sent.status_code == 302
    page = case.client.get(sent["Location"])
    assert "taken in from its file" in main(page)
    assert 'value="problem.concern"' in source(page)


def test_a_file_whose_code_is_there_already_is_refused(visit):
    case = visit(NAME)
    refused = take_in(case.client, case.get("export").content)
    assert refused.status_code == 422
    assert "A case with this code is there already" in main(refused)
    assert len(practice_module.store().all()) == 1


def damaged(blob):
    return {
        "no YAML": b"case: [",
        "no case": b"flowchart: planning\n",
        "empty": b"",
        "binary": b"\x00\x01\xff\xfe" * 50,
        "no words": b"\xff\xfe\xfa",
        "cut off": blob.partition(b"rounds")[0],
        "newer": blob.replace(b"case: %d" % FORMAT, b"case: 99", 1),
        "another key": blob + b"more: 1\n",
        "deep": b"case: 1\nclient: " + b"[" * 5000,
        "aliases": b"case: 1\na: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\nclient: *c\n",
        "a list": b"- case\n",
    }


@pytest.mark.parametrize("which", sorted(damaged(b"")))
def test_a_damaged_or_newer_file_is_refused_with_what_is_wrong(visit, which):
    case = visit(NAME, until="problem.concern")
    blob = damaged(case.get("export").content.replace(b"Wren", b"Heron"))[which]
    refused = take_in(case.client, blob)
    assert refused.status_code == 422, which
    said = re.search(r'role="alert" id="problem">([^<]*)', source(refused))[1]
    assert len(said) > 20
    assert "Traceback" not in said
    if which == "newer":
        assert "newer version" in said
    assert len(practice_module.store().all()) == 1


def test_a_huge_file_is_refused(clinician, desk):
    refused = take_in(clinician, b"case: 1\n#" + b"x" * 10_000_001)
    assert refused.status_code == 422
    assert "too large" in main(refused)
    assert not desk.store.all()


def test_no_file_is_no_case(clinician):
    refused = clinician.post("/import", {})
    assert refused.status_code == 422
    assert "No file was chosen" in main(refused)


def test_what_a_file_holds_is_shown_as_words(visit):
    case = visit(NAME, until="problem.concern")
    data = yaml.safe_load(case.get("export").content)
    data["client"] = "<b>Wren</b>"
    data["rounds"][0]["answers"]["problem.opening_words"] = "<script>alert(1)</script>"
    sent = take_in(case.client, yaml.safe_dump(data, sort_keys=False).encode())
    assert sent.status_code == 302
    where = sent["Location"].partition("?")[0]
    for page in ("/", where, f"{where}answers", f"{where}plan", f"{where}thread", f"{where}delete"):
        found = case.client.get(page)
        assert "<b>Wren" not in source(found), page
        assert "<script>alert" not in source(found), page
    assert "<b>Wren</b>" in words(home(case.client))


# Deleting


def test_a_case_is_deleted_once_its_code_is_typed(visit):
    case = visit(NAME)
    assert "Delete this case for good?" in main(case.get("delete"))
    for typed in ("", "wren", "Wren2", "Sandpiper"):
        refused = case.post("delete", {"code": typed})
        assert refused.status_code == 422
        assert "Nothing was deleted" in main(refused)
    assert case.post("delete", {"code": " Wren "})["Location"] == "/"
    assert "deleted" in main(home(case.client))
    for page in ("", "plan", "export", "delete"):
        assert case.get(page).status_code == 404


def test_on_a_phone_a_case_says_what_is_what_and_the_present_tab_is_in_sight(opened, server, seeded):
    page = opened(PHONE)
    head = "one => getComputedStyle(one, '::before').content"
    shown = [cell.evaluate(head) for cell in page.query_selector_all(".stands tr:nth-child(1) td[data-head]")]
    assert [text.split('"')[1] for text in shown] == ["Phase", "Plan", "Open", "Last session"]
    page.goto(f"{server.home}case/{seeded['ended'].id}/review")
    box = page.locator(".tabs [aria-current]").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= PHONE[0]
    assert page.locator(".code").bounding_box()["height"] < 30, "the code of the case stands on one line"
