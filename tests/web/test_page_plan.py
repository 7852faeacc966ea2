"""The plan's page: what enters the record, wording, signing, versions, files, template, the client's page."""

from __future__ import annotations

import datetime
import hashlib
import io
import json
import re

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from icalendar import Calendar
from pypdf import PdfReader
from visiting import Visit, controls_of, main, source, words

NAME = "depression_after_separation"
PRIVATE = "The days have emptied. Each call not taken"
"""How the clinician's own view begins."""
HYPOTHESIS = "more than a reaction to it"


@pytest.fixture
def case(visit):
    return visit(NAME)


def record(case, form="txt"):
    response = case.get(f"plan/as/{form}")
    assert response.status_code == 200
    return response.content.decode()


def read(case, form="txt"):
    """Give the record in one line, however its lines are broken."""
    return " ".join(record(case, form).split())


def choose(case, *also, without=()):
    page = case.get("plan")
    fields = [f for f in re.findall(r'name="fields" value="(\w+)" checked', source(page)) if f not in without]
    return case.post("plan/choose", {"fields": fields, "also": list(also)})


def sign(case, by="Dr Ada Hall", **more):
    return case.post("plan/sign", {"by": by}, **more)


# What enters the record


def test_what_is_the_clinicians_alone_stays_out_unless_it_is_wanted(case):
    offers = [offer.id for offer in case.walk("diagnosis.working_diagnosis").advice("diagnoses").offers]
    form = {"key": "modality.chosen_modality", "reason_ipt": "Linden wants to do rather than talk"}
    case.post("decide", {**form, "decide": "declined:ipt"})
    assert offers
    plain = record(case)
    assert PRIVATE not in plain
    assert HYPOTHESIS not in plain
    assert "rather than talk" not in plain
    choose(case, "private", "declines")
    whole = record(case)
    assert PRIVATE in " ".join(whole.split())
    assert HYPOTHESIS in " ".join(whole.split())
    assert "rather than talk" in " ".join(whole.split())
    choose(case)
    assert record(case) == plain


def test_what_was_put_forward_beside_what_was_taken_comes_in_when_it_is_wanted(case):
    plain = record(case)
    choose(case, "considered")
    assert len(record(case)) > len(plain)


def test_a_part_that_is_not_chosen_is_read_on_the_page_and_stays_out_of_every_file(case):
    said = "toast for dinner"
    assert said in read(case)
    choose(case, without=("problem", "client_words"))
    page = case.get("plan")
    assert "not in the record" in main(page)
    assert said in main(page)
    for form in ("txt", "md"):
        assert said not in read(case, form)
    assert (
        "toast"
        not in re.search(
            r"<textarea class=\"sr\" data-copy[^>]*>(.*?)</textarea>\s*<p class=\"hint\">Or",
            source(page),
            re.DOTALL,
        )[1]
    )


# Wording


def edit(case, field="problem"):
    return controls_of(case.get("plan", edit=field), f'action="{case.path("plan/word")}"')


def test_a_part_is_reworded_and_given_back(case):
    before = record(case)
    fields = edit(case)
    assert "nine days" in fields["text"][0]
    sent = case.post(
        "plan/word", {**fields, "text": "In short:\r\n- low since September\r\n- off work <nine> days"}
    )
    assert sent["Location"].endswith("/plan#problem")
    page = case.get("plan")
    assert "in your words" in main(page)
    assert "off work <nine> days" in main(page)
    assert "<nine>" not in source(page)
    assert "- off work <nine> days" in record(case)
    assert "\r" not in case.case.wording["problem"].text
    case.post("plan/word", {**edit(case), "back": "yes"})
    assert "problem" not in case.case.wording
    assert record(case) == before


@pytest.mark.parametrize("words_", ["", "   \r\n "])
def test_empty_words_give_a_part_back(case, words_):
    before, version = record(case), case.version
    assert case.post("plan/word", {"field": "problem", "text": words_}).status_code == 302
    assert case.version == version
    case.post("plan/word", {"field": "problem", "text": "Mine."})
    assert case.post("plan/word", {"field": "problem", "text": words_}).status_code == 302
    assert record(case) == before


