"""The library's pages: each entry in full, search and filters, diagrams, and vignettes to their end."""

from __future__ import annotations

import html
import json
import re
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from django.test import Client

from goldenthread.cli import main
from goldenthread.loading import shipped as shipped_folder
from goldenthread.loading import vignette_files
from goldenthread.model import KINDS
from goldenthread.session.entries import name_of, rules_of
from goldenthread.web.shelf import shelf
from small import shipped

if TYPE_CHECKING:
    from goldenthread.model import Node

LIBRARY = shipped().model
LARGEST = 100_000
VIGNETTES = [path.stem for path in vignette_files(shipped_folder())]
STEP_BY_STEP = ("panic_chef", "quick_panic", "disclosure_during_goals")


@pytest.fixture
def client(clinician: Client) -> Client:
    """Give somebody who may read the library: whoever has opened the page."""
    return clinician


def read(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, address
    assert answer["Cache-Control"] == "no-store"
    assert len(answer.content) < LARGEST, f"{address}: {len(answer.content)} bytes"
    text = answer.content.decode()
    assert " style=" not in text, address
    assert "onclick" not in text, address
    assert "Slot(" not in text, address
    levels = [int(level) for level in re.findall(r"<h([1-6])", text.partition("<main")[2])]
    assert levels.count(1) == 1, address
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels)), f"{address}: {levels}"
    return text


