"""A library from files: sound, with faults planted in it, and with others laid over it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_library import SMALL, bank, changed

from goldenthread.diagnostics.printers import as_text
from goldenthread.loading.overlay import digest
from goldenthread.model import KINDS
from goldenthread.source import parse

if TYPE_CHECKING:
    from collections.abc import Callable

    from goldenthread.diagnostics import Report
    from goldenthread.model import Library

    Lay = Callable[..., tuple[Library, Report]]
    Clean = Callable[[Report], None]

TALK, ROLES, FACTORS = "flowcharts/talk.yaml", "goalbank/roles/roles.yaml", "goalbank/factors/factors.yaml"
INTERVENTIONS, ALERTS = "goalbank/interventions/interventions.yaml", "goalbank/alerts/alerts.yaml"


def codes(report: Report) -> list[str]:
    return [finding.code for finding in report]


def test_a_sound_library_loads_clean(lay: Lay, clean: Clean) -> None:
    library, report = lay(SMALL)
    clean(report)
    assert {kind: sorted(library.bank(kind)) for kind in KINDS if library.bank(kind)} == {
        "roles": ["attacks", "perpetuating", "reason"],
        "factors": ["avoidance"],
        "interventions": ["exposure"],
        "instruments": ["phq2"],
        "alerts": ["danger"],
        "obligations": ["safety_first"],
        "references": ["smith2010"],
    }
    assert list(library.flowcharts) == ["talk"]
    assert list(library.flowcharts["talk"].nodes) == [
        "reason",
        "attacks",
        "mood_score",
        "score",
        "factors",
        "end_calm",
        "end_pressing",
    ]
    assert library.facts["perpetuating"].type.options == {"avoidance": "Avoidance"}


def test_the_texts_are_kept_for_excerpts(lay: Lay) -> None:
    _, report = lay(SMALL)
    assert report.texts[f"layer_0/{TALK}"] == SMALL[TALK]
    assert len(report.texts) == len(SMALL)


def test_a_number_is_kept_as_it_was_written(lay: Lay) -> None:
    nodes = lay(SMALL)[0].flowcharts["talk"].nodes
    assert [nodes[id_].number for id_ in ("reason", "attacks", "mood_score")] == ["1.9", "1.10", "1.11a"]


def test_conditions_are_bound(lay: Lay) -> None:
    library, _ = lay(SMALL)
    (edge, otherwise) = library.flowcharts["talk"].nodes["mood_score"].edges
    assert edge.when is not None
    assert [fact.key for fact in edge.when.facts] == ["talk.mood_score", "talk.attacks"]
    assert edge.when.truth({"talk.mood_score": 8}, {}) is True
    assert (otherwise.kind, otherwise.go) == ("otherwise", "end_calm")


@pytest.mark.parametrize(
    ("path", "old", "new", "code", "near"),
    [
        (TALK, "as: perpetuating", "as: perpetuatin", "R001", "perpetuating"),
        (TALK, "go: score", "go: scoer", "R001", "score"),
        (TALK, "otherwise: end_calm", "otherwise: end_clam", "R001", "end_calm"),
        (TALK, "start: reason", "start: raeson", "R001", "reason"),
        (TALK, "measure: phq2", "measure: pqh2", "R001", "phq2"),
        (TALK, "when: pressing", "when: presing", "C002", "pressing"),
        (TALK, "mood_score >= 8", "mood_scor >= 8", "C002", "mood_score"),
        (TALK, "purpose: Begin.", "purpos: Begin.", "F001", "purpose"),
        (ROLES, "from: perpetuating_factors", "from: perpetuating_factor", "R001", "perpetuating_factors"),
        (ROLES, "answer: yes_no", "answer: yes_or_no", "F004", "yes_no"),
        (FACTORS, "interventions: [exposure]", "interventions: [expsoure]", "R001", "exposure"),
        (FACTORS, "when: attacks", "when: atacks", "C002", "attacks"),
        (INTERVENTIONS, "targets: [avoidance]", "targets: [avoidnce]", "R001", "avoidance"),
        (INTERVENTIONS, "avoidance in", "avoidence in", "C004", "avoidance"),
        (INTERVENTIONS, "ref: smith2010", "ref: smith2011", "R001", "smith2010"),
        (ALERTS, "opens: talk", "opens: tlak", "R001", "talk"),
        (ALERTS, "phq2.total", "phq2.totl", "C002", "phq2.total"),
    ],
)
def test_a_misspelt_id_is_found_and_the_nearest_named(
    lay: Lay, path: str, old: str, new: str, code: str, near: str
) -> None:
    files = changed(path, old, new)
    _, report = lay(files)
    (finding,) = (found for found in report if found.code == code)
    assert finding.help == f"did you mean `{near}`?"
    assert finding.span.file == f"layer_0/{path}"
    line = files[path].splitlines()[finding.span.line - 1]
    (wrong,) = set(re.findall(r"[\w.]+", new)) - set(re.findall(r"[\w.]+", old))
    assert line[finding.span.column - 1 : finding.span.end - 1] == wrong


def test_a_condition_is_marked_at_its_own_characters(lay: Lay) -> None:
    files = changed(TALK, "when: pressing", "when: 'pressing and moood_score > 3'")
    (finding,) = lay(files)[1]
    line = files[TALK].splitlines()[finding.span.line - 1]
    assert line[finding.span.column - 1 : finding.span.end - 1] == "moood_score"


def test_a_condition_over_several_lines_is_quoted_in_the_note(lay: Lay) -> None:
    files = changed(TALK, "when: pressing", "when: >-\n          pressing and\n          moood_score > 3")
    (finding,) = lay(files)[1]
    assert "pressing and moood_score > 3" in finding.note


def test_all_faults_are_in_one_report(lay: Lay) -> None:
    files = changed(TALK, "go: score", "go: nowhere")
    files = changed(ROLES, "answer: text", "answer: texts", files)
    files = changed(FACTORS, "[exposure]", "[exposing]", files)
    files = changed(ALERTS, "phq2.total >= 5", "phq2.total >= 50", files)
    files["goalbank/goals/torn.yaml"] = "goals: [unclosed\n"
    files["goalbank/goals/unknown.yaml"] = "golas: x\n"
    _, report = lay(files)
    found = {(finding.span.file.rpartition("/")[2], finding.code) for finding in report}
    assert found == {
        ("talk.yaml", "R001"),
        ("roles.yaml", "F004"),
        ("factors.yaml", "R001"),
        ("alerts.yaml", "C005"),
        ("torn.yaml", "S004"),
        ("unknown.yaml", "F005"),
    }


def test_a_broken_entry_hides_nothing_of_the_others_and_draws_no_second_error(lay: Lay) -> None:
    files = changed(ROLES, "answer: yes_no", "answer: maybe")
    files = changed(ROLES, "from: perpetuating_factors", "from: nothing_known", files)
    library, report = lay(files)
    assert [(f.code, f.span.line) for f in report if f.span.file.endswith("roles.yaml")] == [
        ("F004", 11),
        ("R001", 16),
    ]
    assert sorted(library.roles) == ["perpetuating", "reason"]
    assert not [f for f in report if "attacks" in f.message and f.code in {"R001", "C002"}]


@pytest.mark.parametrize(
    ("path", "old", "new", "code"),
    [
        (ROLES, "answer: yes_no", "answer: maybe", "F004"),
        (ROLES, "from: perpetuating_factors", "from: nothing_known", "R001"),
        (ROLES, "from: perpetuating_factors", "from: perpetuating", "R001"),
        (ROLES, "    from: perpetuating_factors\n", "", "F002"),
        (ROLES, "roles: roles", "roles: [roles", "S004"),
        (ROLES, "    about: The perpetuating", "\tabout: The perpetuating", "S005"),
        (TALK, "as: attacks", "as: attaks", "R001"),
        (TALK, "as: perpetuating", "as: perpetuatin", "R001"),
        (TALK, "measure: phq2", "measure: pqh2", "R001"),
        (FACTORS, "p: perpetuating", "p: perpetuatin", "F004"),
        (FACTORS, "factors: factors", "factors: [factors", "S004"),
        (INTERVENTIONS, "about: Going where", "abuot: Going where", "F001"),
    ],
)
def test_one_cause_gives_one_finding(lay: Lay, path: str, old: str, new: str, code: str) -> None:
    files = {**SMALL, TALK: SMALL[TALK].replace("next: end_pressing", "next: kept_going")}
    files[TALK] += """\
  kept_going:
    decide: Is it avoidance?
    next:
      - when: avoidance in factors
        go: end_pressing
      - when: phq2.total >= 3 and score >= 3
        go: end_pressing
      - otherwise: end_calm
