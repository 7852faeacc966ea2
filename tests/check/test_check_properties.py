"""Random small flowcharts: what the rules find is what a walk over the edges finds, one step after the other."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st

from goldenthread.check.rules import cycles, dead_ends, unreachable
from goldenthread.diagnostics import Span
from goldenthread.model import Edge, Flowchart, Library, Node

if TYPE_CHECKING:
    from collections.abc import Iterable

Shape = tuple[list[list[tuple[int, bool]]], set[int]]
"""Targets by node, each with whether its edge closes the round; and the nodes that are ends."""


@st.composite
def shapes(draw: st.DrawFn) -> Shape:
    size = draw(st.integers(1, 7))
    ends = draw(st.sets(st.integers(0, size - 1), max_size=3))
    again = st.integers(0, 4).map(lambda n: n == 0)
    targets = st.lists(st.tuples(st.integers(0, size - 1), again), max_size=3)
    return [[] if n in ends else draw(targets) for n in range(size)], ends


def made(shape: Shape) -> Library:
    """Give the library of one flowchart; node n is named on line n + 1, and its edges in columns from 10 on."""
    nodes = {}
    for n, targets in enumerate(shape[0]):
        edges = tuple(
            Edge(span=Span("f", n + 1, 10 + at), go=f"n{to}", kind="otherwise", again=again)
            for at, (to, again) in enumerate(targets)
        )
        verb = "end" if n in shape[1] else "tell"
        nodes[f"n{n}"] = Node(id=f"n{n}", flowchart="f", verb=verb, span=Span("f", n + 1, 1), edges=edges)
    return Library(flowcharts={"f": Flowchart(id="f", span=Span("f", 99, 1), nodes=nodes, start="n0")})


def walked(shape: Shape, begin: Iterable[int], *, within_round: bool = False) -> set[int]:
    """Give every node that a walk comes to, those at which it begins included."""
    found = set(begin)
    while True:
        further = {to for n in found for to, again in shape[0][n] if not (within_round and again)} - found
        if not further:
            return found
        found |= further


def lines(rule: Any, shape: Shape) -> list[int]:
    return [finding.where.things[0].line - 1 for finding in rule.check(made(shape))]


def after(shape: Shape, node: int, *, within_round: bool = False) -> set[int]:
    """Give what comes after one step or more."""
    first = {to for to, again in shape[0][node] if not (within_round and again)}
    return walked(shape, first, within_round=within_round)


@given(shapes())
@settings(max_examples=300)
def test_what_no_walk_comes_to_is_found_through_its_heads(shape: Shape) -> None:
    lost = set(range(len(shape[0]))) - walked(shape, [0])
    heads = lines(unreachable, shape)
    assert set(heads) <= lost
    assert walked(shape, heads) & lost == lost
    for head in heads:
        assert not any(head in walked(shape, [other]) for other in heads if other != head)


@given(shapes())
@settings(max_examples=300)
def test_what_no_end_follows_is_found_where_it_stops(shape: Shape) -> None:
    here = walked(shape, [0])
    stuck = {n for n in here if not walked(shape, [n]) & shape[1]}
    turning = {n for n in range(len(shape[0])) if n in after(shape, n, within_round=True)}
    stops = lines(dead_ends, shape)
    assert set(stops) <= stuck
    for n in stuck:
        # A circle within the round is another rule's, and says that nothing follows by itself.
        assert walked(shape, [n]) & ({*stops} | turning)
    for stop in stops:
        assert not shape[0][stop] or stop in after(shape, stop)
        assert not any(other in walked(shape, [stop]) for other in stops if other != stop)


@given(shapes())
@settings(max_examples=300)
def test_each_knot_of_circles_is_found_once_at_an_edge_of_it(shape: Shape) -> None:
    turning = {n for n in range(len(shape[0])) if n in after(shape, n, within_round=True)}
    further = {n: after(shape, n, within_round=True) for n in turning}
    knots = {frozenset(m for m in turning if m in further[n] and n in further[m]) for n in turning}
    found: list[Any] = list(cycles.check(made(shape)))
    assert len(found) == len(knots)
    assert {next(knot for knot in knots if f.where.line - 1 in knot) for f in found} == knots
    for finding in found:
        written = finding.message.rpartition(": ")[2].split(" → ")
        route = [int(id_.removeprefix("n")) for id_ in written]
        assert route[0] == route[-1]
        for n, to in pairwise(route):
            assert (to, False) in shape[0][n]
