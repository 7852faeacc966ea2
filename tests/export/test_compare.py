"""Two versions of a plan side by side."""

from __future__ import annotations

from dataclasses import replace

import pytest
from export_plans import ALL, plan_of, shipped_plan

from goldenthread.export import FIELDS, as_text, text
from goldenthread.export.compare import TOP, Row, compare, sections
from goldenthread.export.record import record
from goldenthread.export.sheet import sheet

PLANS = [pytest.param(which, id="-".join(which)) for which in ALL]


def states(before, after):
    return {part.heading: part.state for part in compare(before, after)}


@pytest.mark.parametrize("which", PLANS)
def test_a_plans_text_falls_into_its_parts_with_every_word(which):
    document = sheet(plan_of(which))
    found = sections(text.render(document))
    assert list(found) == [TOP, *(section.heading for section in document.sections)]
    for section in document.sections:
        words = " ".join(" ".join(found[section.heading]).split())
        assert words == " ".join(text.body(section.blocks).split())


@pytest.mark.parametrize("which", PLANS)
def test_a_plan_is_the_same_as_itself(which):
    words = as_text(plan_of(which))
    parts = compare(words, words)
    assert {part.state for part in parts} == {"same"}
    assert all(row.before == row.after for part in parts for row in part.rows)


def test_a_part_that_changed_shows_what_in_both():
    plan = shipped_plan("depression_with_worry")
    other = replace(plan, next_step="ring the ward on Monday")
    (changed,) = [part for part in compare(as_text(plan), as_text(other)) if part.state != "same"]
    assert changed.heading == FIELDS["review"]
    (row,) = [row for row in changed.rows if row.state != "same"]
    assert row.state == "changed"
    assert plan.next_step.rstrip(".") in row.before
    assert row.after == "- Next step: ring the ward on Monday."


def test_parts_that_came_and_went():
    plan = shipped_plan("depression_with_worry")
    less = text.render(record(plan, fields=["problem", "goals"]).document)
    more = text.render(record(plan, fields=["problem", "safety", "goals"]).document)
    assert states(less, more) == {TOP: "same", "Problem": "same", "Safety": "added", "Goals": "same"}
    assert states(more, less) == {TOP: "same", "Problem": "same", "Safety": "removed", "Goals": "same"}
    assert list(states(more, less)) == [TOP, "Problem", "Safety", "Goals"]
    (safety,) = [part for part in compare(more, less) if part.heading == "Safety"]
    assert all(row.state == "removed" and row.before and not row.after for row in safety.rows)


def plan_text(*lines):
    return "\n".join(["T", "=", "", "GOALS", "-----", *lines, ""])


def test_lines_are_paired_when_alike_and_stand_alone_when_not():
    before = plan_text("- Walk to the shop once a week.", "- Sleep before midnight.", "- Ring Ana.")
    after = plan_text("- Walk to the shop twice a week.", "- A goal that is wholly other.", "- Ring Ana.")
    (goals,) = compare(before, after)
    assert goals.rows == (
        Row("changed", "- Walk to the shop once a week.", "- Walk to the shop twice a week."),
        Row("removed", "- Sleep before midnight.", ""),
        Row("added", "", "- A goal that is wholly other."),
        Row("same", "- Ring Ana.", "- Ring Ana."),
    )


@pytest.mark.parametrize("one", ALL[::6], ids="-".join)
@pytest.mark.parametrize("other", ALL[::7], ids="-".join)
def test_each_side_read_alone_is_that_version(one, other):
    before, after = as_text(plan_of(one)), as_text(plan_of(other))
    parts = {part.heading: part.rows for part in compare(before, after)}
    for version, side in ((before, "before"), (after, "after")):
        for heading, lines in sections(version).items():
            assert [getattr(r, side) for r in parts[heading] if getattr(r, side)] == list(lines)


def test_a_part_of_another_library_keeps_its_heading():
    assert list(
        sections("T\n=\n\nDECLINED\n--------\n- x\n\nIN THE CLIENT'S WORDS\n---------------------\n- y\n")
    ) == [
        "Declined",
        "In the client's words",
    ]