def test_a_part_sent_as_it_was_is_not_reworded(case):
    version = case.version
    case.post("plan/word", edit(case))
    assert case.version == version


def test_a_rewording_is_stale_once_an_answer_behind_it_changes(case):
    case.post("plan/word", {**edit(case), "text": "All said already."})
    stale = "have changed since it was reworded"
    assert stale not in main(case.get("plan"))
    case.answer({"answer": "twelve days off sick"}, at="problem.cost_work")
    assert stale in main(case.get("plan"))
    assert stale in read(case)
    assert "twelve days off sick" in words(case.get("plan", edit="problem")), "what the answers say now"
    case.post("plan/word", {**edit(case), "text": "Twelve days off sick."})
    assert stale not in main(case.get("plan"))


def test_words_typed_over_a_plan_that_changed_are_not_lost(case):
    fields = edit(case)
    case.answer({"answer": "twelve days off sick"}, at="problem.cost_work")
    refused = case.client.post(case.path("plan/word"), {**fields, "text": "Typed in vain?"})
    assert refused.status_code == 422
    assert "changed in another tab" in main(refused)
    again = controls_of(refused, f'action="{case.path("plan/word")}"')
    assert again["text"] == ["Typed in vain?"]
    assert case.client.post(case.path("plan/word"), again).status_code == 302
    assert case.case.wording["problem"].text == "Typed in vain?"


@pytest.mark.parametrize("field", ["nowhere", ""])
def test_there_is_no_other_part_to_be_reworded(case, field):
    assert case.post("plan/word", {"field": field, "text": "x"}).status_code == 404
    assert '<textarea name="text"' not in source(case.get("plan", edit=field))


# Signing


def test_a_plan_is_signed_and_stays_as_it_was_signed(case, desk):
    sent = sign(case)
    assert sent["Location"] == case.path("plan/signed/1")
    page = case.get("plan/signed/1")
    (one,) = case.case.signed
    assert (one.version, one.on, one.by) == (1, "2026-03-02", "Dr Ada Hall")
    assert one.digest == hashlib.sha256(one.text.encode()).hexdigest()
    assert one.digest in source(page)
    assert "Dr Ada Hall" in main(page)
    assert "Nothing has changed since it was signed" in main(case.get("plan"))
    case.answer({"answer": "twelve days off sick"}, at="problem.cost_work")
    assert "Nothing has changed since" not in main(case.get("plan"))
    assert case.case.signed == (one,)
    assert case.get("plan/signed/1/txt").content.decode() == one.text
    assert case.get("plan/signed/1/md").content.decode() == one.markdown
    assert "twelve days" not in source(case.get("plan/signed/1"))
    assert sign(case, "Dr Bo Lind")["Location"] == case.path("plan/signed/2")
    assert [two.version for two in case.case.signed] == [1, 2]
    assert "twelve days off sick" in case.case.signed[1].text
    for gone in ("plan/signed/3", "plan/signed/0", "plan/signed/1/exe"):
        assert case.get(gone).status_code == 404


def test_what_was_chosen_and_reworded_is_what_is_signed(case):
    case.post("plan/word", {**edit(case), "text": "In my words."})
    choose(case, "private", without=("threads",))
    sign(case)
    (one,) = case.case.signed
    assert "In my words." in one.text
    assert HYPOTHESIS in " ".join(one.text.split())
    assert "threads" not in one.fields
    assert one.intact


def test_a_plan_is_not_signed_without_a_name(case):
    for by in ("", "   "):
        refused = sign(case, by)
        assert refused.status_code == 422
        assert "Write your name" in main(refused)
    assert not case.case.signed


def test_a_plan_that_is_held_is_not_signed(visit):
    case = visit(NAME, until="safety.suicidal_thoughts")
    case.answer({"answer": "yes"})
    refused = sign(case)
    assert refused.status_code == 422
    assert "cannot be signed yet" in main(refused)
    assert not case.case.signed
    assert "A plan that is held cannot be signed" in main(case.get("plan"))


