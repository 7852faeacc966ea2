"""Flowcharts as graphs: what can be reached, from where, past what; calls and returns matched."""

from goldenthread.graph.alerts import raising
from goldenthread.graph.build import flowchart_graph, library_graph
from goldenthread.graph.calls import passes_through, reachable_in, returning, under_way, way_around
from goldenthread.graph.cycles import cycles_without_again, lost_heads, recursive_visits, traps
from goldenthread.graph.leading import Leading, leading_to
from goldenthread.graph.reach import dead_ends, reachable, routes_to, unreachable

__all__ = [
    "Leading",
    "cycles_without_again",
    "dead_ends",
    "flowchart_graph",
    "leading_to",
    "library_graph",
    "lost_heads",
    "passes_through",
    "raising",
    "reachable",
    "reachable_in",
    "recursive_visits",
    "returning",
    "routes_to",
    "traps",
    "under_way",
    "unreachable",
    "way_around",
]
