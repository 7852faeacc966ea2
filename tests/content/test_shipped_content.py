"""What the shipped content promises: vignettes pass, the quick path is short, every target has a way to it."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest

from goldenthread.advise import Facts, advise
from goldenthread.diagnostics import Report
from goldenthread.diagnostics.printers import as_text
from goldenthread.loading import shipped as shipped_folder
from goldenthread.loading import vignette_files
from goldenthread.model import Option, Rule, Source, Suggestion
from goldenthread.plan import make_plan, read
from goldenthread.trial import read_vignettes, run_vignette
from goldenthread.walk import Settings, Walk
from small import shipped

VIGNETTES = vignette_files(shipped_folder() / "flowcharts")
MODEL = shipped().model
PERPETUATING = MODEL.advised("perpetuating_factors")
CLEAN = {
    **dict.fromkeys(
        ("suicidal_thoughts", "self_harm", "harm_to_others", "abuse_now", "dependant_at_risk"), False
    ),
    "unwell_now": ("none_of_these",),
}
PLANNED = sorted(id_ for id_, diagnosis in MODEL.diagnoses.items() if diagnosis.route == "plan")


def test_there_are_twenty_vignettes_or_more():
    assert len(VIGNETTES) >= 20
    assert len({path.stem for path in VIGNETTES}) == len(VIGNETTES)


@pytest.mark.parametrize("path", VIGNETTES, ids=lambda path: path.stem)
def test_every_vignette_passes(path):
    made, wrong, texts = read_vignettes([path])
    report = Report()
    report.texts.update(texts)
    report.extend(wrong)
    assert not report.errors, "\n" + as_text(report)
    outcome = run_vignette(shipped().program, made[0])
    report.extend(outcome.found)
    assert outcome.passed, "\n" + as_text(report)
    assert made[0].id == path.stem
    assert made[0].data.get("review", {}).get("status") == "draft"
    assert made[0].data["expect"], "a vignette without expectations shows nothing"


_WEAKER = re.compile(r"shorter|fewer signs|short-term|is missing|present or not yet asked")


@pytest.mark.parametrize("path", VIGNETTES, ids=lambda path: path.stem)
def test_no_reason_for_a_diagnosis_calls_short_what_another_calls_long_enough(path):
    made, _, _ = read_vignettes([path])
    facts = read(run_vignette(shipped().program, made[0]).walk).facts
    for offer in advise(MODEL, facts, "diagnoses").offers:
        true = [rule for rule in offer.entry.suggest if rule.when.truth(facts.known, facts.asked)]
        if any(rule.strength == "strong" for rule in true):
            assert not [rule.because for rule in true if _WEAKER.search(rule.because)], offer.id


def test_vignettes_are_trials_that_can_fail():
    """Each expectation of each vignette is turned round; the vignette then has to fail."""
    for path in VIGNETTES:
        made, _, _ = read_vignettes([path])
        expect = made[0].data["expect"]
        turned = {"passes": expect.get("never_passes", []), "never_passes": expect.get("passes", [])}
        if not any(turned.values()):
            continue
        case = type(made[0])(made[0].id, {**made[0].data, "expect": turned}, _AnyPlace(made[0].tree))
        found = [d for d in run_vignette(shipped().program, case).found if d.code == "V003"]
        assert len(found) == sum(map(len, turned.values())), path.stem


class _AnyPlace:
    """Gives the place of the whole file for expectations that do not stand in it."""

    def __init__(self, tree):
        self.tree = tree

    def path(self, path, on_key=False):
        return self.tree.path(["expect"], on_key=on_key)


def quick(concern, age=35):
    """Walk the quick path of one concern, answering what is asked with the first thing that is offered."""
    walk = Walk.start(shipped().program, "planning", settings=Settings(quick=True))
    given = 0
    while walk.at:
        before = walk.at
        walk = walk.answer(_short_answer(walk, concern, age))
        assert walk.problem is None, (walk.problem, before)
        given += 1
        assert given < 100
    return walk, given


def _short_answer(walk, concern, age):
    node, step = walk.node, walk.step
    library = walk.program.library
    if node.role == "concern":
        return [concern]
    if node.role == "age":
        return age
    if node.role == "perpetuating":
        offers = advise(library, read(walk).facts, "perpetuating_factors").offers
        assert offers, f"nothing that keeps it going is suggested for {concern}"
        return {offers[0].id: "an example"}
    if node.role == "chosen_goals":
        offers = advise(library, read(walk).facts, "goals").offers
        assert offers, f"no goal is offered for {concern}"
        return [{"id": offers[0].id}]
    if node.verb == "tell":
        return True
    role = library.roles.get(node.role)
    options = role.options if role else node.options
    alone = [option.id for option in options.values() if option.exclusive]
    kind = step.type.kind
    if kind == "yes_no":
        return False
    if kind == "choices":
        return alone[:1] or [next(iter(step.type.options))]
    if kind == "choice":
        return next(iter(step.type.options))
    return {"text": "A few words", "number": step.type.low, "duration": "90 days", "date": "2026-01-05"}[kind]


CONCERNS = [
    "panic",
    "low_mood",
    "worry",
    "social_fear",
    "specific_fear",
    "sleep",
    "obsessions",
    "grief",
    "trauma",
    "life_change",
]


def test_the_concerns_tried_below_are_concerns():
    assert set(concerns()) <= set(MODEL.roles["concern"].options)
    assert len(concerns()) >= 5


def concerns():
    return [concern for concern in CONCERNS if concern in MODEL.roles["concern"].options]


@pytest.mark.parametrize("concern", concerns())
def test_the_quick_path_gives_a_provisional_plan_in_fifteen_answers(concern):
    walk, given = quick(concern)
    assert walk.finished
    assert given <= 15
    plan = make_plan(walk, dt.date(2026, 1, 5))
    assert plan.status == "provisional"
    assert plan.perpetuating
    assert plan.goals
    assert plan.next_step
    assert plan.open


@pytest.mark.parametrize("id_", sorted(PERPETUATING))
def test_every_perpetuating_factor_has_a_goal_and_an_intervention(id_):
    assert [goal.id for goal in MODEL.goals.values() if id_ in goal.targets], "no goal is for it"
    assert [x.id for x in MODEL.interventions.values() if id_ in x.targets] or PERPETUATING[id_].interventions
    for name in PERPETUATING[id_].interventions:
        assert name in MODEL.interventions


def test_there_are_eleven_conditions_that_can_be_planned():
    assert len(PLANNED) >= 11


@pytest.mark.parametrize("id_", [id_ for id_ in PLANNED if id_ != "usual_grief"])
def test_the_goals_of_a_condition_span_four_domains(id_):
    assert len({goal.domain for goal in MODEL.goals.values() if id_ in goal.diagnoses}) >= 4


@pytest.mark.parametrize("id_", PLANNED)
def test_what_usually_keeps_a_condition_going_has_a_goal_that_is_suggested_for_it(id_):
    """With the diagnosis, the concerns and the factor known and a clean screen, a goal is offered or waits."""
    usual = MODEL.diagnoses[id_].perpetuating
    assert usual, "what usually keeps it going is named"
    lacking = []
    for factor in usual:
        concerns_ = tuple(MODEL.roles["concern"].options)
        known = {
            **CLEAN,
            "working_diagnosis": (id_,),
            "perpetuating": (factor,),
            "age": 35,
            "concern": concerns_,
        }
        advice = advise(MODEL, Facts(known), "goals")
        suggested = [*(o.entry for o in advice.offers), *(h.entry for h in advice.held if h.suggested)]
        if not any(factor in goal.targets for goal in suggested):
            lacking.append(factor)
    assert lacking == []


def test_every_goal_shares_an_intervention_with_some_treatment():
    held = {name for modality in MODEL.modalities.values() for name in modality.interventions}
    assert [goal.id for goal in MODEL.goals.values() if not held & set(goal.interventions)] == []


def test_every_treatment_serves_some_goal_save_the_one_that_is_there_to_be_left_out():
    wanted = {name for goal in MODEL.goals.values() for name in goal.interventions}
    assert [m.id for m in MODEL.modalities.values() if not wanted & set(m.interventions)] == ["debriefing"]


def test_every_goal_can_be_measured_and_dated():
    for goal in MODEL.goals.values():
        assert goal.measure.start in goal.blanks, goal.id
        assert goal.measure.target in goal.blanks, goal.id
        assert goal.time in goal.blanks, goal.id
        assert goal.objectives, goal.id
        assert goal.targets, goal.id


def test_the_text_and_the_say_of_a_goal_name_the_same_blanks():
    for goal in MODEL.goals.values():
        named = set(re.findall(r"\{([a-z_0-9]+)\}", goal.text)) - {"client"}
        assert named <= set(goal.blanks), goal.id
        assert set(re.findall(r"\{([a-z_0-9]+)\}", goal.say)) <= {*goal.blanks, "client"}, goal.id


def test_nothing_is_reviewed_without_a_named_human():
    wrong = [
        thing.id
        for thing in (*MODEL.entries(), *MODEL.flowcharts.values())
        if thing.review.status != "draft" or thing.review.by
    ]
    assert wrong == []


def parts(thing):
    """Give every part of a thing that makes a claim, with the thing itself."""
    yield thing
    for field in fields(thing):
        value = getattr(thing, field.name)
        inner = value.values() if isinstance(value, dict) else value if isinstance(value, tuple) else ()
        for part in inner:
            if is_dataclass(part):
                yield from parts(part)


def sources_of(thing):
    return [part for part in parts(thing) if isinstance(part, Source)]


def test_every_rule_has_a_source_or_says_what_it_rests_on():
    rules = [
        (entry.id, part)
        for entry in MODEL.entries()
        for part in parts(entry)
        if isinstance(part, Rule | Suggestion)
    ]
    assert len(rules) > 100
    assert [(id_, rule.because) for id_, rule in rules if not rule.sources and not rule.basis] == []


def test_every_alert_and_obligation_and_scale_has_a_source_or_a_basis():
    bare = [
        entry.id
        for entry in (*MODEL.alerts.values(), *MODEL.obligations.values(), *MODEL.requirements.values())
        if not entry.sources and not entry.basis
    ]
    assert bare == []
    unsourced = [
        i.id
        for i in MODEL.instruments.values()
        if not i.sources and not any(scale.sources for scale in i.scales.values())
    ]
    assert unsourced == []


def test_every_source_names_a_reference_its_place_and_its_claim():
    found = [
        (thing.id, source) for thing in (*MODEL.entries(), *MODEL.nodes()) for source in sources_of(thing)
    ]
    assert len(found) > 100
    for id_, source in found:
        assert source.ref in MODEL.references, (id_, source.ref)
        assert source.at.strip(), (id_, source.ref)
        assert source.says.strip(), (id_, source.ref)


def test_a_strong_claim_of_high_or_moderate_certainty_rests_on_a_source():
    wrong = [
        (entry.id, rule.because)
        for kind in ("diagnoses", "interventions", "modalities", "goals")
        for entry in MODEL.advised(kind).values()
        for rule in entry.suggest
        if rule.certainty in {"high", "moderate"} and not rule.sources
    ]
    assert wrong == []


def test_what_is_asked_of_the_client_can_be_said_to_the_client():
    """A question without words for the client is one that the clinician answers alone."""
    wrong = []
    for node in MODEL.nodes():
        role = MODEL.roles.get(node.role)
        clinicians = bool(role and role.private)
        if node.verb == "ask" and not node.say and not clinicians:
            wrong.append(node.key)
    assert set(wrong) == ASKED_OF_THE_CLINICIAN


ASKED_OF_THE_CLINICIAN: set[str] = set()


def test_options_have_words():
    for thing in (*MODEL.nodes(), *MODEL.roles.values()):
        for option in thing.options.values():
            assert isinstance(option, Option)
            assert option.label.strip()


def test_no_text_grades_risk():
    """Actions, not levels: no end, option or message says low, medium or high risk."""
    graded = re.compile(r"\b(low|medium|moderate|high)[- ]risk\b", re.IGNORECASE)
    said = [
        (node.key, text)
        for node in MODEL.nodes()
        for text in (node.end, node.ask, node.say)
        if graded.search(text)
    ]
    said += [
        (role.id, option.label)
        for role in MODEL.roles.values()
        for option in role.options.values()
        if graded.search(option.label)
    ]
    assert said == []


def test_the_folder_of_the_shipped_library_is_where_the_code_finds_it():
    assert (Path(shipped_folder()) / "goalbank").is_dir()


@pytest.mark.parametrize("said", [1, {"not_known": True}])
@pytest.mark.parametrize(
    ("instrument", "number"), [(i.id, risk.item) for i in MODEL.instruments.values() for risk in i.risk]
)
def test_a_risk_item_that_is_positive_or_not_known_raises_an_alert_whatever_the_total(
    instrument: str, number: int, said: object
) -> None:
    key = f"{instrument}.item_{number}"
    known = {key: said} if isinstance(said, int) else {}
    asked = {} if isinstance(said, int) else {key: "not_known"}
    raised = [alert for alert in MODEL.alerts.values() if alert.raise_when.truth(known, asked) is True]
    assert [alert.opens for alert in raised] == ["risk"]
    assert not [alert for alert in MODEL.alerts.values() if alert.raise_when.truth({key: 0}, {}) is True]
