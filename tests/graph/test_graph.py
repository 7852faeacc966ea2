"""Graphs of flowcharts: faults are planted and must be found, and the drawn graph is the node table."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.diagnostics import Span
from goldenthread.graph import (
    cycles_without_again,
    dead_ends,
    flowchart_graph,
    library_graph,
    passes_through,
    raising,
    reachable,
    reachable_in,
    recursive_visits,
    returning,
    routes_to,
    under_way,
    unreachable,
    way_around,
)
from goldenthread.model import Edge, Flowchart, Library, Node
from small import shipped_library

HERE = Span("test.yaml", 1, 1)


def chart(id_, lines, **more):
    """Make a flowchart of lines: `a -> b c`, `a visits x -> b`, `a ends`, `a stops`, `a -> b!` (again)."""
    nodes = {}
    for line in lines:
        head, _, after = line.partition("->")
        name, *words = head.split()
        verb = {"visits": "visit", "ends": "end", "stops": "end"}.get(words[0] if words else "", "ask")
        targets = after.split()
        edges = tuple(
            Edge(
                span=HERE,
                go=go.rstrip("!"),
                again=go.endswith("!"),
                kind="next" if len(targets) == 1 else "when",
                label=f"way {n}",
            )
            for n, go in enumerate(targets)
        )
        nodes[name] = Node(
            id=name,
            flowchart=id_,
            verb=verb,
            span=HERE,
            edges=edges,
            ask=name if verb == "ask" else "",
            end=name if verb == "end" else "",
            stop=words[:1] == ["stops"],
            visit=words[1] if verb == "visit" else "",
        )
    start = lines[0].split()[0]
    return Flowchart(id=id_, span=HERE, nodes=nodes, start=start, **more)


def library_of(**charts):
    return Library(flowcharts={id_: chart(id_, lines) for id_, lines in charts.items()})


@pytest.fixture(scope="module")
def shipped():
    return shipped_library()


class TestTheGraphIsTheNodeTable:
    def test_every_shipped_flowchart(self, shipped):
        for flowchart in shipped.flowcharts.values():
            graph = flowchart_graph(flowchart)
            assert list(graph.nodes) == [node.key for node in flowchart.nodes.values()]
            drawn = sorted((a, b, d["kind"], d["say"], d["again"]) for a, b, d in graph.edges(data=True))
            authored = sorted(
                (node.key, f"{flowchart.id}.{edge.go}", edge.kind, edge.say(), edge.again)
                for node in flowchart.nodes.values()
                for edge in node.edges
                if edge.go in flowchart.nodes
            )
            assert drawn == authored
            for key, data in graph.nodes(data=True):
                node = shipped.node(key)
                assert (data["node"], data["verb"], data["number"], data["text"]) == (
                    node,
                    node.verb,
                    node.number,
                    node.text,
                )

    def test_two_edges_to_one_node_are_two_edges(self):
        assert flowchart_graph(chart("x", ["a -> b b", "b ends"])).number_of_edges("x.a", "x.b") == 2

    def test_a_library_holds_its_flowcharts(self, shipped):
        whole = library_graph(shipped)
        for flowchart in shipped.flowcharts.values():
            for a, b, data in flowchart_graph(flowchart).edges(data=True):
                assert any(data["edge"] is other.get("edge") for other in whole[a][b].values())

    def test_an_edge_to_nowhere_is_left_out(self):
        assert not flowchart_graph(chart("x", ["a -> nowhere"])).edges


class TestReach:
    def test_an_unreachable_node(self):
        x = chart("x", ["a -> b", "b ends", "lost -> b", "lonely -> lonely"])
        assert unreachable(x) == ["lost", "lonely"]
        assert reachable(x) == {"a", "b"}

    def test_a_dead_end(self):
        x = chart("x", ["a -> b c", "b ends", "c -> d", "d -> c", "e"])
        assert dead_ends(x) == ["c", "d", "e"]

    def test_no_start_reaches_nothing(self):
        x = Flowchart(id="x", span=HERE, nodes=chart("x", ["a ends"]).nodes, start="not_there")
        assert reachable(x) == set()
        assert unreachable(x) == ["a"]

    def test_routes_to(self):
        x = chart("x", ["a -> b c", "b -> d", "c -> e", "d -> e f", "e ends", "f ends", "g -> d"])
        assert routes_to(x, "d") == {"a", "b", "d"}
        assert routes_to(x, "e") == {"a", "b", "c", "d", "e"}
        assert routes_to(x, "g") == set()
        with pytest.raises(KeyError):
            routes_to(x, "nowhere")

    def test_the_shipped_flowcharts_are_sound(self, shipped):
        for flowchart in shipped.flowcharts.values():
            assert unreachable(flowchart) == []
            assert dead_ends(flowchart) == []
            assert cycles_without_again(flowchart) == []
        assert recursive_visits(shipped) == []


class TestCycles:
    def test_a_planted_cycle_is_given_as_walked(self):
        x = chart("x", ["a -> b", "b -> c", "c -> d b", "d ends"])
        assert cycles_without_again(x) == [["b", "c"]]

    def test_again_closes_the_round(self):
        assert cycles_without_again(chart("x", ["a -> b", "b -> a! c", "c ends"])) == []

    def test_a_node_that_leads_to_itself(self):
        assert cycles_without_again(chart("x", ["a -> a b", "b ends"])) == [["a"]]

    def test_each_knot_is_named_once(self):
        x = chart("x", ["a -> b", "b -> a c", "c -> d", "d -> c e", "e ends"])
        assert cycles_without_again(x) == [["a", "b"], ["c", "d"]]

    def test_a_complete_graph_does_not_blow_up(self):
        names = [f"n{n}" for n in range(120)]
        x = chart("x", [f"{name} -> {' '.join(names)}" for name in names])
        assert cycles_without_again(x) == [["n0"]]

    def test_flowcharts_that_visit_each_other(self):
        library = library_of(
            a=["v visits b -> e", "e ends"], b=["v visits c -> e", "e ends"], c=["v visits a -> e", "e ends"]
        )
        assert recursive_visits(library) == [["a", "b", "c"]]
        assert recursive_visits(library_of(a=["v visits a -> e", "e ends"])) == [["a"]]


class TestCalls:
    def test_a_flowchart_that_only_stops_never_returns(self):
        library = library_of(
            root=["v visits stops -> after", "after ends"],
            stops=["a -> b", "b stops"],
            back=["a -> b c", "b stops", "c ends"],
        )
        assert returning(library) == {"back"}
        assert reachable_in(library, "root") == {"root.v", "stops.a", "stops.b"}
        assert library_graph(library).edges["root.v", "root.after", 0]["summary"] is False

    def test_calls_return_to_where_they_came_from(self):
        library = library_of(
            root=["v visits shared -> a", "a -> b", "b ends"],
            other=["v visits shared -> c", "c ends"],
            shared=["x ends"],
        )
        assert "other.c" not in reachable_in(library, "root")
        graph = library_graph(library)
        returns = {(d["call"], b) for _, b, d in graph.edges(data=True) if d["kind"] == "return"}
        assert returns == {("root.v", "root.a"), ("other.v", "other.c")}

    def test_following_the_graph_as_its_words_say_is_following_matched_routes(self, shipped):
        graph = library_graph(shipped)
        matched = nx.DiGraph()
        matched.add_nodes_from(graph)
        matched.add_edges_from(
            (a, b)
            for a, b, d in graph.edges(data=True)
            if d["kind"] not in {"return", "raises", "opens"} and d.get("summary", True)
        )
        root = shipped.flowcharts["planning"]
        found = {f"planning.{root.start}"} | nx.descendants(matched, f"planning.{root.start}")
        assert found == reachable_in(shipped, "planning", opened=False)

    def test_what_a_walk_has_to_come_through_is_under_way(self):
        library = library_of(
            root=["v visits guide -> w", "w visits inner -> e", "e ends"],
            guide=["v visits deep -> e", "e ends"],
            deep=["v visits inner -> e", "e ends"],
            inner=["e ends"],
        )
        assert under_way(library, "deep") == {"root", "guide", "deep"}
        assert under_way(library, "inner") == {"root", "inner"}
        flowcharts = {
            **library.flowcharts,
            "deep": replace(library.flowcharts["deep"], opened_by_hand=True),
        }
        assert under_way(replace(library, flowcharts=flowcharts), "deep") == {"deep"}

    def test_a_recursion_that_never_ends_never_returns(self):
        library = library_of(a=["v visits b -> e", "e ends"], b=["v visits a -> e", "e ends"])
        assert returning(library) == set()


class TestPassesThrough:
    def test_a_route_around_the_screen_is_shown(self):
        library = library_of(
            root=["p -> s g", "s visits safety -> g", "g visits goals -> e", "e ends"],
            safety=["a ends"],
            goals=["a ends"],
        )
        assert not passes_through(library, "root", "goals", "safety")
        assert way_around(library, "root", "goals", "safety") == ("root.p", "root.g")

    def test_every_route_past_the_screen(self):
        library = library_of(
            root=[
                "p -> s q",
                "q -> s2",
                "s visits safety -> g",
                "s2 visits safety -> g",
                "g visits goals -> e",
                "e ends",
            ],
            safety=["a ends"],
            goals=["a ends"],
        )
        assert passes_through(library, "root", "goals", "safety")

    def test_the_screen_inside_another_flowchart(self):
        library = library_of(
            root=["i visits intake -> g", "g visits goals -> e", "e ends"],
            intake=["a -> s out", "s visits safety -> out", "out ends"],
            safety=["a ends"],
            goals=["a ends"],
        )
        assert way_around(library, "root", "goals", "safety") == ("root.i", "root.g")
        always = library_of(
            root=["i visits intake -> g", "g visits goals -> e", "e ends"],
            intake=["a -> s", "s visits safety -> out", "out ends"],
            safety=["a ends"],
            goals=["a ends"],
        )
        assert passes_through(always, "root", "goals", "safety")

    def test_the_goals_inside_another_flowchart(self):
        library = library_of(
            root=["w visits work -> s", "s visits safety -> e", "e ends"],
            work=["g visits goals -> e", "e ends"],
            safety=["a ends"],
            goals=["a ends"],
        )
        assert way_around(library, "root", "goals", "safety") == ("root.w", "work.g")

    def test_a_screen_that_comes_after(self):
        library = library_of(
            root=["g visits goals -> s", "s visits safety -> e", "e ends"],
            safety=["a ends"],
            goals=["a ends"],
        )
        assert not passes_through(library, "root", "goals", "safety")
        assert passes_through(library, "root", "safety", "goals")

    def test_nowhere_is_reached_by_no_way_around(self):
        library = library_of(root=["e ends"], safety=["a ends"], goals=["a ends"])
        assert passes_through(library, "root", "goals", "safety")
        with pytest.raises(KeyError):
            passes_through(library, "root", "goals", "saefty")

    def test_the_shipped_library_plans_nothing_before_the_screen(self, shipped):
        for to in ("goals", "modality", "plan_review"):
            assert way_around(shipped, "planning", to, "safety") == ()


class TestAlerts:
    def test_questions_raise_and_alerts_open(self, shipped):
        graph = library_graph(shipped)
        alert = shipped.alerts["risk_suicide"]
        assert [node.key for node in raising(shipped, alert)] == ["safety.suicidal_thoughts"]
        assert graph.has_edge("safety.suicidal_thoughts", "alert:risk_suicide")
        start = shipped.flowcharts["risk"].start
        assert graph.edges["alert:risk_suicide", f"risk.{start}", 0]["kind"] == "opens"

    def test_an_alert_makes_its_flowchart_reachable(self, shipped):
        assert not any(key.startswith("risk.") for key in reachable_in(shipped, "planning", opened=False))
        assert any(key.startswith("risk.") for key in reachable_in(shipped, "planning"))

    def test_what_neither_opens_is_not_reached(self, shipped):
        left = reachable_in(shipped, "planning", but={"risk"})
        assert left == reachable_in(shipped, "planning", opened=False)

    def test_an_item_of_an_instrument_is_asked_by_the_measure(self, shipped):
        keys = {node.key for node in raising(shipped, shipped.alerts["phq9_item_9"])}
        assert keys == {node.key for node in shipped.nodes() if node.measure == "phq9"}


@st.composite
def libraries(draw):
    """Make three small flowcharts, `root`, `to` and `through`, and a fourth that may visit either."""
    charts = {"to": ["a ends"], "through": ["a ends"]}
    for id_, others in (("work", ["to", "through"]), ("root", ["work", "to", "through"])):
        names = [f"n{n}" for n in range(draw(st.integers(2, 6)))]
        lines = []
        for n, name in enumerate(names[:-1]):
            later = names[n + 1 :]
            targets = draw(st.lists(st.sampled_from(later), min_size=1, max_size=3, unique=True))
            visited = draw(st.sampled_from(["", "", *others]))
            lines.append(f"{name} {'visits ' + visited if visited else ''} -> {' '.join(targets)}")
        lines.append(f"{names[-1]} {draw(st.sampled_from(['ends', 'ends', 'stops']))}")
        charts[id_] = lines
    return library_of(**charts)


def walks(library, flowchart, node_id):
    """Give every route from a node as (visits in order, whether it came back): by walking them all."""
    node = flowchart.nodes[node_id]
    if node.verb == "end":
        return [((), not node.stop)]
    begun = [((), True)]
    if node.visit:
        visited = library.flowcharts[node.visit]
        begun = [((node.visit, *visits), back) for visits, back in walks(library, visited, visited.start)]
    found = []
    for visits, back in begun:
        if not back:
            found.append((visits, False))
            continue
        for edge in node.edges:
            found += [((*visits, *more), end) for more, end in walks(library, flowchart, edge.go)]
    return found


class TestAgainstWalkingEveryRoute:
    @given(libraries())
    def test_passes_through(self, library):
        root = library.flowcharts["root"]
        routes = [visits for visits, _ in walks(library, root, root.start)]
        expected = all("through" in r[: r.index("to")] for r in routes if "to" in r)
        assert passes_through(library, "root", "to", "through") is expected

    @given(libraries())
    def test_a_way_around_is_a_route(self, library):
        way = way_around(library, "root", "to", "through")
        for a, b in pairwise(way):
            node = library.node(a)
            after = {f"{node.flowchart}.{edge.go}" for edge in node.edges}
            called = library.flowcharts.get(node.visit)
            assert b in after or (called is not None and b == f"{called.id}.{called.start}")
        assert all(library.node(key).visit != "through" for key in way)
        assert not way or library.node(way[-1]).visit == "to"

    @given(libraries())
    def test_returning(self, library):
        for flowchart in library.flowcharts.values():
            back = any(back for _, back in walks(library, flowchart, flowchart.start))
            assert (flowchart.id in returning(library)) is back


class TestLarge:
    def test_ten_thousand_nodes_are_gone_through(self):
        charts = {"root": ["n0 -> n1 n2"]}
        size = 5000
        charts["root"] = [f"n{n} -> n{min(n + 1, size)} n{min(n + 7, size)}" for n in range(size)] + [
            f"n{size} ends"
        ]
        parts = [f"part{n}" for n in range(1000)]
        charts["hub"] = [f"v{n} visits {part} -> v{n + 1}" for n, part in enumerate(parts)] + ["v1000 ends"]
        for n, part in enumerate(parts):
            charts[part] = (
                ["a -> b c", "b -> d", "c -> d", "d ends"]
                if n % 2
                else ["a -> b", "b -> c", "c ends", "d ends"]
            )
        library = library_of(**charts)
        assert sum(1 for _ in library.nodes()) > 10_000 - 4
        root = library.flowcharts["root"]
        assert len(flowchart_graph(root)) == len(reachable(root)) == size + 1
        assert len(library_graph(library)) > 10_000
        assert not dead_ends(root)
        assert not cycles_without_again(root)
        assert not recursive_visits(library)
        assert len(returning(library)) == len(library.flowcharts)
        assert passes_through(library, "hub", "part999", "part0")
        assert len(routes_to(root, "n4000")) == 4001
