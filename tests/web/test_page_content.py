"""New content under a case: what no longer fits is said and led through; nothing is written before it is taken over."""

from __future__ import annotations

import copy

import pytest
import yaml
from cases import VIGNETTES
from visiting import controls_of, main, source

from goldenthread.session import load

NAME = "depression_after_separation"
ROOT = VIGNETTES.parents[1]
CHART, ROLES = "flowcharts/problem.yaml", "goalbank/roles/problem.yaml"
MODALITIES = "goalbank/modalities/depression.yaml"
CHANGED = "The content has changed since this case was last kept"


@pytest.fixture
def renew(practice, tmp_path):
    """Lay files over the shipped ones, each changed by a function, and put that content under the page."""

    def made(**changes):
        folder = tmp_path / "renewed"
        for file, change in changes.items():
            name = {"chart": CHART, "roles": ROLES, "modalities": MODALITIES}[file]
            data = yaml.safe_load((ROOT / name).read_text(encoding="utf-8"))
            before = copy.deepcopy(data)
            change(data)
            if "flowchart" in data:
                data["replaces"] = data["flowchart"]
            else:
                changed = {i: one for i, one in data["entries"].items() if one != before["entries"][i]}
                data["entries"] = {id_: {**one, "replaces": id_} for id_, one in changed.items()}
            path = folder / name
            path.parent.mkdir(parents=True)
            path.write_text(yaml.safe_dump(data, sort_keys=False, allow_unicode=True), encoding="utf-8")
        guide, report = load([folder])
        assert not report.errors, [str(one) for one in report.errors]
        practice._guide = guide
        return guide

    return made


def rename_onset(data):
    nodes = data["nodes"]
    nodes["began"] = {**nodes.pop("onset"), "was": ["onset"]}
    nodes["what_happens"]["next"] = "began"


def remove_frequency(data):
    nodes = data["nodes"]
    nodes["problem_duration"]["next"] = nodes.pop("frequency")["next"]


def other_option(*was):
    def change(data):
        options = data["entries"]["frequency"]["options"]
        label = options.pop("most_days")
        options["nearly_daily"] = {"label": label, "was": list(was)} if was else label

    return change


PAGES = ("", "answers", "thread", "plan", "sessions", "review", "content", "together", "plan/as/txt")


def test_the_present_content_needs_no_taking_over(visit):
    case = visit(NAME)
    assert CHANGED not in main(case.get())
    page = case.get("content")
    assert "stands on the present content" in main(page)
    assert "take-over" not in source(page)
    before = case.version
    assert case.post("content/take-over").status_code == 302
    assert case.version == before


def test_looking_writes_nothing_and_every_page_says_that_the_content_has_changed(visit, renew):
    case = visit(NAME)
    before, stood = case.version, case.desk.store.standing(case.id)
    renew(chart=rename_onset)
    for page in PAGES:
        response = case.get(page)
        assert response.status_code == 200, page
        if page not in {"content", "together", "plan/as/txt"}:
            assert CHANGED in main(response), page
    case.client.get("/")
    assert case.version == before
    assert case.desk.store.standing(case.id) == stood


def test_new_content_is_held_against_where_the_case_stood_last_and_against_nothing_older(visit, renew):
    case = visit(NAME, until="goals.chosen_goals")
    older, version = case.desk.store.standing(case.id), case.version
    case.answer(action="not_known")
    assert case.version != version
    # Where a case stands is written after its events: a power cut may come between.
    case.desk.store.keep_standing(case.id, version, older)
    renew(chart=rename_onset)
    said = main(case.get("content"))
    assert "What was suggested before is not known." in said
    assert "The same are made as before" not in said


def test_a_renamed_question_keeps_its_answer(visit, renew):
    case = visit(NAME)
    renew(chart=rename_onset)
    said = main(case.get("content"))
    assert "`problem.onset` is called `problem.began` now; what was answered there was kept." in said
    assert "Every answer on the path still fits" in said
    assert "The same are made as before" in said
    assert case.post("content/take-over").status_code == 302
    assert "goes on with the present content" in main(case.get())
    assert case.case.rounds[0].answers["problem.began"].startswith("last September")
    assert CHANGED not in main(case.get())