def words(text: str) -> str:
    """Give what a page says, without its tags."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


def shown(text: str) -> str:
    """Give authored words as a page has them, where tags and lines fall as they like."""
    return " ".join(text.split())


def places(node: Node) -> str:
    return f"/library/flowcharts/{node.flowchart}/{node.id}"


# Who may read


def test_the_library_needs_the_launch_link():
    for address in (
        "/library/",
        "/library/goals",
        "/library/flowcharts/risk",
        "/library/teaching/panic_chef",
    ):
        assert Client().get(address).status_code == 403


# Entries


@pytest.mark.parametrize("kind", KINDS)
def test_each_entry_has_a_page_with_its_words_its_rules_and_its_review_state(
    client: Client, kind: str, request: pytest.FixtureRequest
):
    """One entry in three of each kind is looked at, all of them in the sweep."""
    every = 1 if request.config.getoption("--sweep") else 3
    for entry in list(LIBRARY.bank(kind).values())[::every]:
        text = words(read(client, f"/library/{kind}/{entry.id}"))
        assert entry.review.status in text
        for part in ("about", "because", "discharge", "when_not", "debate", "note"):
            assert shown(getattr(entry, part, "")) in text, f"{kind} {entry.id}: {part}"
        if kind not in {
            "goals",
            "references",
            "roles",
            "factors",
            "interventions",
            "modalities",
            "diagnoses",
        }:
            assert shown(name_of(entry)) in text
        if hasattr(entry, "suggest"):
            for _, rule in rules_of(entry):
                assert shown(rule.because) in text
                assert shown(rule.when.say())[1:] in text
                for source in rule.sources:
                    assert shown(source.says) in text


@pytest.mark.parametrize("kind", KINDS)
def test_the_list_of_a_kind_leads_to_each_entry(client: Client, kind: str):
    text = read(client, f"/library/{kind}")
    for id_ in LIBRARY.bank(kind):
        assert f'href="/library/{kind}/{id_}"' in text


def test_an_entry_names_what_names_it(client: Client):
    text = read(client, "/library/factors/worry")
    using = [goal.id for goal in LIBRARY.goals.values() if "worry" in goal.targets]
    assert using
    for id_ in using:
        assert f'href="/library/goals/{id_}"' in text
    assert 'href="/library/modalities/cbt_gad"' in text
    assert 'href="/library/flowcharts/problem/' not in text


def test_a_work_shows_what_rests_on_it_over_several_pages_where_it_is_much(client: Client):
    claims = shelf().claims
    most = max(claims, key=lambda ref: len(claims[ref]))
    first, second = (words(read(client, f"/library/references/{most}?part={n}")) for n in (1, 2))
    assert f"{len(claims[most])} claims rest on it" in first
    assert shown(claims[most][0].source.says) in first
    assert shown(claims[most][-1].source.says) not in first
    assert shown(claims[most][60].source.says) in second


def test_a_goal_shows_its_blanks_as_blanks(client: Client):
    text = read(client, "/library/goals/drop_safety_behaviours")
    assert '<span class="gap">safety aid</span>' in text
    assert "{safety_aid}" not in text
    assert "{client}" not in text


# Search and filters


@pytest.mark.parametrize(
    ("options", "query"),
    [
        (["sleep"], {"q": "sleep"}),
        (["panic", "heart"], {"q": "panic heart"}),
        (["--diagnosis", "ptsd"], {"diagnosis": "ptsd"}),
        (["--diagnosis", "F40.10"], {"diagnosis": "F40.10"}),
        (["--domain", "relationships"], {"domain": "relationships"}),
        (["--factor", "avoidance"], {"factor": "avoidance"}),
        (["--factor", "problem", "--domain", "symptoms"], {"factor": "problem", "domain": "symptoms"}),
        (["week", "--diagnosis", "ocd"], {"q": "week", "diagnosis": "ocd"}),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_the_goal_bank_finds_what_the_command_finds(
    client: Client, options: list[str], query: dict[str, str]
):
    said = CliRunner().invoke(main, ["goals", *options, "--format", "json"])
    wanted = [goal["id"] for goal in json.loads(said.stdout)["goals"]]
    assert 0 < len(wanted) < len(LIBRARY.goals)
    answer = client.get("/library/goals", query)
    found = re.findall(r'<h2><a href="/library/goals/([a-z0-9_]+)"', answer.content.decode())
    assert found == wanted


def test_a_filter_that_names_nothing_finds_nothing(client: Client):
    assert "0 of 98 goals" in words(read(client, "/library/goals?diagnosis=nothing_such"))


def test_a_search_of_everything_finds_questions_and_entries(client: Client):
    found = read(client, "/library/?q=panic+unexpected").partition("<main")[2]
    assert 'href="/library/flowcharts/diagnosis_anxiety/panic_unexpected"' in found
    found = read(client, "/library/?q=panic+heart").partition("<main")[2]
    assert 'href="/library/goals/panic_move_again"' in found
    assert "0 found" in words(read(client, "/library/?q=zzzz"))


def test_what_was_searched_for_is_escaped(client: Client):
    text = read(client, "/library/?q=%3Cscript%3Ealert(1)%3C/script%3E")
    assert "<script>alert" not in text


# What is not there


@pytest.mark.parametrize(
    ("address", "near"),
    [
        ("/library/goalz", "/library/goals"),
        ("/library/goals/panic_move", "/library/goals/panic_move_again"),
        ("/library/instruments/phq_9", "/library/instruments/phq9"),
        ("/library/flowcharts/rsk", "/library/flowcharts/risk"),
        ("/library/flowcharts/risk/risk_knd", "/library/flowcharts/risk/risk_kind"),
        ("/library/teaching/panic_chf", "/library/teaching/panic_chef"),
    ],
)
def test_an_unknown_name_is_a_page_with_the_nearest(client: Client, address: str, near: str):
    text = read(client, address, 404)
    assert re.search(rf'Did you mean <a href="{near}">', text)


def test_a_name_like_nothing_leads_back_to_the_list(client: Client):
    text = read(client, "/library/goals/xxxxxxxxxx", 404)
    assert "Did you mean" not in text
    assert 'href="/library/goals"' in text.partition("<main")[2]


# Flowcharts


@pytest.mark.parametrize("id_", LIBRARY.flowcharts)
def test_a_flowchart_is_a_diagram_in_which_each_step_is_a_link(client: Client, id_: str):
    text = read(client, f"/library/flowcharts/{id_}")
    assert "<svg" in text
    drawn = text.partition("<svg")[2].partition("</svg>")[0]
    for node in LIBRARY.flowcharts[id_].nodes.values():
        assert f'href="{places(node)}"' in drawn, node.key


@pytest.mark.parametrize("id_", LIBRARY.flowcharts)
def test_each_step_says_its_words_its_reasons_and_its_ways(client: Client, id_: str):
    chart = LIBRARY.flowcharts[id_]
    for node in chart.nodes.values():
        text = read(client, places(node))
        said = words(text)
        for part in (node.ask, node.say, node.why, node.tell, node.decide, node.end):
            assert shown(part) in said, node.key
        for source in node.sources:
            assert shown(source.says) in said
        for edge in node.edges:
            assert f'href="/library/flowcharts/{id_}/{edge.go}"' in text
            if edge.when is not None:
                assert shown(edge.when.say())[1:] in said
        for other in chart.nodes.values():
            if any(edge.go == node.id for edge in other.edges):
                assert f'href="{places(other)}"' in text.partition("Ways in")[2], (
                    f"{node.key} from {other.key}"
                )


def test_a_step_stands_beside_the_diagram(client: Client):
    text = read(client, "/library/flowcharts/risk?node=risk_words")
    assert re.search(r'aria-current="true" id="box-risk.risk_words" class="chosen ', text)
    assert shown(LIBRARY.flowcharts["risk"].nodes["risk_words"].why) in words(text)
    part = client.get("/library/flowcharts/risk/risk_words", headers={"hx-request": "true"}).content.decode()
    assert "<main" not in part
    assert "<h2" in part
    boosted = client.get(
        "/library/flowcharts/risk/risk_words", headers={"hx-request": "true", "hx-boosted": "true"}
    )
    assert "<main" in boosted.content.decode()


def test_a_step_names_the_role_that_it_fills_and_who_reads_it(client: Client):
    text = read(client, "/library/flowcharts/risk/immediate_danger")
    assert 'href="/library/roles/immediate_danger"' in text
    assert 'href="/library/interventions/safety_planning"' in text.partition("Who reads it")[2]


def test_the_overview_leads_to_each_flowchart(client: Client):
    drawn = read(client, "/library/flowcharts").partition("<svg")[2].partition("</svg>")[0]
    for id_ in LIBRARY.flowcharts:
        assert f'href="/library/flowcharts/{id_}"' in drawn


# What is a draft


def test_what_is_a_draft_is_counted_by_kind(client: Client):
    text = words(read(client, "/library/draft"))
    drafts = sum(goal.review.status == "draft" for goal in LIBRARY.goals.values())
    assert f"Goals {drafts} {len(LIBRARY.goals) - drafts}" in text


@pytest.mark.parametrize("kind", ["flowcharts", *KINDS])
def test_what_is_a_draft_is_listed(client: Client, kind: str):
    text = read(client, f"/library/draft?kind={kind}").partition('id="listed"')[2]
    items = LIBRARY.flowcharts if kind == "flowcharts" else LIBRARY.bank(kind)
    for id_ in items:
        assert f'href="/library/{kind}/{id_}"' in text


# Teaching


def test_every_shipped_vignette_is_listed(client: Client):
    text = read(client, "/library/teaching")
    assert len(shelf().lessons) >= 20
    for id_ in shelf().lessons:
        assert f'href="/library/teaching/{id_}"' in text


@pytest.mark.parametrize("id_", STEP_BY_STEP)
def test_a_vignette_is_walked_question_by_question_to_its_end(client: Client, id_: str):
    lesson = shelf().lessons[id_]
    address, seen = f"/library/teaching/{id_}?step=1", 0
    while "step=99999" not in address:
        asked = lesson.questions[seen]
        text = read(client, address)
        assert "What happened" not in text
        key = asked.key.partition("@")[0]
        assert re.search(rf'id="box-{re.escape(key)}" class="chosen ', text), asked.key
        after = client.post(address, {"answer": "", "next": ""})
        assert after.status_code == 302
        text = read(client, after["Location"])
        assert "What happened" in text
        onward = re.search(r'class="button main" href="(\?step=\d+)"', text)
        assert onward is not None
        address, seen = f"/library/teaching/{id_}{onward[1]}", seen + 1
    assert seen == len(lesson.questions)
    text = words(read(client, address))
    assert shown(lesson.vignette.data["teaches"]) in text


@pytest.mark.parametrize("id_", VIGNETTES)
def test_each_vignette_can_be_read_by_its_parts_and_comes_to_its_end(client: Client, id_: str):
    text = read(client, f"/library/teaching/{id_}")
    lesson = shelf().lessons[id_]
    for step in re.findall(r'href="\?step=(\d+)"', text):
        read(client, f"/library/teaching/{id_}?step={step}")
    last = words(read(client, f"/library/teaching/{id_}?step={len(lesson.questions)}&shown=yes"))
    end = lesson.whole.walk.end
    assert "How it came out" in last
    outcome = words(read(client, f"/library/teaching/{id_}?step=99999"))
    assert shown(end.end if end is not None else lesson.whole.question.ask) in outcome


def test_what_was_predicted_is_held_against_what_happened(client: Client):
    address = "/library/teaching/panic_chef"
    lesson = shelf().lessons["panic_chef"]
    keys = [asked.key for asked in lesson.questions]
    number = keys.index("diagnosis_anxiety.panic_aftermath") + 1
    same = client.post(f"{address}?step={number}", {"answer": "true"})
    assert "You predicted yes the same" in words(read(client, same["Location"]))
    other = client.post(f"{address}?step={number}", {"answer": "false"})
    assert "You predicted no not the same" in words(read(client, other["Location"]))
    number = keys.index("diagnosis_screen.perinatal") + 1
    ticked = client.post(f"{address}?step={number}", {"answer": "neither"})
    assert "the same" in words(read(client, ticked["Location"]))


def test_offers_are_held_against_what_was_predicted_of_the_case(client: Client):
    address = "/library/teaching/panic_chef"
    predicted = {"diagnoses": "Panic disorder", "modalities": "Applied relaxation therapy", "goals": "To fly"}
    onward = client.post(f"{address}?step=0", predicted)
    assert onward["Location"].endswith("?step=1")
    text = words(read(client, f"{address}?step=99999"))
    assert "Panic disorder The guide offers it first." in text
    assert "The guide leaves it out" in text
    assert "To fly The library has nothing of that name" in text
    assert "What most keeps it going? You left this open." in text


def test_predictions_of_one_vignette_do_not_show_in_another(client: Client):
    client.post("/library/teaching/panic_chef?step=0", {"goals": "A word of mine"})
    assert "A word of mine" in read(client, "/library/teaching/panic_chef")
    assert "A word of mine" not in read(client, "/library/teaching/insomnia_archivist?step=99999")


def test_a_raised_alert_is_shown_where_it_is_raised(client: Client):
    lesson = shelf().lessons["partner_violence"]
    number = [asked.key for asked in lesson.questions].index("safety.abuse_now") + 1
    text = words(read(client, f"/library/teaching/partner_violence?step={number}&shown=yes"))
    assert "An alert is raised." in text


@pytest.mark.parametrize("step", ["-1", "x", "²", "999999999999", "0", ""])
def test_a_step_that_is_none_is_the_beginning_or_the_end(client: Client, step: str):
    read(client, f"/library/teaching/under_age?step={step}")