"""
    assert not len(lay(files)[1])
    _, report = lay(changed(path, old, new, files))
    assert codes(report) == [code], as_text(report)


def test_roles_that_take_their_options_from_each_other_are_one_error(lay: Lay) -> None:
    text = "{}:\n  label: a place\n  about: Where.\n  answer: choices\n  from: {}\n"
    roles = bank("roles", text.format("place", "room") + text.format("room", "place"))
    asked = changed(TALK, "answer: number\n    between: [0, 10]", "as: room")
    asked[TALK] = asked[TALK].replace("mood_score >= 8", "home in mood_score")
    _, report = lay({**asked, "goalbank/roles/p.yaml": roles})
    (finding,) = report
    assert (finding.code, finding.message) == (
        "R001",
        "`place` takes its options from itself, by way of `room`",
    )


def test_a_condition_at_an_option_of_a_role_is_bound(lay: Lay) -> None:
    role = "place:\n  label: the place\n  about: Where.\n  answer: choice\n"
    role += "  options: {home: {label: At home, when: atacks}}\n"
    (finding,) = lay({**SMALL, "goalbank/roles/p.yaml": bank("roles", role)})[1]
    assert (finding.code, finding.help) == ("C002", "did you mean `attacks`?")


@pytest.mark.parametrize("text", ["case: {schema: 1}\nwalk: []\n", "answers: {talk.reason: it hurts}\n"])
def test_a_clients_file_in_a_library_is_left_out_with_a_warning(lay: Lay, text: str) -> None:
    _, report = lay({**SMALL, "goalbank/anna.yaml": text})
    (finding,) = report
    assert (finding.level, finding.code, finding.span.line) == ("warning", "R007", 1)


def test_a_broken_flowchart_draws_no_second_error(lay: Lay) -> None:
    library, report = lay(changed(TALK, "phase: problem", "phase: prolbem"))
    assert codes(report) == ["F004"]
    assert library.flowcharts == {}


def test_a_file_that_cannot_be_read_as_yaml_hides_nothing_of_the_others(lay: Lay) -> None:
    files = changed(TALK, "start: reason", "start: nowhere")
    files["goalbank/goals/torn.yaml"] = "goals: [unclosed\n"
    assert sorted(codes(lay(files)[1])) == ["R001", "S004"]


def test_a_folder_without_files_and_no_folder_are_findings(lay: Lay) -> None:
    library, report = lay({"notes.txt": "nothing"}, {})
    assert codes(report) == ["S001", "S001"]
    assert library.flowcharts == {}


# Libraries laid over each other

REASON = """\
reason:
  label: another label
  about: Why the client comes now.
  answer: text
