"""What enters the record: what was chosen, as it was reworded, and nothing that was kept out."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest
from export_plans import ALL, plan_of, shipped_plan, small_plan
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.case import Decision
from goldenthread.export import FIELDS, text
from goldenthread.export.document import Item, Para, Sub
from goldenthread.export.record import RECORDED, STALE, footer, record, to_edit
from goldenthread.export.rewording import behind, blocks_of, editable
from goldenthread.export.sheet import part

BESIDE = "depression_after_separation"
"""A case with hypotheses and treatments beside those that were taken."""
PLANS = [pytest.param(which, id="-".join(which)) for which in ALL]


@dataclass(frozen=True)
class Words:
    text: str
    over: str = ""


def decided(kind, id_, verdict="declined", reason=""):
    return Decision(round=0, kind=kind, id=id_, verdict=verdict, on="2026-03-01", reason=reason)


def said(made):
    return " ".join(text.render(made.document).split())


def names(made):
    return [section.name for section in made.document.sections]


@pytest.mark.parametrize("which", PLANS)
def test_the_parts_that_were_chosen_are_there_in_the_plans_order_and_no_others(which):
    plan = plan_of(which)
    assert names(record(plan)) == [name for name in RECORDED if part(plan, name)]
    assert names(record(plan, fields=["goals", "problem"])) == [
        n for n in ("problem", "goals") if part(plan, n)
    ]
    everything = record(plan, fields=FIELDS, considered=True).document
    assert everything.sections == tuple(s for s in everything.sections if s.blocks == part(plan, s.name))


def test_a_part_that_there_is_not_is_named():
    with pytest.raises(KeyError, match="gaols"):
        record(small_plan("full"), fields=["goals", "gaols"])


@pytest.mark.parametrize("which", PLANS)
def test_how_a_plan_stands_is_said_whatever_was_chosen(which):
    plan = plan_of(which)
    words = said(record(plan, fields=[]))
    assert plan.status in words
    assert "Draft content" in words
    if plan.status in {"held", "stopped"}:
        assert plan.status.upper() in words


def test_what_was_put_forward_and_not_taken_stays_out_unless_wanted():
    plan = shipped_plan(BESIDE)
    taken = {line.id for line in plan.working}
    others = [offer.entry.name for offer in plan.diagnoses.offers if offer.id not in taken]
    beside = [line.name for line in plan.treatments if not line.chosen]
    assert others
    assert beside
    bare, whole = record(plan), record(plan, considered=True)
    for name in (*others, *beside):
        assert f"{name}." not in said(bare)
        assert f"{name} (" not in said(bare)
        assert text.plain(name) in said(whole)
    for line in (*plan.working, *(line for line in plan.treatments if line.chosen)):
        assert text.plain(line.name) in said(bare)


def test_hypotheses_stand_in_the_record_while_no_diagnosis_is_chosen_and_go_when_declined():
    plan = replace(shipped_plan(BESIDE), working=())
    first, *others = plan.diagnoses.offers
    assert text.plain(first.entry.name) in said(record(plan, fields=["diagnosis"]))
    declined = decided("diagnoses", first.id)
    made = record(plan, fields=["diagnosis"], decisions=[declined])
    assert f"{text.plain(first.entry.name)} (" not in said(made)
    assert all(text.plain(offer.entry.name) in said(made) for offer in others)
    again = record(
        plan, fields=["diagnosis"], decisions=[declined, decided("diagnoses", first.id, "accepted")]
    )
    assert f"{text.plain(first.entry.name)} (" in said(again)


def test_declines_are_told_only_if_wanted_each_once_with_its_newest_reason():
    decisions = [
        decided("modalities", "cbt_panic", reason="too far to travel"),
        decided("modalities", "cbt_panic", reason="she would rather be active"),
        decided("goals", "lift_mood", "later"),
        decided("goals", "sleep"),
        decided("goals", "sleep", "accepted"),
    ]
    plan = small_plan("full")
    assert "Declined" not in said(record(plan, decisions=decisions))
    assert "too far" not in said(record(plan, decisions=decisions))
    made = record(plan, decisions=decisions, declines=True, names=lambda kind, id_: f"{kind}:{id_}")
    assert names(made)[-1] == "declined"
    (item,) = made.document.sections[-1].blocks
    assert item == Item(
        "Modalities:cbt_panic (treatment), on 1 March 2026.", ("Why: She would rather be active.",)
    )
    assert "declined" not in names(record(plan, declines=True))


def test_private_things_enter_only_if_wanted():
    plan = replace(small_plan("full"), own_view="a view of mine", own_hypothesis="a guess of mine")
    assert "of mine" not in said(record(plan))
    assert "a view of mine" in said(record(plan, private=True))
    assert "a guess of mine" in said(record(plan, private=True))


def test_a_rewording_stands_in_the_place_of_its_part():
    plan = small_plan("full")
    words = Words("She lies awake.\n- since June\n  - every night\n", behind(plan, "problem"))
    made = record(plan, wording={"problem": words})
    assert made.stale == ()
    section = next(s for s in made.document.sections if s.name == "problem")
    assert section.blocks == (Para("She lies awake."), Item("since June", ("every night",)))
    assert record(plan, wording={"problem": Words("  \n", "x")}) == record(plan)
    assert "She lies awake." not in said(record(plan, fields=["goals"], wording={"problem": words}))


def test_a_rewording_over_answers_that_have_changed_is_flagged_and_says_so():
    plan = small_plan("full")
    words = {name: Words("My words.", behind(plan, name)) for name in FIELDS}
    changed = replace(plan, statement=replace(plan.statement, text="K7 comes with something else."))
    made = record(changed, wording=words)
    assert made.stale == ("problem",)
    assert next(s for s in made.document.sections if s.name == "problem").blocks == (
        Para(STALE),
        Para("My words."),
    )


def test_a_day_that_is_only_counted_from_today_makes_no_rewording_stale():
    plan = small_plan("full")
    later = replace(
        plan,
        date="2026-03-09",
        review_date="2026-06-30",
        review_words=plan.review_words.replace(plan.date, "2026-03-09"),
        goals=tuple(replace(goal, due="2026-07-01") for goal in plan.goals),
    )
    assert [name for name in FIELDS if behind(plan, name) != behind(later, name)] == []
    other = replace(plan, review_words="every week, as agreed")
    assert behind(plan, "review") != behind(other, "review")


@pytest.mark.parametrize("which", PLANS)
def test_a_part_taken_to_be_edited_and_left_as_it_was_is_the_same_part(which):
    plan = plan_of(which)
    for name in FIELDS:
        blocks = part(plan, name)
        again = blocks_of(editable(blocks))
        assert text.body(again) == text.body(blocks)
        assert [type(block) for block in again] == [type(block) for block in blocks]
        assert editable(again) == editable(blocks)


def test_what_is_taken_to_be_edited_leaves_out_what_the_record_leaves_out():
    plan = shipped_plan(BESIDE)
    beside = next(line for line in plan.treatments if not line.chosen)
    assert beside.name not in to_edit(plan, "treatment")
    assert blocks_of(to_edit(plan, "goals")) == blocks_of(editable(part(plan, "goals")))


@given(st.text(max_size=300))
def test_no_word_that_was_written_is_lost(written):
    blocks = blocks_of(written)
    kept = "".join(b.text + "".join(getattr(b, "under", ())) for b in blocks)
    assert sorted(c for c in kept if c.isalpha()) == sorted(c for c in written if c.isalpha())


def test_headings_points_and_numbers_are_read():
    assert blocks_of("# Now\nA line.\n\n* one\n  under it\n2. two\n  - below\n") == (
        Sub("Now"),
        Para("A line."),
        Item("one", ("under it",)),
        Item("two", ("below",), 2),
    )


def test_the_footer_says_whose_which_when_and_whether_signed():
    plan = replace(small_plan("full"), draft=True)
    assert footer(plan) == "Treatment plan for K7 · version 1 · 2 March 2026 · not signed · draft content"
    assert "signed by A on 3 March" in footer(plan, "signed by A on 3 March")
    assert "draft" not in footer(replace(plan, draft=False))
