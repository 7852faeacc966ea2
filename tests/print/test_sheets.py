"""Every kind of sheet as it lies on paper: nothing cropped, nothing overlapping, no small type, tagged in order."""

from __future__ import annotations

import re
from functools import cache

import pytest
from made_up import AWKWARD, IN_WORDS, SIGNS, library
from spoken import said

from goldenthread.diagnostics import Report
from goldenthread.loading import shipped
from goldenthread.print import formulation, handout, sheet, teaching, thread, worksheet
from goldenthread.print.form import form
from goldenthread.print.handouts.branch import branches
from goldenthread.print.paper import MM
from goldenthread.print.teaching import LENGTHS, TeachingCase, timed
from goldenthread.session import Guide
from goldenthread.session.summary import summary
from goldenthread.trial import read_vignettes
from leaves import Leaves, overlapping, squeezed
from small import shipped_library

LIBRARY = shipped_library()
EDGE = 10 * MM
"""What printers leave white, at most."""
GUIDE = Guide(LIBRARY, Report())
VIGNETTES = {
    each.id: each for each in read_vignettes(sorted((shipped() / "flowcharts/vignettes").glob("*.yaml")))[0]
}
HANDOUTS = [
    *(("five-ps", ""), ("smart", ""), ("case-sheet", ""), ("mistakes", ""), ("weak-and-strong", "")),
    *(("factor", id_) for id_ in LIBRARY.factors),
    *(("goals", id_) for id_ in LIBRARY.diagnoses),
    *(("decision", key) for key in branches(LIBRARY)),
]
LARGE = [("five-ps", ""), ("smart", ""), ("case-sheet", ""), ("mistakes", ""), ("weak-and-strong", "")]
LARGE += [("factor", "avoidance"), ("goals", "panic_disorder"), ("decision", "2.12")]


def sound(blob, least=8):
    """Hold every page of a PDF to what a printer and a reader need."""
    leaves = Leaves(blob)
    for number in range(1, len(leaves) + 1):
        letters, (wide, tall) = leaves.letters(number), leaves.size(number)
        assert letters
        assert min(letter.size for letter in letters) >= least - 0.01, number
        assert min(letter.left for letter in letters) >= EDGE, number
        assert max(letter.right for letter in letters) <= wide - EDGE, number
        assert min(letter.bottom for letter in letters) >= EDGE, number
        assert max(letter.top for letter in letters) <= tall - EDGE, number
        assert not overlapping(letters), number
    return leaves


def in_order(leaves):
    """Give the headings; a level is never left out."""
    names = [tag.name for tag in leaves.tags() if re.fullmatch("/H[1-6]", tag.name)]
    before = 0
    for name in names:
        assert int(name[2:]) <= before + 1, names
        before = int(name[2:])
    return names


@cache
def walked(vignette):
    return GUIDE.from_answers(VIGNETTES[vignette].data)


@pytest.mark.parametrize(("kind", "name"), HANDOUTS)
def test_a_handout_is_sound(kind, name):
    for paper in ("a4", "letter"):
        leaves = sound(handout(LIBRARY, kind, name, sheet(paper)))
        assert len(leaves) == 1
        assert in_order(leaves)[0] == "/H1"


@pytest.mark.parametrize(("kind", "name"), LARGE)
def test_a_handout_in_large_print_is_sound(kind, name):
    in_order(sound(handout(LIBRARY, kind, name, sheet("letter", large_print=True)), 12))


@pytest.mark.parametrize("id_", LIBRARY.flowcharts)
def test_a_worksheet_is_sound_and_says_where_to_go(id_):
    leaves = sound(worksheet(LIBRARY, [id_], sheet()))
    assert set(in_order(leaves)[1:]) == {"/H2"}
    words, made = leaves.between(1, len(leaves)), form(LIBRARY, LIBRARY.flowcharts[id_])
    for step in made.steps.values():
        assert squeezed(step.text) in words or step.node.verb in {"visit", "measure", "end"}
        assert squeezed(step.say) in words
        for rule in step.rules:
            if rule.when is not None:
                # What leads the same way is said in one line.
                assert squeezed(rule.words) in words
        for box in step.boxes:
            assert squeezed(box.label).lower() in words.lower()
        leads = [box.go for box in (*step.boxes, *step.statuses) if box.go] + [rule.go for rule in step.rules]
        for go in leads:
            if go.to != made.after(step.node.id):
                assert squeezed(f"go to {made.steps[go.to].number}") in words


@pytest.mark.parametrize(("paper", "large"), [("letter", False), ("letter", True), ("a3", True)])
def test_a_worksheet_is_sound_on_other_paper_and_in_large_print(paper, large):
    chosen = ["risk", "conceptualization", "goals", "diagnosis_screen"]
    sound(worksheet(LIBRARY, chosen, sheet(paper, large_print=large)), 12 if large else 8)