"""


def digest_of(path: str, id_: str) -> str:
    tree, _, _ = parse(SMALL[path], path)
    assert tree is not None
    return digest(tree.data["entries"][id_])


def test_replaces_takes_the_place(lay: Lay, clean: Clean) -> None:
    over = {"r.yaml": bank("roles", REASON + f"  replaces: reason\n  digest: {digest_of(ROLES, 'reason')}\n")}
    library, report = lay(SMALL, over)
    clean(report)
    assert library.roles["reason"].label == "another label"


def test_replaces_under_another_id_leaves_the_old_one_out(lay: Lay) -> None:
    over = {"r.yaml": bank("roles", REASON.replace("reason:", "motive:") + "  replaces: reason\n")}
    library, report = lay(SMALL, over)
    assert sorted(library.roles) == ["attacks", "motive", "perpetuating"]
    assert {finding.code for finding in report} == {"R001", "C002"}


def test_replaces_cannot_take_an_id_that_is_in_use(lay: Lay) -> None:
    over = {"r.yaml": bank("roles", REASON.replace("reason:", "attacks:") + "  replaces: reason\n")}
    library, report = lay(SMALL, over)
    assert codes(report) == ["R002"]
    assert sorted(library.roles) == ["attacks", "perpetuating", "reason"]


def test_drift_is_a_warning_that_names_the_new_digest(lay: Lay) -> None:
    over = {"r.yaml": bank("roles", REASON + "  replaces: reason\n  digest: d00000000000\n")}
    library, report = lay(SMALL, over)
    (finding,) = report
    assert (finding.code, finding.level) == ("R005", "warning")
    assert digest_of(ROLES, "reason") in finding.message
    assert library.roles["reason"].label == "another label"


def test_extends_adds_and_keeps(lay: Lay, clean: Clean) -> None:
    over = {
        "f.yaml": bank(
            "factors",
            """\