def test_what_was_typed_at_a_renamed_question_is_not_lost(visit, renew):
    case = visit(NAME, until="problem.onset")
    case.answer({"answer": "half a sentence"}, action="draft")
    renew(chart=rename_onset)
    page = case.get()
    assert controls_of(page)["key"] == ["problem.began"]
    assert controls_of(page)["answer"] == ["half a sentence"]
    case.post("content/take-over")
    page = case.get()
    assert controls_of(page)["answer"] == ["half a sentence"]
    assert case.answer({"answer": "a whole one"}, at="problem.began").status_code == 302
    assert controls_of(case.get(at="problem.began"))["answer"] == ["a whole one"]
    assert case.draft("problem.onset") is None


def test_the_answer_to_a_removed_question_is_kept_aside(visit, renew, guide, practice):
    case = visit(NAME)
    before = case.given("problem.frequency")
    renew(chart=remove_frequency)
    said = main(case.get("content"))
    assert "The question `problem.frequency` is no longer there; its answer was kept aside." in said
    case.post("content/take-over")
    assert [(one.question, one.answer) for one in case.case.aside] == [("problem.frequency", before)]
    practice._guide = guide
    assert "is there again, and with it the answer that was kept aside" in main(case.get("content"))
    case.post("content/take-over")
    assert case.case.rounds[0].answers["problem.frequency"] == before


def test_an_answer_that_no_longer_fits_is_named_and_led_through(visit, renew):
    case = visit(NAME)
    renew(roles=other_option())
    said = main(case.get("content"))
    assert "An answer no longer fits: `most_days` is not an option here" in said
    before = case.version
    page = case.get()
    assert controls_of(page)["key"] == ["problem.frequency"]
    assert "The answer that was kept no longer fits" in main(page)
    assert case.version == before
    case.post("content/take-over")
    assert "This answer no longer fits: look at it anew" in main(case.get())
    assert case.answer({"answer": "nearly_daily"}, at="problem.frequency").status_code == 302
    assert case.walk().finished
    assert not case.walk().walk.set_aside


def test_a_renamed_option_is_still_the_one_that_is_checked(visit, renew):
    case = visit(NAME)
    renew(roles=other_option("most_days"))
    assert "Every answer on the path still fits" in main(case.get("content"))
    fields = controls_of(case.get(at="problem.frequency"))
    assert fields["answer"] == ["nearly_daily"]
    assert case.answer(fields, at="problem.frequency").status_code == 302
    assert case.walk().finished


def test_it_is_said_which_suggestions_have_changed(visit, renew):
    case = visit(NAME, until="modality.chosen_modality")

    def never(data):
        for rule in data["entries"]["ipt"]["suggest"]:
            rule["when"] = "age > 119"

    assert any(offer.id == "ipt" for offer in case.walk().advice("modalities").offers)
    name = case.desk.guide.model.modalities["ipt"].name
    renew(modalities=never)
    assert f"No longer suggested: {name} (treatment)." in main(case.get("content"))


def test_a_signed_plan_stays_as_it_was_signed(visit, renew):
    case = visit(NAME)
    case.post("plan/sign", {"by": "Dr Ada Hall"})
    (one,) = case.case.signed
    renew(roles=other_option())
    assert "A plan that was signed stays as it was signed" in main(case.get("content"))
    case.post("content/take-over")
    assert case.case.signed == (one,)
    assert case.get("plan/signed/1/txt").content.decode() == one.text
    assert "Locked as it was signed" in main(case.get("plan/signed/1"))


def test_what_is_answered_on_new_content_takes_the_case_over_with_it(visit, renew):
    case = visit(NAME, until="problem.frequency")
    renew(chart=rename_onset)
    assert case.answer({"answer": "most_days"}).status_code == 302
    assert CHANGED not in main(case.get())
    assert case.case.rounds[0].answers["problem.began"].startswith("last September")