def test_awkward_labels_do_not_break_a_worksheet(tmp_path):
    made = library(tmp_path, nodes=80)
    leaves = sound(worksheet(made, ["made"], sheet()))
    words = leaves.between(1, len(leaves))
    for text in AWKWARD:
        if not re.search("[\u0590-\u06ff]", text):
            assert squeezed(text.replace("'", "’")) in words
    assert squeezed(IN_WORDS) in words
    for key in branches(made)[:12]:
        sound(handout(made, "decision", key, sheet()))


@pytest.mark.parametrize("vignette", VIGNETTES)
def test_the_formulation_and_the_thread_of_a_case_are_sound(vignette):
    plan = walked(vignette).plan()
    for paper in ("a4", "letter"):
        for made in (formulation, thread):
            leaves = sound(made(LIBRARY, plan, sheet(paper)))
            in_order(leaves)
            pictures = [tag.alt for tag in leaves.tags() if tag.name == "/Figure"]
            assert len(pictures) == len(leaves)
            words = squeezed(" ".join(pictures))
            for line in plan.perpetuating:
                assert squeezed(line.name) in words


@pytest.mark.parametrize("large", [False, True])
def test_long_and_awkward_words_of_a_client_come_out_whole(large):
    data = VIGNETTES["panic_chef"].data
    long = "It never ends, and I do not know why it does not, whatever I try on any day. " * 5
    words = {
        "catastrophic_misreading": long,
        "threat_monitoring": f"{SIGNS} שלום",
        "low_physical_activity": "<&> \\ #x",
    }
    answers = {
        **data["answers"],
        "conceptualization.perpetuating": words,
        "conceptualization.client_explanation": long,
    }
    plan = GUIDE.from_answers({**data, "answers": answers, "client": "A<&>\N{GRINNING FACE}"}).plan()
    for made in (formulation, thread):
        leaves = sound(made(LIBRARY, plan, sheet(large_print=large)), 12 if large else 8)
        assert squeezed("A<&>\N{GRINNING FACE}") in leaves.whole()
        if made is formulation:
            said = leaves.between(1, len(leaves))
            assert squeezed(IN_WORDS) in said
            assert said.count(squeezed("whatever I try on any day.")) >= 9


@pytest.mark.parametrize("vignette", ["panic_chef", "disclosure_during_goals", "under_age"])
def test_a_teaching_case_is_sound(vignette):
    made = VIGNETTES[vignette]
    leaves = sound(teaching(LIBRARY, made.data, walked(vignette), sheet("letter")))
    in_order(leaves)
    pages = [link.page for link in leaves.links(len(leaves))]
    assert pages == sorted(pages)
    assert len(set(pages)) >= 3
    for first, line in zip(pages, ("The case", "What is known", "The path"), strict=False):
        assert squeezed(line) in leaves.squeezed(first)
    known = leaves.between(1, pages[1])
    assert squeezed(made.data["about"]) in known
    assert squeezed(made.data["teaches"]) in leaves.squeezed(len(leaves))
    revealed = leaves.between(pages[-1], len(leaves))
    for goal in walked(vignette).plan().goals:
        assert squeezed(goal.text) in revealed


@pytest.mark.parametrize("vignette", VIGNETTES)
def test_what_is_to_be_found_is_not_on_the_sheet_to_write_on_and_is_among_the_answers(vignette):
    case = TeachingCase(LIBRARY, VIGNETTES[vignette].data, walked(vignette))
    blind, revealed = (said(tuple(blocks)) for blocks in (case.blind(), case.reveal()))
    plan = case.plan
    for goal in plan.goals:
        assert goal.text not in blind
        assert goal.text.rstrip(".") in revealed
    for line in (*plan.perpetuating, *plan.predisposing):
        assert line.name not in blind
        assert line.name.lower() in revealed.lower()
    for working in plan.working:
        assert working.name not in blind
        assert working.name in revealed
    asked = [line for line in summary(walked(vignette)) if line.phase == "Problem" and line.state == "known"]
    assert all(line.number in blind for line in asked)


@pytest.mark.parametrize("vignette", VIGNETTES)
@pytest.mark.parametrize("minutes", LENGTHS)
def test_a_lesson_lasts_as_long_as_it_says(vignette, minutes):
    acts = TeachingCase(LIBRARY, VIGNETTES[vignette].data, walked(vignette)).acts()
    shares = timed(minutes, [weight for _, weight in acts])
    assert sum(shares) == minutes
    assert min(shares) >= 2


def test_sheets_of_a_case_are_the_same_bytes_for_the_same_case():
    plan = walked("panic_chef").plan()
    for made in (formulation, thread):
        assert made(LIBRARY, plan, sheet(), date="2026-03-02") == made(
            LIBRARY, plan, sheet(), date="2026-03-02"
        )
    assert worksheet(LIBRARY, ["safety"], sheet()) == worksheet(LIBRARY, ["safety"], sheet())
