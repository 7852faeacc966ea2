"""What each view shows of the library, and how it is joined."""

from __future__ import annotations

import re
from collections import Counter, deque
from itertools import pairwise

import pytest
from generated import chance_library
from test_draw import EVERY_VERB, OTHER

from goldenthread.draw import UnknownDrawingError, extract
from goldenthread.draw.diagram import COPY
from goldenthread.graph import leading_to, raising
from goldenthread.loading import load
from goldenthread.model.flowchart import PHASES
from small import shipped_library

LIBRARY = shipped_library()
NODES = [node.key for node in LIBRARY.nodes()]


def boxes(diagram):
    return {box.id: box for box in diagram.boxes}


def arrows(diagram):
    return {(arrow.tail, arrow.head): arrow for arrow in diagram.arrows}


def reached(diagram, start):
    found, waiting = {start}, deque([start])
    while waiting:
        tail = waiting.popleft()
        for arrow in diagram.arrows:
            if arrow.tail == tail and arrow.head not in found:
                found.add(arrow.head)
                waiting.append(arrow.head)
    return found


class TestOverview:
    def test_a_box_a_flowchart_each_in_its_phase(self):
        diagram = extract(LIBRARY, "overview")
        assert {id_ for id_ in boxes(diagram) if "/" not in id_} == set(LIBRARY.flowcharts)
        phases = [group.id.removeprefix("phase/") for group in diagram.groups]
        assert phases == [
            phase for phase in PHASES if any(f.phase == phase for f in LIBRARY.flowcharts.values())
        ]
        for group in diagram.groups:
            for id_ in group.boxes:
                if "/" not in id_:
                    assert LIBRARY.flowcharts[id_].phase == group.id.removeprefix("phase/")

    def test_the_order_is_that_of_planning(self):
        found = arrows(extract(LIBRARY, "overview"))
        order = [
            "planning",
            "problem",
            "safety",
            "diagnosis",
            "conceptualization",
            "goals",
            "modality",
            "plan_review",
        ]
        for n, step in enumerate(pairwise(order)):
            assert found[step].text.partition(":")[0] == f"0.{n + 1}"
        again = found["progress_review", "problem"]
        assert again.dashed
        assert again.text == "0.1: something has to change (new round)"
        assert (
            found["plan_review", "progress_review"].text == "0.9: whether a review is due is “review it now”"
        )

    def test_what_others_visit_hangs_below_them_by_its_number(self):
        found = arrows(extract(LIBRARY, "overview"))
        for node in LIBRARY.nodes():
            if node.visit and not LIBRARY.flowcharts[node.flowchart].root:
                assert node.number in found[node.flowchart, node.visit].text

    def test_an_alert_is_one_box_with_one_arrow_and_names_all_that_raise_it(self):
        diagram = extract(LIBRARY, "overview")
        (alert,) = [box for box in diagram.boxes if box.kind == "alert"]
        assert [(a.tail, a.head) for a in diagram.arrows if alert.id in (a.tail, a.head)] == [
            (alert.id, "risk")
        ]
        raisers = {node.flowchart for one in LIBRARY.alerts.values() for node in raising(LIBRARY, one)}
        numbers = {str(LIBRARY.flowcharts[id_].number) for id_ in raisers}
        assert set(re.findall(r"\d+", " ".join(alert.text))) == numbers

    def test_a_path_is_the_order_in_which_it_went(self):
        path = ["planning.problem", "problem.first", "planning.safety", "safety.session_place"]
        diagram = extract(LIBRARY, "overview", path=path)
        on = {box.id for box in diagram.boxes if box.state == "on"}
        assert on == {"planning", "problem", "safety"}
        found = arrows(diagram)
        assert found["problem", "safety"].state == "on"
        assert found["safety", "diagnosis"].state == "off"


