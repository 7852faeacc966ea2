"""Whole cases by the keyboard alone, from the list of cases to the plan that the same answers give without a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from cases import vignette
from driver import Driver
from serving import DAY, DESKTOP, PHONE, TABLET

from goldenthread.export import export
from goldenthread.export.document import Document, Item
from goldenthread.export.sheet import sheet
from goldenthread.walk import bare, keyed

if TYPE_CHECKING:
    from collections.abc import Iterator


RECORDED = ("problem", "client_words", "safety", "goals", "review")


def texts(document: Document) -> Iterator[str]:
    """Give what the parts of a plan say that always enter the record, in their order."""
    for section in document.sections:
        for block in section.blocks if section.name in RECORDED else ():
            yield block.text
            if isinstance(block, Item):
                yield from block.under


def in_order_of(kept: Any, written: Any) -> Any:
    """Give what was chosen in the order in which the page lists it; what was chosen stays as it was written."""
    found = bare(kept)
    if isinstance(written, dict) and isinstance(found, dict) and set(written) == set(found):
        return {option: written[option] for option in found}
    if isinstance(written, list) and isinstance(written[0], dict) and "blanks" in written[0]:
        orders = {goal["id"]: goal.get("for", []) for goal in found}
        return [
            {**goal, "for": sorted(goal["for"], key=orders[goal["id"]].index)} if "for" in goal else goal
            for goal in written
        ]
    if isinstance(written, list) and all(isinstance(option, str) for option in written):
        return sorted(written, key=found.index)
    return written


@pytest.mark.parametrize(
    ("name", "size", "scripts"),
    [
        ("depression_after_separation", DESKTOP, True),
        ("disclosure_during_goals", TABLET, True),
        ("past_hypomania", PHONE, True),
        ("quick_panic", PHONE, True),
        ("quick_panic", TABLET, False),
    ],
    ids=["depression", "disclosure", "referral", "quick", "quick_without_scripts"],
)
def test_a_case_is_walked_by_the_keyboard_to_the_plan_of_its_answers(
    name, size, scripts, guide, server, opened
):
    written = vignette(name)
    answers = keyed(written["answers"], guide.program)
    by_hand = tuple(opening["at"] for opening in written.get("opened", ()))
    page = opened(size, java_script_enabled=scripts)
    driver = Driver(page, answers, by_hand, scripts=scripts)
    code = f"{name} {size[0]} {scripts}"[:40]

    driver.begin(code, quick=written.get("quick", False))
    driver.walk()

    kept = server.kept(code)
    given = kept["rounds"][0]["answers"]
    same = {key: in_order_of(given[key], answer) for key, answer in answers.items()}
    expected = guide.from_answers({**written, "answers": same, "client": code}, today=DAY)
    plan = expected.plan()
    assert expected.finished
    assert kept["at"] == ""
    assert kept["plan"] == export(plan)
    said = driver.read_plan()
    place = 0
    for text in texts(sheet(plan)):
        found = said.find(" ".join(text.split()), place)
        assert found >= 0, f"the page does not say, in its place: {text}"
        place = found
