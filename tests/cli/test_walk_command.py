"""goldenthread walk: replayed from a file, and talked through line by line."""

from __future__ import annotations

import json
import stat
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from goldenthread.cli import main

ROOT = Path(__file__).parents[2]
VIGNETTES = sorted((ROOT / "flowcharts" / "vignettes").glob("*.yaml"))


def walk(*words: str, lines: list[str] | None = None) -> Result:
    return CliRunner().invoke(main, ["walk", *words], input="".join(f"{line}\n" for line in lines or []))


def schema() -> Draft202012Validator:
    files = {
        path.name: json.loads(path.read_text(encoding="utf-8")) for path in (ROOT / "schemas").glob("*.json")
    }
    registry: Any = Registry().with_resources(
        [(name, Resource.from_contents(s)) for name, s in files.items()]
    )
    return Draft202012Validator(files["out_walk.schema.json"], registry=registry)


@pytest.mark.parametrize("path", VIGNETTES[::6], ids=lambda path: path.stem)
def test_a_replay_as_json_has_the_form_of_its_schema(path: Path) -> None:
    result = walk("--answers", str(path), "--format", "json", "--today", "2026-03-01")
    assert result.exit_code == 0, result.output
    data = json.loads(result.stdout)
    assert not [error.message for error in schema().iter_errors(data)]
    assert data["flowchart"] == "planning"
    assert data["trail"]


def test_a_replay_stops_where_an_answer_is_missing(tmp_path: Path) -> None:
    path = tmp_path / "answers.yaml"
    path.write_text("answers:\n  problem.opening_words: I cannot sleep\n", encoding="utf-8")
    result = walk("--answers", str(path), "--format", "json")
    data = json.loads(result.stdout)
    assert (result.exit_code, data["finished"], data["at"]) == (0, False, "problem.wanted_change")


def test_a_misspelt_question_is_a_problem_at_its_place(tmp_path: Path) -> None:
    path = tmp_path / "answers.yaml"
    path.write_text("answers:\n  problem.opening_word: I cannot sleep\n", encoding="utf-8")
    result = walk("--answers", str(path), "--format", "json")
    (problem,) = json.loads(result.stdout)["problems"]
    assert result.exit_code == 1
    assert (problem["line"], problem["column"]) == (2, 3)
    assert "problem.opening_words" in problem["help"]


def test_an_answer_that_does_not_fit_is_a_problem_at_its_place(tmp_path: Path) -> None:
    path = tmp_path / "answers.yaml"
    text = (
        "answers:\n  problem.opening_words: a\n  problem.wanted_change: b\n  problem.unit_of_care: everyone\n"
    )
    path.write_text(text, encoding="utf-8")
    result = walk("--answers", str(path), "--format", "json")
    data = json.loads(result.stdout)
    assert result.exit_code == 1
    assert data["problems"][0]["line"] == 4
    assert data["at"] == "problem.unit_of_care"


@pytest.mark.parametrize(
    "text", ["", "- a\n", "answers: [1]\n", "vignette: x\n", "answers: &a {}\n", "a: b: c\n"]
)
def test_a_file_that_holds_no_answers_is_refused_with_a_place(tmp_path: Path, text: str) -> None:
    path = tmp_path / "answers.yaml"
    path.write_text(text, encoding="utf-8")
    result = walk("--answers", str(path))
    assert result.exit_code == 1
    assert "error[" in result.stderr
    assert "Traceback" not in result.output


def test_every_misspelt_name_is_a_problem_at_its_place(tmp_path: Path) -> None:
    text = (ROOT / "flowcharts" / "vignettes" / "insomnia_archivist.yaml").read_text(encoding="utf-8")
    planted = {
        "for: [sleep_effort]": "for: [sleep_efort]",
        "modality.training: [cbti]": "modality.training: [cbt]",
    }
    for right, wrong in planted.items():
        assert right in text
        text = text.replace(right, wrong)
    path = tmp_path / "answers.yaml"
    path.write_text(text, encoding="utf-8")
    result = walk("--answers", str(path), "--format", "json")
    problems = json.loads(result.stdout)["problems"]
    assert result.exit_code == 1
    assert [text.splitlines()[p["line"] - 1][p["column"] - 1 :][:11] for p in problems] == [
        "sleep_efort",
        "cbt]",
    ]
    assert problems[0]["help"] == "did you mean `sleep_effort`?"


