"""The walk talked through with a console that types from a script: what is asked, taken, said and kept."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click
import pytest

from goldenthread.case import CaseError
from goldenthread.cli.console import Console
from goldenthread.cli.keeper import Keeper
from goldenthread.cli.talk import Talk
from goldenthread.loading import shipped as folder
from goldenthread.plan import Days
from goldenthread.source import read
from small import shipped

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from goldenthread.session import GuidedWalk

TODAY = dt.date(2026, 3, 1)
KEPT = "Kept beside the next answer"


class Scripted(Console):
    """A terminal at which a script types; a line of the script that is None takes what is put forward."""

    def __init__(self, lines: Sequence[str | None]) -> None:
        self.lines, self.said, self.terminal = list(lines), [], True

    def out(self, text: str = "") -> None:
        self.said.append(click.unstyle(text))

    def line(self, prompt: str, words: Sequence[str] = (), default: str = "") -> str:
        self.said.append(prompt)
        if not self.lines:
            raise EOFError
        typed = self.lines.pop(0)
        return default if typed is None else typed

    @property
    def text(self) -> str:
        """Everything that was said, in one line."""
        return " ".join(" ".join(self.said).split())


def begun(vignette: str, *without: str, until: str = "", **changed: Any) -> GuidedWalk:
    """Walk a shipped vignette, without some of its answers, or without all from one on."""
    tree, _, _ = read(folder() / "flowcharts" / "vignettes" / f"{vignette}.yaml")
    assert tree is not None
    given: dict[str, Any] = {**tree.data["answers"], **changed}
    if until:
        given = dict(list(given.items())[: list(given).index(until)])
    answers = {key: value for key, value in given.items() if key not in without}
    return shipped().from_answers({"answers": answers, "client": "Linden"}, today=TODAY)


def talked(walk: GuidedWalk, *lines: str | None, keeper: Keeper | None = None) -> tuple[GuidedWalk, Scripted]:
    console = Scripted(lines)
    return Talk(console, shipped(), walk, keeper or Keeper(None, TODAY)).run(), console


def value(walk: GuidedWalk, key: str) -> Any:
    raw = walk.walk.raw(key)
    return raw["value"] if isinstance(raw, dict) and "value" in raw else raw


GOALS = "goals.chosen_goals"


def test_a_goal_of_the_bank_is_made_the_clients() -> None:
    walk = begun("insomnia_archivist", GOALS)
    assert walk.walk.at == GOALS
    after, console = talked(
        walk, "sleep_bed_for_sleep", "the armchair", "later", "the alarm", "many", "5", "", "6"
    )
    (goal,) = value(after, GOALS)
    assert goal["for"] == ["sleep_effort", "time_in_bed"]
    assert goal["blanks"] == {"other_place": "the armchair", "clock": "the alarm", "baseline": 5, "weeks": 6}
    assert "A number is expected here." in console.text
    assert "Still open: What quiet thing would they do there?" in console.text
    assert "SMART: · M A R T" in console.text


def test_a_target_that_falls_short_of_a_reliable_change_is_said() -> None:
    _, console = talked(begun("insomnia_archivist", GOALS), "sleep_score_isi", "20", "18", "up at seven", "8")
    assert "The target falls short" in console.text


def test_a_goal_in_own_words_says_what_it_is_for_and_how_it_is_measured() -> None:
    walk = begun("insomnia_archivist", GOALS)
    after, console = talked(walk, "own:", "", "own: At the allotment by seven", "2 0 9", "")
    (goal,) = value(after, GOALS)
    assert goal == {
        "own": "At the allotment by seven",
        "for": ["sleep_effort", "problem"],
        "measure": "rating 0 to 10",
    }
    assert "a goal in own words is expected" in console.text
    assert "(time-bound)" in console.text
    assert after.plan().goals[0].for_ == ("sleep_effort", "problem")


def test_goals_that_are_kept_stand_when_one_is_added() -> None:
    walk = begun("insomnia_archivist").go_to(GOALS)
    after, _ = talked(walk, "own: The choir on Sundays", "", "the list")
    assert [goal.get("id") for goal in value(after, GOALS)][:2] == [
        "sleep_time_in_bed_fits",
        "sleep_bed_for_sleep",
    ]
    assert value(after, GOALS)[-1] == {"own": "The choir on Sundays", "for": [], "measure": "the list"}


SCORE = "diagnosis_mood.mood_score"


def test_a_total_is_taken_with_what_was_said_to_the_item_about_danger() -> None:
    walk = begun("disclosure_during_goals", until=SCORE)
    assert walk.walk.at == SCORE
    after, console = talked(walk, "much", "1 2", "14", "often", "14", "1")
    assert value(after, SCORE) == {"total": 14, "item_9": 1, "date": "2026-03-01"}
    for said in ("a score is expected here", "2 numbers were typed", "“often” is not an item score"):
        assert said in console.text
    unknown, _ = talked(walk, "14", "")
    assert value(unknown, SCORE)["item_9"] == {"not_known": True}
    whole, _ = talked(walk, "on 2026-02-20", "1 1 1 1 1 1 1 1 0")
    assert value(whole, SCORE) == {"items": [1, 1, 1, 1, 1, 1, 1, 1, 0], "date": "2026-02-20"}


def test_an_instrument_that_asks_about_danger_opens_the_guide() -> None:
    after, console = talked(begun("disclosure_during_goals", until=SCORE), "14", "1")
    assert after.walk.at.startswith("risk.")
    assert "Risk:" in console.text


def test_what_is_typed_beside_an_answer_is_kept_with_it() -> None:
    walk = begun("insomnia_archivist", until="problem.concern")
    after, console = talked(walk, "note said twice", "from the husband", "on 2026-02-27", "sleep")
    assert after.walk.raw("problem.concern") == {
        "value": ["sleep"],
        "note": "said twice",
        "source": "the husband",
        "date": "2026-02-27",
    }
    assert console.text.count(KEPT) == 3


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("99", "there is no option 99: they run from 1 to 19"),
        ("of", "“of” fits several options: type the number of one"),
        ("slep", "“slep” is not an option here: did you mean `sleep`?"),
        ("", "nothing was typed"),
    ],
)
def test_what_cannot_be_taken_is_said_and_the_question_stays(typed: str, said: str) -> None:
    walk = begun("insomnia_archivist", until="problem.concern")
    after, console = talked(walk, typed)
    assert said in console.text
    assert after.walk.at == "problem.concern"


def test_options_are_taken_by_range_name_and_own_words() -> None:
    walk = begun("insomnia_archivist", until="problem.concern")
    assert value(talked(walk, "1-2, 10")[0], "problem.concern") == ["low_mood", "worry", "sleep"]
    assert value(talked(walk, "poor sleep, own: the noise")[0], "problem.concern") == [
        "sleep",
        {"own": "the noise"},
    ]
    assert value(talked(walk, "own: the noise")[0], "problem.concern") == [{"own": "the noise"}]


KEEPS = "conceptualization.perpetuating"


def test_the_own_idea_is_kept_as_a_note_and_commands_work_before_the_list() -> None:
    walk = begun("insomnia_archivist", until=KEEPS)
    after, console = talked(walk, "why ask", "She tries too hard", "1", "the clock")
    assert after.walk.raw(KEEPS)["note"] == "own idea first: She tries too hard"
    assert console.text.count("Your own idea first") == 2
    moved, console = talked(walk, "back")
    assert moved.walk.at == "conceptualization.precipitating"
    assert "usual here" not in console.text[: console.text.index("Your own idea first")]
    assert talked(walk, "later")[0].walk.raw(KEEPS) == {"later": True}


def test_an_example_left_for_later_is_put_forward_as_nothing() -> None:
    walk = begun("insomnia_archivist", until=KEEPS)
    after, _ = talked(walk, "", "time_in_bed, sleep_effort", "later", "")
    assert value(after, KEEPS) == {"time_in_bed": True, "sleep_effort": True}
    again, _ = talked(after.go_to(KEEPS), "time_in_bed, sleep_effort", None, "the clock at three")
    assert value(again, KEEPS) == {"time_in_bed": True, "sleep_effort": "the clock at three"}
    kept, _ = talked(again.go_to(KEEPS), "sleep_effort", None)
    assert value(kept, KEEPS) == {"sleep_effort": "the clock at three"}


def test_why_names_what_is_offered_and_more_shows_every_option() -> None:
    walk = begun("insomnia_archivist", until=KEEPS)
    _, console = talked(walk, "", "why", "why not rumination", "more")
    assert "long or irregular time in bed" in console.text
    assert "not suggested: Nothing in the answers suggests it." in console.text


def test_a_sentence_that_begins_with_why_is_an_answer_to_an_open_question() -> None:
    walk = begun("insomnia_archivist", until="problem.wanted_change")
    after, _ = talked(walk, "why not simply sleep, she says")
    assert value(after, "problem.wanted_change") == "why not simply sleep, she says"


def test_a_decline_where_nothing_is_kept_says_so() -> None:
    walk = begun("insomnia_archivist", until=KEEPS)
    _, console = talked(walk, "", "decline 1: not so", "decline the moon: no")
    assert "Nothing is kept in this walk" in console.text
    assert "“the moon” is not offered here" in console.text


def test_answers_that_the_path_leaves_are_set_aside_and_come_back() -> None:
    walk = begun("insomnia_archivist")
    after, console = talked(walk, "change 10.1", "none of these", "set aside")
    assert "later answers are set aside: the path no longer asks." in console.text
    assert "Off the path as it is now" in console.text
    assert "how long sleep has been poor: 4 years" in console.text
    back, console = talked(after, "change 10.1", "2 3")
    assert "Answers that were set aside are back on the path." in console.text
    assert (
        back.walk.known["diagnosis_sleep.sleep_duration"] == walk.walk.known["diagnosis_sleep.sleep_duration"]
    )


def test_a_question_that_was_not_passed_cannot_be_changed() -> None:
    _, console = talked(begun("insomnia_archivist", until="problem.age"), "change 9.9")
    assert "no question 9.9 was passed: `list` shows the numbers." in console.text


def test_the_end_listens_until_it_is_left() -> None:
    lines = [
        "plan",
        "open",
        "set aside",
        "why cbti",
        "why not debriefing",
        "banana",
        "change 13.3",
        "8",
        "quit",
    ]
    after, console = talked(begun("insomnia_archivist"), *lines)
    assert after.finished
    assert value(after, "goals.confidence") == 8
    for said in (
        "The plan stands until its review",
        "Loose ends: 0.",
        "Nothing on the path stands open.",
        "No answer is set aside.",
        "Cognitive behavioural therapy for insomnia (CBT-I) is offered",
        "“banana” is not understood here",
    ):
        assert said in console.text
    assert console.lines == []


def test_from_the_end_one_goes_back_or_begins_a_round() -> None:
    walk = begun("insomnia_archivist")
    back, _ = talked(walk, "back")
    assert back.walk.at == "planning.review_now"
    assert talked(back, "onward")[0].finished
    round_, console = talked(walk, "round")
    assert round_.walk.round == 1
    assert "Enter keeps:" in console.text


def test_from_the_end_the_review_is_begun() -> None:
    walk = begun("depression_after_separation")
    assert walk.finished
    after, console = talked(walk, "review")
    assert "Type `review` to look with the client at how it is going." in console.text
    assert "overdue" not in console.text
    assert after.walk.at == "progress_review.safety_again"
    assert after.walk.round == 0
    late, console = talked(
        replace(walk, today=dt.date(2026, 11, 26), days=(Days(begun="2026-03-01"),)), "quit"
    )
    assert late.walk == walk.walk
    assert "as agreed, overdue)" in console.text


def test_an_urgent_notice_is_seen_before_the_walk_goes_on() -> None:
    walk = begun("immediate_danger")
    keys = [
        k
        for k in walk.walk.questions_passed()
        if walk.walk.program.steps[k.partition("@")[0]].node.verb == "tell"
    ]
    assert keys
    after, console = talked(walk.go_to(keys[0]), "seen")
    assert "URGENT:" in console.text
    assert after.walk.at != keys[0]


class Failing(Keeper):
    """A keeper whose disk is full."""

    def save(self, walk: GuidedWalk) -> None:
        raise CaseError("the disk is full", "free some space")

    def record(self, *given: Any, **more: Any) -> None:
        raise CaseError("the disk is full", "free some space")


def test_an_answer_that_cannot_be_saved_is_not_lost() -> None:
    walk = begun("insomnia_archivist", until=KEEPS)
    after, console = talked(walk, "", "1", "the clock", keeper=Failing(None, TODAY))
    assert console.text.count("Not saved: the disk is full. free some space") == 2
    assert value(after, KEEPS) == {"time_in_bed": "the clock"}


def test_a_suggestion_that_is_taken_up_is_kept_as_a_decision(tmp_path: Path) -> None:
    keeper = Keeper.open(
        tmp_path / "k.yaml", shipped(), client="K", flowchart="planning", today=TODAY, quick=False
    )
    walk = begun("insomnia_archivist", until=KEEPS)
    talked(walk, "", "sleep_effort, compulsions", "the clock", "counting", keeper=keeper)
    assert keeper.file is not None
    decisions = keeper.file.case.decisions
    assert [(d.kind, d.id, d.verdict) for d in decisions] == [
        ("perpetuating_factors", "sleep_effort", "accepted")
    ]


def test_a_declined_suggestion_says_when_and_why(tmp_path: Path) -> None:
    keeper = Keeper.open(
        tmp_path / "k.yaml", shipped(), client="K", flowchart="planning", today=TODAY, quick=False
    )
    walk = begun("insomnia_archivist", until=KEEPS)
    after, console = talked(walk, "", "decline 1", "she gets up at six", "more", keeper=keeper)
    assert "is declined; it comes back only if the answers behind it change." in console.text
    assert "declined on 2026-03-01: she gets up at six" in console.text
    assert f"Resume with: goldenthread walk --case {tmp_path / 'k.yaml'}" in console.text
    assert after.walk.at == KEEPS


def test_concerns_to_work_on_stand_in_the_order_in_which_they_were_chosen() -> None:
    _, console = talked(begun("insomnia_archivist", until="problem.concern"), "10 2")
    shown = console.text[console.text.index("Which of these do you and the client choose") :]
    assert shown.index("poor sleep") < shown.index("worry that will not stop")


def test_a_plain_list_of_treatments_begins_with_those_that_suit_the_case() -> None:
    walk = begun("insomnia_archivist", until="modality.preference")
    assert walk.question is not None
    assert walk.question.options[0].id == "cbti"
    assert {option.state for option in walk.question.options} == {"plain"}
    assert {option.id for option in walk.question.options} == set(shipped().model.modalities)


def test_a_prompt_wider_than_the_terminal_is_broken_between_words(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setattr("sys.stdin.readline", lambda: "yes\n", raising=False)
    assert Console().line("  " + "Twelve chars " * 8 + "? ") == "yes"
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) > 1
    assert all(len(line) <= 60 and line.startswith("  Twelve chars") for line in lines[:-1])


def test_examples_are_asked_for_and_kept_also_beside_own_words() -> None:
    walk = begun("insomnia_archivist", until=KEEPS)
    after, console = talked(
        walk, "", "time_in_bed, own: the neighbours, sleep_effort", "nine hours", "drums", ""
    )
    assert "the neighbours:" in console.text
    kept = [
        {"option": "time_in_bed", "example": "nine hours"},
        {"own": "the neighbours", "example": "drums"},
        "sleep_effort",
    ]
    assert value(after, KEEPS) == kept
    _, console = talked(after.go_to(KEEPS), None)
    assert "Enter keeps: long or irregular time in bed, the neighbours, " in console.text
    changed, _ = talked(after.go_to(KEEPS), "time_in_bed, own: the neighbours", None, "later")
    assert value(changed, KEEPS) == kept[:2]


def test_a_concern_in_own_words_is_chosen_by_its_number() -> None:
    walk = begun("insomnia_archivist", until="problem.concern")
    after, console = talked(walk, "10, own: the neighbours", "2 1", "quit")
    assert "2 the neighbours" in console.text
    assert value(after, "problem.targeted_concern") == ["own_1", "sleep"]
    assert after.plan().targeted == ("the neighbours", "poor sleep")


def test_risk_is_opened_at_the_end_of_a_walk() -> None:
    after, console = talked(begun("insomnia_archivist"), "risk", "quit")
    assert after.walk.at == "risk.risk_kind@opened_1"
    assert "back, risk, `round` for a new round" in console.text


def test_only_where_it_matters_the_main_one_is_to_come_first() -> None:
    _, console = talked(begun("insomnia_archivist", until="problem.practical_needs"))
    assert "the main one first" not in console.text
    _, console = talked(begun("insomnia_archivist", until="problem.concern"))
    assert "the main one first" in console.text


AGE = "problem.age"


def in_its_second_round() -> GuidedWalk:
    """Walk to the question behind the age, which a second round takes over."""
    said = {"value": 41, "date": "2026-01-05", "source": "record"}
    walk = begun("depression_after_separation", **{AGE: said}).begin_round()
    for answer in ("again so", "to sing", "individual"):
        walk = walk.answer(answer)
    assert walk.walk.at == "problem.concern"
    return walk


def test_what_is_taken_over_is_shown_and_confirmed() -> None:
    after, console = talked(in_its_second_round(), "kept", "note so she says", "confirm", "1")
    assert (
        "Taken over from an earlier round, and not asked again: 1.4 age: 41 years (2026-01-05)"
        in console.text
    )
    assert "`confirm N`: one of it" in console.text
    assert "Still so on 2026-03-01: age." in console.text
    assert after.walk.raw(AGE) == {"value": 41, "date": "2026-03-01", "source": "record"}
    assert after.walk.raw("problem.concern")["note"] == "so she says", (
        "what stands beside the next answer stays"
    )


def test_one_answer_that_is_taken_over_is_confirmed_by_its_number_once() -> None:
    after, console = talked(in_its_second_round(), "confirm 1.1", "confirm 1.4", "confirm 1.4", "kept")
    assert after.walk.raw(AGE)["date"] == "2026-03-01"
    assert console.text.count("Still so on") == 1
    assert console.text.count("There is nothing to confirm here") == 2
    assert "41 years (2026-01-05); confirmed 2026-03-01" in console.text
    assert "`confirm N`" not in console.text


def test_an_answer_that_is_taken_over_can_be_changed_instead() -> None:
    after, _ = talked(in_its_second_round(), "change 1.4", "42")
    assert value(after, AGE) == 42
    assert after.kept == ()


def test_the_end_says_how_much_was_taken_over_and_not_confirmed() -> None:
    walk = begun("depression_after_separation").begin_round()
    while walk.walk.at and walk.question is not None:
        walk = walk.answer(True if walk.question.kind == "acknowledge" else {"not_known": True})
    assert walk.kept
    after, console = talked(walk, "confirm", "kept", "quit")
    assert f"Taken over from an earlier round and not confirmed: {len(walk.kept)}" in console.text
    assert all(one.stands for one in after.kept)


def test_what_stood_beside_an_answer_stays_when_it_is_taken_as_put_forward(tmp_path: Path) -> None:
    said = {"value": "I cannot get up.", "date": "2026-01-05", "source": "mother", "note": "unsure"}
    first = begun("depression_after_separation", **{"problem.opening_words": said})
    keeper = Keeper.open(
        tmp_path / "c.yaml", shipped(), client="Linden", flowchart="planning", today=TODAY, quick=False
    )
    again, _ = talked(first.begin_round(), "", keeper=keeper)
    assert again.walk.raw("problem.opening_words") == {**said, "date": TODAY.isoformat()}
    same, _ = talked(first.go_to("problem.opening_words"), "", keeper=keeper)
    assert same.walk.raw("problem.opening_words") == said, "in its own round it was said when it was said"


def dated_second_round(**changed: Any) -> GuidedWalk:
    """Begin a second round whose first said everything on a day."""
    walk = begun("depression_after_separation", **changed)
    answers = {
        key: raw
        if isinstance(raw, dict) and ("total" in raw or "date" in raw)
        else {"value": raw, "date": "2026-01-05"}
        for key, raw in walk.walk.rounds[0].answers.items()
    }
    return shipped().resume([replace(walk.walk.rounds[0], answers=answers)], today=TODAY).begin_round()


def test_the_rest_of_a_phase_is_listed_and_confirmed_at_once() -> None:
    after, console = talked(dated_second_round(), "ahead", "", "", "note so she says", "confirm ahead", "1")
    assert "16 answers of this phase stand as they were: `ahead` lists them." in console.text
    assert "1.11 how long it has lasted: 5 months (2026-01-05)" in console.text
    assert "Then: 2.1 how the session is held, where Safety begins. `confirm ahead`" in console.text
    assert "Still so on 2026-03-01: 1.3, 1.6, 1.7," in console.text
    assert after.walk.raw("problem.problem_duration") == {"value": "5 months", "date": "2026-03-01"}
    assert after.walk.raw("safety.session_place")["note"] == "so she says", (
        "what stands beside the next answer stays"
    )


def test_it_keeps_what_enter_at_each_question_keeps(tmp_path: Path) -> None:
    walk = dated_second_round()
    while (key := walk.walk.at) != "conceptualization.own_view":
        before = walk.walk.rounds[0].answers[key]
        walk = walk.confirm_ahead() if walk.ahead.answers else walk.answer(before)
    cases = []
    for lines in (["confirm ahead"], [""] * len(walk.ahead.answers)):
        keeper = Keeper.open(
            tmp_path / f"{len(lines)}.yaml",
            shipped(),
            client="K",
            flowchart="planning",
            today=TODAY,
            quick=False,
        )
        after, _ = talked(walk, *lines, keeper=keeper)
        assert keeper.file is not None
        assert after.walk.at == "goals.own_goal"
        cases.append(keeper.file.case)
    at_once, by_hand = cases
    assert at_once.rounds == by_hand.rounds
    assert at_once.decisions == by_hand.decisions
    assert {one.kind for one in at_once.decisions} == {"precipitating_factors", "perpetuating_factors"}


def test_where_nothing_is_ahead_it_says_why() -> None:
    _, console = talked(begun("depression_after_separation", until="problem.age"), "ahead", "confirm ahead")
    assert console.text.count("Nothing is put forward from here on that could be confirmed at once.") == 2
    assert "Then: 1.4 age, not answered before." in console.text