def test_a_plan_that_changed_in_another_tab_is_not_signed_unread(case):
    old = case.version
    case.answer({"answer": "twelve days off sick"}, at="problem.cost_work")
    refused = sign(case, version=old)
    assert refused.status_code == 422
    assert "Read the plan as it is now" in main(refused)
    assert 'value="Dr Ada Hall"' in source(refused)
    assert not case.case.signed


def test_two_versions_stand_side_by_side(case):
    assert "The two say the same" in main(case.get("plan/versions"))
    sign(case)
    case.answer({"answer": "twelve days off sick"}, at="problem.cost_work")
    page = case.get("plan/versions", before="1", after="now")
    assert re.search(r"<del>[^<]*nine days off sick", source(page))
    assert re.search(r"<ins>[^<]*twelve days off sick", source(page))
    assert "Unchanged: " in main(page)
    sign(case)
    same = case.get("plan/versions", before="2", after="2")
    assert "The two say the same" in main(same)
    odd = case.get("plan/versions", before="99", after="<script>")
    assert odd.status_code == 200
    assert "<script>" not in main(odd)


# Files


def test_the_plan_as_a_pdf(case):
    response = case.get("plan/as/pdf")
    assert response["Content-Type"] == "application/pdf"
    text = " ".join(
        "".join(page.extract_text() for page in PdfReader(io.BytesIO(response.content)).pages).split()
    )
    assert "Thursday choir rehearsal" in text
    assert "not signed" in text
    assert PRIVATE not in text


def test_the_plan_in_word(case):
    response = case.get("plan/as/docx")
    text = "\n".join(p.text for p in docx.Document(io.BytesIO(response.content)).paragraphs)
    assert "Thursday choir rehearsal" in text
    assert PRIVATE not in text


def test_the_plan_as_text_markdown_and_data(case):
    assert "Thursday choir rehearsal" in record(case)
    assert "\n## " in record(case, "md")
    data = json.loads(record(case, "json"))
    assert data
    assert HYPOTHESIS not in json.dumps(data, ensure_ascii=False)
    choose(case, "private")
    assert HYPOTHESIS in record(case, "json")


def test_the_data_hold_what_was_chosen_for_the_record_and_its_words(case):
    case.post("plan/word", {"field": "problem", "text": "In my own words."})
    case.post("plan/choose", {"fields": ["problem", "goals"]})
    data = json.loads(record(case, "json"))
    assert data["parts"] == ["problem", "goals"]
    assert data["wording"] == {"problem": "In my own words."}
    assert data["goals"]
    assert not {"problem", "safety", "diagnoses", "client_words", "open", "before"} & set(data)
    assert "choir" not in json.dumps(data["status_words"])


def test_the_review_as_a_calendar_entry_holds_none_of_the_clients_words(case):
    response = case.get("plan/as/ics")
    (event,) = Calendar.from_ical(response.content).walk("VEVENT")
    assert event["DTSTART"].dt == datetime.date(2026, 5, 25)
    for said in ("Linden", "low", "depress", "choir"):
        assert said not in response.content.decode()


@pytest.mark.parametrize("form", ["pdf", "docx", "txt", "md", "json", "ics"])
def test_no_file_is_named_after_the_client(case, form):
    assert "Wren" not in case.get(f"plan/as/{form}")["Content-Disposition"]


def test_there_is_no_other_format(case):
    for form in ("exe", "html", "PDF"):
        assert case.get(f"plan/as/{form}").status_code == 404


# The clinic's own template


def upload(client, blob, name="template.docx"):
    return client.post("/template/keep", {"file": SimpleUploadedFile(name, blob)})


def template(*paragraphs):
    made = docx.Document()
    for text in paragraphs:
        made.add_paragraph(text)
    blob = io.BytesIO()
    made.save(blob)
    return blob.getvalue()


def test_a_template_is_kept_filled_and_taken_away(case):
    assert case.get("plan/template")["Location"] == "/template"
    assert upload(case.client, template("{{ plan.title }}", "{{ plan.goals }}")).status_code == 302
    assert "A template is kept" in main(case.client.get("/template"))
    response = case.get("plan/template")
    text = "\n".join(p.text for p in docx.Document(io.BytesIO(response.content)).paragraphs)
    assert "Thursday choir rehearsal" in text
    case.client.post("/template/keep", {"away": "yes"})
    assert "No template is kept" in main(case.client.get("/template"))