def test_a_flowchart_opened_by_hand_that_there_is_not(tmp_path: Path) -> None:
    path = tmp_path / "answers.yaml"
    path.write_text("answers: {}\nopened: [{flowchart: rsk, at: problem.opening_wrods}]\n", encoding="utf-8")
    result = walk("--answers", str(path), "--format", "json")
    helps = [problem["help"] for problem in json.loads(result.stdout)["problems"]]
    assert helps == ["did you mean `risk`?", "did you mean `problem.opening_words`?"]


def test_a_flowchart_opened_by_hand_within_itself(tmp_path: Path) -> None:
    path = tmp_path / "answers.yaml"
    path.write_text("answers: {}\nopened: [{flowchart: risk, at: risk.risk_kind}]\n", encoding="utf-8")
    result = walk("--answers", str(path), "--format", "json")
    assert result.exit_code == 1
    (problem,) = json.loads(result.stdout)["problems"]
    assert problem["message"] == "`risk.risk_kind` is a question of `risk` itself, which is under way there"
    assert problem["help"] == "open it at a question outside it, or leave this out"


def test_a_case_file_can_be_replayed(tmp_path: Path) -> None:
    case = tmp_path / "case.yaml"
    walk("--case", str(case), "--client", "K.9", lines=["words", "friends", "1", "34", "quit"])
    result = walk("--answers", str(case), "--format", "json")
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["at"] == "problem.concern"
    text = case.read_text(encoding="utf-8").replace("problem.age", "problem.agee")
    (tmp_path / "wrong.yaml").write_text(text, encoding="utf-8")
    result = walk("--answers", str(tmp_path / "wrong.yaml"), "--format", "json")
    (problem,) = json.loads(result.stdout)["problems"]
    assert text.splitlines()[problem["line"] - 1].strip().startswith("problem.agee")


def test_answers_can_be_piped_in_and_printed_in_other_forms() -> None:
    text = "answers:\n  problem.opening_words: I cannot sleep\nclient: Linden\n"
    for form, said in (
        ("text", "The walk waits at problem.wanted_change"),
        ("markdown", "# "),
        ("client", "My plan"),
    ):
        result = CliRunner().invoke(main, ["walk", "--answers", "-", "--format", form], input=text)
        assert result.exit_code == 0
        assert said in result.output


@pytest.mark.parametrize(
    ("line", "said"), [("today: soon", "today"), ("flowchart: planing", "did you mean `planning`?")]
)
def test_a_day_or_a_flowchart_that_there_is_not(tmp_path: Path, line: str, said: str) -> None:
    path = tmp_path / "answers.yaml"
    path.write_text(f"answers: {{}}\n{line}\n", encoding="utf-8")
    result = walk("--answers", str(path))
    assert result.exit_code == 1
    assert "answers.yaml:2" in result.stderr
    assert said in result.stderr


def test_an_unknown_flowchart_names_the_nearest() -> None:
    result = walk("planing", lines=[])
    assert result.exit_code == 1
    assert "planning" in result.output


QUICK = [
    "I keep thinking I am having a heart attack",
    "I would go to the gym again",
    "26",
    "3",
    "no",
    "no",
    "no",
    "no",
    "no",
    "5",
    "",
    "safety behaviours, avoidance",
    "I carry water and sit by the door",
    "I gave up the gym",
    "1",
]


def test_the_quick_path_talked_through_keeps_a_case_and_gives_a_plan(tmp_path: Path) -> None:
    case = tmp_path / "k7.yaml"
    lines = [*QUICK, *[""] * 8, "We draw the circle of the last attack", "plan", "quit"]
    result = walk("--case", str(case), "--quick", "--today", "2026-03-01", lines=lines)
    assert result.exit_code == 0, result.output
    assert "internal error" not in result.output
    assert stat.S_IMODE(case.stat().st_mode) == 0o600
    kept = yaml.safe_load(case.read_text(encoding="utf-8"))
    assert kept["rounds"][0]["answers"]["problem.age"] == {"value": 26, "date": "2026-03-01"}
    assert "avoidance" in str(kept["rounds"][0]["answers"]["conceptualization.perpetuating"])
    again = walk("--case", str(case), "--today", "2026-03-02", lines=["list", "quit"])
    assert "Resuming" in again.output
    assert "age: 26 years" in again.output