class TestOpened:
    def test_folded_it_is_one_flowchart(self):
        assert not extract(LIBRARY, "planning").groups

    def test_frames_stand_in_the_frame_of_what_visits_them(self):
        once = {group.id: group for group in extract(LIBRARY, "planning", depth=1).groups}
        twice = {group.id: group for group in extract(LIBRARY, "planning", depth=2).groups}
        assert "factor_detail" not in once
        assert twice["factor_detail"].within == "conceptualization"
        assert twice["conceptualization"].within == ""
        assert twice["factor_detail"].title == "11.6 visits 12 One thing that keeps it going"

    def test_all_levels_hold_every_node_once(self):
        found = Counter(box.id for box in extract(LIBRARY, "planning", depth=99).boxes)
        # The risk guide is opened by alerts, and visited by none.
        assert set(found) >= {key for key in NODES if not key.startswith("risk.")}
        assert set(found.values()) == {1}

    @pytest.mark.parametrize("depth", [1, 99])
    def test_the_way_goes_in_and_out_again(self, depth):
        diagram = extract(LIBRARY, "planning", depth=depth)
        found = arrows(diagram)
        assert ("planning.safety", "safety.session_place") in found
        assert ("planning.safety", "planning.diagnosis") not in found
        ends = [n for n in LIBRARY.flowcharts["safety"].nodes.values() if n.verb == "end"]
        assert ends
        assert all((end.key, "planning.diagnosis") in found for end in ends)
        plain = {id_ for id_, box in boxes(diagram).items() if box.kind != "alert"}
        assert plain <= reached(diagram, "planning/start")

    def test_conditions_after_a_visit_stand_where_it_comes_back(self, tmp_path):
        (tmp_path / "every.yaml").write_text(EVERY_VERB)
        (tmp_path / "other.yaml").write_text(OTHER)
        library, _ = load([tmp_path], only=True)
        diagram = extract(library, "every", depth=1)
        found = arrows(diagram)
        assert boxes(diagram)["every.other/back"].text == ("Back at 1.4",)
        assert ("other.done", "every.other/back") in found
        assert "(new round)" in found["every.other/back", "every.age"].text
        assert found["every.other/back", "every.done"].text == "otherwise"

    def test_what_is_visited_twice_is_drawn_once_and_calls_stay_matched(self, tmp_path):
        twice = EVERY_VERB.replace(
            "  told:\n    number: 1.2\n    tell: Age counts.\n",
            "  told:\n    number: 1.2\n    visit: other\n",
        )
        (tmp_path / "every.yaml").write_text(twice)
        (tmp_path / "other.yaml").write_text(OTHER)
        library, report = load([tmp_path], only=True)
        assert not report.errors
        diagram = extract(library, "every", depth=3)
        assert Counter(box.id for box in diagram.boxes)["other.words"] == 1
        assert boxes(diagram)["every.other"].text[-1] == "drawn at 1.2"
        found = arrows(diagram)
        assert ("every.other", "other.words") not in found
        assert ("every.other", "every.done") in found
        assert ("other.done", "every.branch") in found
        assert ("other.done", "every.done") not in found

    def test_a_flowchart_that_visits_itself_is_drawn_once(self, tmp_path):
        (tmp_path / "other.yaml").write_text(
            OTHER.replace("    ask: In a word?\n    answer: text\n", "    visit: other\n")
        )
        library, _ = load([tmp_path], only=True)
        diagram = extract(library, "other", depth=9)
        assert not diagram.groups
        assert boxes(diagram)["other.words"].text[-1] == "the whole of this drawing"

    def test_a_path_runs_through(self):
        start = f"problem.{LIBRARY.flowcharts['problem'].start}"
        end = next(
            n.key for n in LIBRARY.flowcharts["problem"].nodes.values() if n.verb == "end" and not n.stop
        )
        path = ["planning.problem", start, end, "planning.safety", "safety.session_place"]
        found = arrows(extract(LIBRARY, "planning", depth=1, path=path))
        for step in (path[:2], path[2:4], path[3:]):
            assert found[tuple(step)].state == "on"
        assert found["safety.session_place", "safety.client_location"].state == "off"


class TestRoutes:
    @pytest.mark.parametrize("key", NODES[::5])
    def test_what_is_drawn_is_what_the_graph_says_leads_there(self, key):
        diagram = extract(LIBRARY, f"to:{key}")
        found = leading_to(LIBRARY, key)
        drawn = {id_ for id_ in boxes(diagram) if "/" not in id_}
        assert drawn == found.nodes
        steps = {step for step in arrows(diagram) if "/" not in step[0]}
        assert {step for step in steps if step[0].split(".")[0] == step[1].split(".")[0]} == found.steps
        assert not [arrow for arrow in diagram.arrows if arrow.tail == key]
        assert boxes(diagram)[key].strong

    def test_conditions_are_kept_and_flowcharts_joined_by_visits(self):
        diagram = extract(LIBRARY, "to:2.10")
        assert [group.id for group in diagram.groups] == ["planning", "safety"]
        found = arrows(diagram)
        (remote,) = [step for step, arrow in found.items() if arrow.text == "a remote session"]
        assert remote[0] == "safety.session_place"
        assert ("planning.safety", "safety.session_place") in found
        assert diagram.title.startswith("What leads to 2.10 ")

    def test_a_guide_that_alerts_open_says_where_they_are_raised(self):
        diagram = extract(LIBRARY, "to:3.3")
        (way,) = [box for box in diagram.boxes if box.kind == "alert"]
        assert way.text[0].startswith("Opened at once by an alert at 2.4, ")

    def test_a_node_that_nothing_leads_to_stands_alone(self, tmp_path):
        (tmp_path / "other.yaml").write_text(
            OTHER + "  lost:\n    number: 2.9\n    tell: Nobody comes here.\n    next: done\n"
        )
        library, _ = load([tmp_path], only=True)
        assert list(boxes(extract(library, "to:2.9"))) == ["other.lost"]