def test_every_name_that_the_page_gives_can_stand_in_a_template(case):
    page = source(case.client.get("/template"))
    codes = re.findall(r"<code>(.*?)</code>", page.partition("What it may name")[2])
    named = [c if c.startswith(("{", "plan.")) else f"plan.{c}" for c in codes]
    paragraphs = [c if c.startswith("{") else f"{c}: {{{{ {c} }}}}" for c in named]
    assert len(paragraphs) > 15
    upload(case.client, template(*paragraphs))
    response = case.get("plan/template")
    assert response.status_code == 200, words(response)
    filled = [p.text for p in docx.Document(io.BytesIO(response.content)).paragraphs]
    assert not any("{" in text for text in filled)
    assert f"plan.client: {case.case.client}" in filled


@pytest.mark.parametrize(
    "tag", ["{{ plan.nowhere }}", "{{ plan.goals", "{% if %}", "{{ ''.__class__.__mro__ }}"]
)
def test_a_broken_template_says_what_is_wrong_and_what_to_do(case, tag):
    upload(case.client, template("Plan", tag))
    response = case.get("plan/template")
    assert response.status_code == 422
    said = main(response)
    assert "template" in said.lower()
    assert "object at 0x" not in said
    assert "Traceback" not in said


@pytest.mark.parametrize("blob", [b"", b"plain words", b"%PDF-1.7", b"PK" + b"x" * 10_000_001])
def test_what_is_no_word_file_is_not_kept(case, blob):
    upload(case.client, template("{{ plan.title }}"))
    refused = upload(case.client, blob)
    assert refused.status_code == 422
    assert "no Word file" in main(refused)
    assert case.get("plan/template").status_code == 200, "the one before is kept"


def test_an_archive_that_is_no_word_file_is_said_to_be_none(case):
    upload(case.client, b"PK\x03\x04 not really")
    response = case.get("plan/template")
    assert response.status_code == 422
    assert "Traceback" not in main(response)


# The client's page


def test_the_clients_page_is_asked_for_first_and_made_when_a_copy_is_safe(visit):
    case = visit(NAME, until="plan_review.copy_safe")
    asked = case.get("client")
    assert "Is a copy safe to take home?" in main(asked)
    assert "My plan" not in main(asked)
    assert case.post("client/safe", {"safe": "yes"})["Location"] == case.path("client")
    page = case.get("client")
    assert "My plan" in main(page)
    assert "data-print" in source(page)
    for said in (HYPOTHESIS, PRIVATE, "F32", "6A7", "depressive"):
        assert said not in main(page)


def test_no_copy_is_made_that_is_not_safe_but_it_can_be_looked_at_here(visit):
    case = visit(NAME, until="plan_review.copy_safe")
    case.post("client/safe", {"safe": "no"})
    page = case.get("client")
    assert "a copy is not safe" in main(page)
    assert "My plan" not in main(page)
    here = case.get("client", here="")
    assert "My plan" in main(here)
    assert "never-print" in source(here)
    assert "data-print" not in source(here)
    assert "not safe" not in main(here), "what the client answered is not laid before whoever looks on"
    case.post("client/safe", {"safe": "yes"})
    assert "My plan" in main(case.get("client"))


def test_before_it_can_be_asked_no_copy_is_made(visit):
    case = visit(NAME, until="problem.age")
    page = case.get("client")
    assert "My plan" not in main(page)
    assert 'name="safe"' not in source(page)
    before = case.version
    case.post("client/safe", {"safe": "yes"})
    case.post("client/safe", {"safe": "perhaps"})
    assert case.version == before


def test_a_plan_can_be_read_from_the_first_question_on(clinician, desk):
    case = Visit(clinician, desk, desk.begin("Wren", quick=False))
    for page in (
        "plan",
        "client",
        "plan/versions",
        "plan/as/txt",
        "plan/as/md",
        "plan/as/json",
        "plan/as/pdf",
        "plan/as/docx",
    ):
        assert case.get(page).status_code == 200, page
    assert case.get("plan/as/ics").status_code in {200, 404}