def test_commands_answer_at_any_question_and_the_question_stays() -> None:
    asked = ["help", "why ask", "why cbt panic", "why not debriefing", "plan", "open", "list", "set aside"]
    result = walk(lines=[*asked, "I cannot sleep", "quit"])
    assert result.exit_code == 0
    assert "internal error" not in result.output
    assert result.output.count("1.1  Presenting problem\n") == 1, "a command does not ask the question anew"
    assert "1.2  Presenting problem" in result.output


def test_risk_opens_at_any_question_and_comes_back() -> None:
    result = walk(lines=["I cannot sleep", "risk", "1", "quit"])
    assert "3.1  Risk" in result.output
    assert "3.2  Risk" in result.output


def test_risk_is_not_opened_within_itself() -> None:
    result = walk(lines=["I cannot sleep", "risk", "1", "risk", "quit"])
    assert "is under way here: go through it to its end, then open it again." in result.output
    assert result.output.count("3.2  Risk") == 1, "the question stands"


def test_going_back_and_changing_keeps_later_answers(tmp_path: Path) -> None:
    case = tmp_path / "case.yaml"
    walk(
        "--case",
        str(case),
        lines=["words", "change", "individual", "34", "1", "back", "2", "change 1.4", "35", "quit"],
    )
    kept = yaml.safe_load(case.read_text(encoding="utf-8"))["rounds"][0]["answers"]
    assert kept["problem.age"]["value"] == 35
    assert kept["problem.concern"]["value"] == ["worry"]
    assert kept["problem.opening_words"]["value"] == "words"


def test_what_does_not_fit_says_what_can_be_typed() -> None:
    result = walk(lines=["words", "friends", "nobody", "1", "old", "200", "34", "banana", "quit"])
    assert result.exit_code == 0
    for part in ("is not an option here", "is not a number", "out of range"):
        assert part in result.output


def test_a_damaged_case_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    case = tmp_path / "case.yaml"
    case.write_text("case: 1\nclient: [", encoding="utf-8")
    result = walk("--case", str(case), lines=["words"])
    assert result.exit_code == 1
    assert case.read_text(encoding="utf-8") == "case: 1\nclient: ["


def test_a_case_in_a_git_work_tree_is_warned_about(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    result = walk("--case", str(tmp_path / "case.yaml"), lines=["quit"])
    assert "git work tree" in result.output


def test_a_decline_keeps_its_reason_and_the_suggestion_away(tmp_path: Path) -> None:
    case = tmp_path / "case.yaml"
    lines = [*QUICK[:11], "decline 1: did not help before", "quit"]
    result = walk("--case", str(case), "--quick", lines=lines)
    assert "is declined" in result.output
    (decision,) = yaml.safe_load(case.read_text(encoding="utf-8"))["decisions"]
    assert decision["verdict"] == "declined"
    assert decision["reason"] == "did not help before"
    again = walk("--case", str(case), lines=["", "more", "quit"])
    assert "did not help before" in again.output


def test_an_answer_that_cannot_fit_is_a_problem_also_where_the_walk_does_not_come_to_it(
    tmp_path: Path,
) -> None:
    path = tmp_path / "answers.yaml"
    path.write_text(
        "answers:\n  problem.age: 330\n  problem.targeted_concern: [own_1, sleep]\n  goals.confidence: 7\n"
    )
    result = walk("--answers", str(path), "--format", "json")
    assert result.exit_code == 1
    data = json.loads(result.stdout)
    assert data["at"] == "problem.opening_words"
    (problem,) = data["problems"]
    assert (problem["line"], problem["message"]) == (2, "`problem.age`: 330 is out of range")
