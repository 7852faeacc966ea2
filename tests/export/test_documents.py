"""What holds for every document of every plan."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from export_plans import ALL, library, plan_of, small_plan

from goldenthread.export import (
    FIELDS,
    FORMATS,
    as_json,
    as_markdown,
    as_text,
    client_page,
    export,
    field,
    markdown,
)
from goldenthread.export.sheet import sheet
from goldenthread.export.text import WIDTH, plain
from goldenthread.plan import FactorLine, Loose

every_plan = pytest.mark.parametrize("which", ALL, ids="-".join)


def flat(text):
    """Give a text as one line of words, whatever its wrapping and marks."""
    return " ".join(re.sub(r"\\(.)", r"\1", text).replace("→", "->").split())


@every_plan
def test_every_goal_stands_in_every_format(which):
    plan = plan_of(which)
    text, markdown, data = flat(as_text(plan)), flat(as_markdown(plan)), as_json(plan)
    for goal in plan.goals:
        assert flat(plain(goal.text)).rstrip(".") in text
        assert flat(goal.text).rstrip(".") in markdown
        assert goal.text in [each["text"] for each in data["goals"]]


@every_plan
def test_every_goal_stands_on_the_clients_page_once_it_is_worked_on(which):
    plan = plan_of(which)
    page = flat(client_page(plan, force=True))
    for goal in plan.goals:
        # What stands before the first blank that is open.
        words = re.split(r"\[[^\]]*\]", flat(plain(goal.say)).rstrip("."))[0]
        assert (words in page) is (plan.status in {"provisional", "whole"})


@every_plan
def test_a_field_is_a_part_of_the_whole(which):
    plan = plan_of(which)
    text = as_text(plan)
    for name in FIELDS:
        assert field(plan, name) in text


def test_there_is_no_field_of_another_name():
    with pytest.raises(KeyError):
        field(small_plan("full"), "mood")


def test_there_is_no_format_of_another_name():
    with pytest.raises(ValueError, match="text, markdown, json"):
        export(small_plan("full"), "pdf")
    with pytest.raises(ValueError, match="text, markdown"):
        client_page(small_plan("full"), "html")


@every_plan
def test_text_is_wrapped_and_holds_only_letters_beyond_ascii(which):
    plan = plan_of(which)
    for page in (as_text(plan, private=True), client_page(plan, force=True)):
        for line in page.splitlines():
            assert len(line) <= WIDTH or " " not in line.strip("- ")
            assert line == line.rstrip()
            assert all(char.isascii() or char.isalpha() for char in line)


@every_plan
@pytest.mark.parametrize("format_", [name for name in FORMATS if name != "json"])
def test_no_document_holds_what_was_left_over(which, format_):
    text = export(plan_of(which), format_, private=True)
    for leftover in ("None.", "None,", " .", " ,", ";;", "; ;", "()", "{", "}", "own_1", "not_asked", "  \n"):
        assert leftover not in text, leftover
    assert not re.search(r"(?<!\.)\.\.(?!\.)", text)
    assert not re.search(r"[.!?][”\"’]?\.(?!\.)", text.replace("...", "…"))


@every_plan
def test_every_point_begins_with_a_capital_and_ends(which):
    for line in as_markdown(plan_of(which)).splitlines():
        point = re.match(r"\s*(?:- |\d+\. )(.*)", line)
        if point and "→" not in line:
            first = point[1].lstrip("“‘(\\[")[:1]
            assert not first.islower(), line
            assert re.search(r"[.!?:…][”’)]*( \([0-9.a-z]+\))?$", line), line


@every_plan
def test_a_plan_that_is_held_or_stopped_puts_nothing_forward_and_says_so_first(which):
    plan = plan_of(which)
    if plan.status not in {"held", "stopped"}:
        return
    chosen = {line.name for line in plan.treatments if line.chosen} | set(plan.concerns)
    text = as_text(plan)
    assert text.index(plan.status.upper()) < text.index("SAFETY")
    parts = flat("\n".join(field(plan, name) for name in ("goals", "treatment", "held", "threads", "open")))
    for line in (line for line in plan.treatments if not line.chosen):
        assert line.name not in parts or line.name in chosen
    assert as_json(plan)["treatments"]["put_forward"] == []
    page = client_page(plan, force=True)
    assert "We go through some questions first" in " ".join(page.split())
    assert "HOW WE WILL KNOW" not in page


def test_what_is_private_stands_only_where_it_was_asked_for():
    plan = small_plan("full")
    for make in (as_text, as_markdown):
        assert plan.own_hypothesis not in flat(make(plan))
        assert plan.own_hypothesis in flat(make(plan, private=True))
        assert plan.own_view in flat(make(plan, private=True))
    assert "private" not in as_json(plan)
    assert as_json(plan, private=True)["private"]["own_view"] == plan.own_view


def test_a_thread_is_marked_at_the_place_where_it_is_loose():
    quick, full = small_plan("quick"), small_plan("full")
    assert "[loose" not in field(full, "threads")
    shown = replace(quick, status="provisional")
    assert "-> [loose end: no goal is for it]" in flat(field(shown, "threads"))
    ends = (
        Loose("factor", "no example from this client"),
        Loose("treatment", "nothing treats it", full.goals[0].id),
    )
    line = replace(full.threads[0], treatments=(), loose=ends)
    text = flat(field(replace(full, threads=(line,)), "threads"))
    assert re.search(
        r"\[loose end: no example from this client\] -> goal 2 .*-> \[loose end: nothing treats it\] -> ",
        text,
    )


def test_a_plan_without_goals_says_so_unless_it_is_held():
    untreated = library().from_answers({"answers": {}}).plan()
    assert field(untreated, "goals") == ""
    assert "No goal is recorded yet." in field(replace(untreated, status="provisional"), "goals")


def test_a_verdict_does_not_flatter():
    plan = small_plan("full")
    (once,) = plan.measures
    assert "One score is too few" in field(plan, "measures")
    twice = replace(
        once, scores=(*once.scores, ("", 6, "high")), verdict="changed, but not reliably", note=""
    )
    shown = flat(field(replace(plan, measures=(twice,)), "measures"))
    assert "7 (high) on 2 March 2026, then 6 (high), date not recorded." in shown
    assert "Changed, but not reliably." in shown


@pytest.mark.parametrize(
    "words",
    [
        "# no heading",
        "1. no list",
        "- no list",
        "<script>alert(1)</script>",
        "[a](http://b)",
        "| a | b |",
        "**a** _b_ `c`",
        "a\n\n# b\r\x00\u2028c",
        "&lt;",
    ],
)
def test_what_somebody_typed_is_never_taken_for_a_mark(words):
    plan = replace(small_plan("full"), next_step=words, strength=words, barriers=words, client=words)
    plan = replace(plan, perpetuating=(FactorLine("own_1", words, "", example=words, say=words),))
    for text in (as_markdown(plan), client_page(plan, "markdown")):
        assert not re.search(r"(?<!\\)(?:\\\\)*[*_`|<\[\]]", text)
        assert text.count("\n# ") == 0
        assert text.count("\n#") == text.count("\n## ") + text.count("\n### ")
    assert "\x00" not in as_text(plan)


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("it’s – “so” …", 'it\'s - "so" ...'),
        ("≥ 3, ½", ">= 3, 1/2"),
        ("naïve Zoë Ünal Жанна", "naïve Zoë Ünal Жанна"),
        ("😢", "[crying face]"),
        ("a\u200bb\ufe0f", "ab"),
    ],
)
def test_signs_become_plain_and_letters_stay(given, shown):
    assert plain(given) == shown


@pytest.mark.parametrize("which", ALL)
def test_markdown_is_read_back_as_the_document_that_it_was_made_from(which):
    made = sheet(plan_of(which))

    text = markdown.render(made)
    assert markdown.render(markdown.read(text)) == text
    assert [one.heading for one in markdown.read(text).sections] == [one.heading for one in made.sections]
    assert markdown.read(text).title == made.title