class TestAround:
    def test_so_many_steps_before_and_after(self):
        one, two = (set(boxes(extract(LIBRARY, "around:2.6", steps=n))) for n in (1, 2))
        keys = [node.key for node in LIBRARY.flowcharts["safety"].nodes.values()]
        at = keys.index(next(node.key for node in LIBRARY.nodes() if node.number == "2.6"))
        assert set(keys[at - 1 : at + 2]) <= one
        assert keys[at - 2] not in one
        assert {keys[at - 2], keys[at + 2]} <= two

    @pytest.mark.parametrize("key", NODES[::9])
    def test_no_way_is_lost_at_the_edge(self, key):
        diagram = extract(LIBRARY, f"around:{key}")
        whole = {(a.tail, a.head): a.text for a in extract(LIBRARY, key.partition(".")[0]).arrows}
        drawn = boxes(diagram)
        for id_ in drawn:
            if "/" in id_:
                continue
            own = [text for (tail, head), text in whole.items() if tail == id_ and "/" not in head]
            out = Counter(a.text for a in diagram.arrows if a.tail == id_)
            assert not Counter(own) - out, id_

    def test_a_visit_leads_in_and_past_and_an_end_leads_back(self):
        found = arrows(extract(LIBRARY, "around:0.2", steps=1))
        assert found["planning.safety", "safety.session_place"].text == "visits"
        assert ("planning.safety", "planning.diagnosis") in found
        end = next(n.key for n in LIBRARY.flowcharts["safety"].nodes.values() if n.verb == "end")
        back = [arrow for arrow in extract(LIBRARY, f"around:{end}", steps=1).arrows if arrow.tail == end]
        assert [(arrow.head, arrow.text) for arrow in back] == [("planning.diagnosis", "back from 0.2")]

    def test_the_node_itself_stands_out(self):
        strong = [box.id for box in extract(LIBRARY, "around:2.6").boxes if box.strong]
        assert [LIBRARY.node(id_).number for id_ in strong] == ["2.6"]


class TestFactor:
    @pytest.mark.parametrize("factor", ["avoidance", "worry", "inactivity"])
    def test_every_goal_that_aims_at_it_with_its_measure(self, factor):
        diagram = extract(LIBRARY, f"factor:{factor}")
        goals = " ".join(text for box in diagram.boxes if box.kind == "goal" for text in box.text).lower()
        own = [goal for goal in LIBRARY.goals.values() if factor in goal.targets]
        assert own
        for goal in own:
            assert goal.name.lower() in goals
            if goal.measure.count:
                assert f"(measure: {goal.measure.count}".lower() in goals
            if goal.measure.instrument:
                assert LIBRARY.instruments[goal.measure.instrument].short.lower() in goals

    def test_every_treatment_that_aims_at_it_once(self):
        diagram = extract(LIBRARY, "factor:avoidance")
        names = Counter(
            text.removeprefix("• ").lower()
            for box in diagram.boxes
            if box.kind == "modality"
            for text in box.text
        )
        own = {m.name.lower() for m in LIBRARY.modalities.values() if "avoidance" in m.targets}
        assert set(names) == own
        assert set(names.values()) == {1}

    def test_arrows_are_what_the_bank_says(self):
        diagram = extract(LIBRARY, "factor:avoidance")
        found = boxes(diagram)
        for arrow in diagram.arrows:
            if arrow.tail.startswith("intervention/"):
                held = {
                    m.name.lower() for m in LIBRARY.modalities.values() if arrow.tail[13:] in m.interventions
                }
                assert {text.removeprefix("• ").lower() for text in found[arrow.head].text} <= held

    def test_it_runs_from_left_to_right_unless_asked(self):
        assert extract(LIBRARY, "factor:avoidance").direction == "LR"
        assert extract(LIBRARY, "factor:avoidance", direction="TB").direction == "TB"


class TestEnds:
    def test_an_end_that_very_many_come_to_is_drawn_beside_each(self, tmp_path):
        library = chance_library(tmp_path, 80, 2)
        diagram = extract(library, "chance")
        ways = Counter(arrow.head for arrow in diagram.arrows)
        ends = [box for box in diagram.boxes if box.kind == "end"]
        assert any(COPY in box.id for box in ends)
        assert all(ways[box.id] == 1 or ways[box.id] <= 6 for box in ends)
        assert {box.id.partition(COPY)[0] for box in ends} == {
            node.key for node in library.nodes() if node.verb == "end"
        }
        edges = sum(len({(edge.go, edge.again) for edge in node.edges}) for node in library.nodes())
        assert len(diagram.arrows) == edges + 1


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("to:safety.sessionplace", "to:safety.session_place"),
        ("around:9.99", ""),
        ("factor:avoidence", "factor:avoidance"),
    ],
)
def test_names_that_are_not_there(name, near):
    with pytest.raises(UnknownDrawingError) as raised:
        extract(LIBRARY, name)
    assert near in raised.value.help
