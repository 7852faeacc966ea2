"""What leads to a node: matched routes only, checked against all routes walked one by one."""

from __future__ import annotations

import pytest

from goldenthread.graph import leading_to, returning
from goldenthread.loading import load
from small import shipped_library

LIBRARY = shipped_library()


def one_by_one(library, key):
    """Walk every route backwards with a stack of calls, in a way as plain as it is slow."""
    back = returning(library)
    goal = library.node(key)
    found, seen = {key}, set()
    waiting = [goal]
    while waiting:
        node = waiting.pop()
        flowchart = library.flowcharts[node.flowchart]
        for before in flowchart.nodes.values():
            leads = any(edge.go == node.id and not edge.again for edge in before.edges)
            passable = not before.visit or before.visit in back
            if leads and passable and before.key != key and before.key not in seen:
                seen.add(before.key)
                waiting.append(before)
        if node.id == flowchart.start:
            for visit in library.nodes():
                if visit.visit == flowchart.id and visit.key not in seen:
                    seen.add(visit.key)
                    waiting.append(visit)
        found |= seen
    return found


@pytest.mark.parametrize("key", [node.key for node in LIBRARY.nodes()][::3])
def test_every_node_of_the_shipped_library(key):
    assert leading_to(LIBRARY, key).nodes == one_by_one(LIBRARY, key)


def test_a_route_goes_in_by_a_visit_and_not_out_of_it():
    found = leading_to(LIBRARY, "safety.self_harm")
    assert found.flowcharts == ("planning", "safety")
    assert found.calls == {"planning.safety"}
    assert {"planning.problem", "planning.safety"} <= found.nodes
    assert "planning.diagnosis" not in found.nodes
    assert not any(key.startswith("problem.") for key in found.nodes)
    assert ("planning.problem", "planning.safety") in found.steps


def test_it_stops_at_the_node_and_before_a_new_round():
    found = leading_to(LIBRARY, "planning.what_follows")
    assert not any(tail == "planning.what_follows" for tail, _ in found.steps)
    assert ("planning.what_follows", "planning.problem") not in found.steps


TWO_CALLS = """
flowchart: outer
number: 1
title: Outer
phase: problem
purpose: To visit.
root: true
start: first
review: {status: draft}
nodes:
  first:
    number: 1.1
    visit: inner
    next: lost
  lost:
    number: 1.2
    visit: never
    next: beyond
  beyond:
    number: 1.3
    visit: inner
    next: done
  done:
    end: Done
"""
INNER = """
flowchart: {name}
number: {number}
title: {name}
phase: problem
purpose: To be visited.
start: words
review: {{status: draft}}
nodes:
  words:
    number: {number}.1
    ask: In a word?
    answer: text
    next: done
  done:
    end: Said
    {stop}
"""


def test_no_route_passes_what_does_not_come_back(tmp_path):
    (tmp_path / "outer.yaml").write_text(TWO_CALLS)
    (tmp_path / "inner.yaml").write_text(INNER.format(name="inner", number=2, stop=""))
    (tmp_path / "never.yaml").write_text(INNER.format(name="never", number=3, stop="stop: true"))
    library, _ = load([tmp_path], only=True)
    found = leading_to(library, "inner.words")
    assert found.calls == {"outer.first"}
    assert "outer.beyond" not in found.nodes
    assert leading_to(library, "outer.done").nodes == set()
    assert leading_to(library, "outer.done").flowcharts == ()


def test_a_node_that_is_not_there():
    with pytest.raises(KeyError):
        leading_to(LIBRARY, "safety.nowhere")