more_avoidance:
  extends: avoidance
  interventions: [exposure, relaxation]
  suggest:
    - when: talk.mood_score > 3
      because: Low mood makes people stay away.
      basis: clinical_consensus
""".replace("talk.mood_score > 3", "phq2.total >= 3"),
        ),
        "i.yaml": bank(
            "interventions",
            """\
relaxation:
  name: Relaxation
  say: Letting go
  about: Letting go of tension.
  targets: [avoidance]
  suggest:
    - {when: attacks, because: It may help., basis: clinical_consensus}
""",
        ),
    }
    library, report = lay(SMALL, over)
    clean(report)
    factor = library.factors["avoidance"]
    assert factor.interventions == ("exposure", "relaxation")
    assert [rule.when.text for rule in factor.suggest] == ["attacks", "phq2.total >= 3"]
    assert factor.name == "Avoidance"
    assert "more_avoidance" not in library.factors


def test_extends_adds_options_to_a_role(lay: Lay, clean: Clean) -> None:
    role = "place:\n  label: the place\n  about: Where.\n  answer: choice\n  options: {home: At home}\n"
    over = bank("roles", "more_places:\n  extends: place\n  options: {work: At work}\n")
    library, report = lay({**SMALL, "goalbank/roles/p.yaml": bank("roles", role)}, {"r.yaml": over})
    clean(report)
    assert list(library.roles["place"].options) == ["home", "work"]
    assert library.facts["place"].type.options == {"home": "At home", "work": "At work"}


def test_extends_overwrites_nothing(lay: Lay) -> None:
    role = "place:\n  label: the place\n  about: Where.\n  answer: choice\n  options: {home: At home}\n"
    over = bank("roles", "more_places:\n  extends: place\n  options: {work: At work, home: Elsewhere}\n")
    library, report = lay({**SMALL, "goalbank/roles/p.yaml": bank("roles", role)}, {"r.yaml": over})
    (finding,) = report
    assert (finding.code, finding.span.line, finding.span.column) == ("R002", 6, 30)
    assert library.facts["place"].type.options == {"home": "At home", "work": "At work"}


def test_extends_says_which_keys_it_does_not_read(lay: Lay) -> None:
    over = bank("factors", "more:\n  extends: avoidance\n  name: Staying away\n")
    library, report = lay(SMALL, {"f.yaml": over})
    (finding,) = report
    assert (finding.level, finding.code, finding.span.line) == ("warning", "R008", 6)
    assert library.factors["avoidance"].name == "Avoidance"


def test_what_extends_added_is_marked_where_it_stands(lay: Lay) -> None:
    over = bank("factors", "more:\n  extends: avoidance\n  interventions: [exposing]\n")
    (finding,) = lay(SMALL, {"f.yaml": over})[1]
    assert (finding.code, str(finding.span)) == ("R001", "layer_1/f.yaml:6:21")


def test_a_flowchart_is_extended_with_nodes_that_are_its_own(lay: Lay) -> None:
    more = "flowchart: more_talk\nextends: talk\nreview: {status: draft}\nnodes:\n"
    more += "  later:\n    ask: When?\n    answer: text\n    next: end_calm\n  end_calm:\n    end: Twice\n"
    library, report = lay(SMALL, {"f.yaml": more})
    assert [(f.code, f.span.line) for f in report] == [("R002", 9)]
    assert library.flowcharts["talk"].nodes["later"].key == "talk.later"
    assert library.flowcharts["talk"].nodes["end_calm"].end == "Nothing is pressing"


def test_a_flowchart_is_removed_without_more_words(lay: Lay, clean: Clean) -> None:
    extra = SMALL[TALK].replace("flowchart: talk", "flowchart: extra")
    base = {**SMALL, "flowcharts/extra.yaml": extra}
    library, report = lay(base, {"f.yaml": "flowchart: no_extra\nremoves: extra\n"})
    clean(report)
    assert list(library.flowcharts) == ["talk"]


def test_removes_takes_away_and_what_named_it_is_found(lay: Lay, clean: Clean) -> None:
    library, report = lay(SMALL, {"r.yaml": bank("references", "no_smith:\n  removes: smith2010\n")})
    assert library.references == {}
    assert codes(report) == ["R001", "R001"]
    library, report = lay(SMALL, {"r.yaml": bank("factors", "nothing:\n  removes: avoidance\n")})
    assert library.factors == {}
    assert "R001" in codes(report)


@pytest.mark.parametrize("verb", ["removes", "replaces", "extends"])
def test_an_overlay_over_nothing_is_refused_with_the_nearest_name(lay: Lay, verb: str) -> None:
    over = bank("roles", REASON.replace("reason:", "other:") + f"  {verb}: raeson\n")
    _, report = lay(SMALL, {"r.yaml": over})
    (finding,) = report
    assert (finding.code, finding.help) == ("R004", "did you mean `reason`?")


def test_an_overlay_over_its_own_library_is_refused(lay: Lay) -> None:
    _, report = lay({**SMALL, "goalbank/roles/z.yaml": bank("roles", "other:\n  removes: reason\n")})
    assert codes(report) == ["R004"]


def test_an_overlay_over_a_broken_entry_is_no_second_error(lay: Lay) -> None:
    files = changed(ROLES, "about: Why the client comes now.", "about:")
    library, report = lay(files, {"r.yaml": bank("roles", REASON + "  replaces: reason\n")})
    assert codes(report) == ["F003"]
    assert library.roles["reason"].label == "another label"


@pytest.mark.parametrize(("kind", "id_"), [("alerts", "danger"), ("obligations", "safety_first")])
@pytest.mark.parametrize("verb", ["removes", "replaces"])
def test_what_keeps_clients_safe_stays(lay: Lay, kind: str, id_: str, verb: str) -> None:
    whole = SMALL[f"goalbank/{kind}/{kind}.yaml"].partition("entries:\n")[2].replace("\n  ", "\n").strip()
    text = bank(kind, whole + f"\n  {verb}: {id_}\n")
    library, report = lay(SMALL, {"a.yaml": text})
    assert codes(report) == ["R004"]
    assert library.bank(kind)[id_].span.file.startswith("layer_0/")


def test_what_is_of_another_kind_is_refused(lay: Lay) -> None:
    _, report = lay(SMALL, {"f.yaml": bank("factors", "other:\n  extends: reason\n")})
    assert codes(report) == ["R003"]


def test_the_same_id_in_a_later_library_asks_for_replaces(lay: Lay) -> None:
    library, report = lay(SMALL, {"r.yaml": bank("roles", REASON)})
    (finding,) = report
    assert (finding.code, finding.help) == ("R002", "write `replaces: reason` to take its place")
    assert library.roles["reason"].label == "the reason for coming"


def test_the_same_id_twice_in_one_library_asks_for_another(lay: Lay) -> None:
    _, report = lay({**SMALL, "goalbank/roles/z.yaml": bank("roles", REASON)})
    (finding,) = report
    assert (finding.code, finding.help) == ("R002", "give one of them another id")
    assert f"layer_0/{ROLES}:4:3" in finding.message


entries = st.dictionaries(
    st.text("abc", min_size=1), st.one_of(st.integers(), st.text(), st.lists(st.text()))
)


@given(entries, entries)
def test_a_digest_is_of_what_was_written_not_of_its_order(
    one: dict[str, object], other: dict[str, object]
) -> None:
    assert digest(one) == digest(dict(reversed(one.items())))
    assert (digest(one) == digest(other)) is (one == other)
    tree, found, _ = parse(f"digest: {digest(one)}\n", "x.yaml")
    assert tree is not None
    assert tree.data == {"digest": digest(one)}
    assert not found
