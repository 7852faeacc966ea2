"""The model as networkx graphs. networkx is imported when a graph is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goldenthread.graph.alerts import raising
from goldenthread.graph.calls import returning

if TYPE_CHECKING:
    import networkx as nx

    from goldenthread.model import Flowchart, Library


def flowchart_graph(flowchart: Flowchart) -> nx.MultiDiGraph[str]:
    """Give one flowchart as a graph, with a visit as one node.

    Nodes are full names (`safety.self_harm`) with `node`, `verb`, `number`, `text`, `flowchart`, `phase`,
    `visit` and `stop`; edges have `kind` (next, when, otherwise, unknown), `edge`, `say` and `again`. An edge
    that leads to no node is left out.
    """
    import networkx as nx  # noqa: PLC0415 -- a heavy import, made when used

    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(
        flowchart=flowchart.id, start=f"{flowchart.id}.{flowchart.start}"
    )
    _add(graph, flowchart)
    return graph


def library_graph(library: Library) -> nx.MultiDiGraph[str]:
    """Give the whole library as one graph.

    To what `flowchart_graph` gives it adds edges of the kinds `call` (visit to the start of the visited
    flowchart), `return` (an end that does not stop, to each node after the visit), `raises` (a question to an
    alert that reads its answer) and `opens` (an alert to the start of the flowchart that it opens); an alert
    is a node `alert:ID` with the verb `alert`. `call` and `return` edges carry the visit's name as `call`: a
    route may only return to the call that it came by. An edge out of a visit carries `summary`: whether the
    visited flowchart can come back, so a route may pass over it. To follow `summary` edges that are true and
    `call` edges, and never `return` edges, is to follow matched routes only.
    """
    import networkx as nx  # noqa: PLC0415 -- as above

    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(digest=library.digest)
    for flowchart in library.flowcharts.values():
        _add(graph, flowchart)
    back = returning(library)
    for node in library.nodes():
        visited = library.flowcharts.get(node.visit)
        if visited is None:
            continue
        if visited.start in visited.nodes:
            graph.add_edge(
                node.key, f"{visited.id}.{visited.start}", kind="call", call=node.key, say="", again=False
            )
        for _, _, data in graph.out_edges(node.key, data=True):
            if data["kind"] != "call":
                data["summary"] = visited.id in back
        ends = [end.key for end in visited.nodes.values() if end.verb == "end" and not end.stop]
        after = dict.fromkeys(f"{node.flowchart}.{edge.go}" for edge in node.edges)
        for end in ends:
            for key in after:
                if key in graph:
                    graph.add_edge(end, key, kind="return", call=node.key, say="", again=False)
    _add_alerts(graph, library)
    return graph


def _add(graph: nx.MultiDiGraph[str], flowchart: Flowchart) -> None:
    for node in flowchart.nodes.values():
        graph.add_node(
            node.key,
            node=node,
            verb=node.verb,
            number=node.number,
            text=node.text,
            flowchart=flowchart.id,
            phase=flowchart.phase,
            visit=node.visit,
            stop=node.stop,
        )
    for node in flowchart.nodes.values():
        for edge in node.edges:
            if edge.go in flowchart.nodes:
                go = f"{flowchart.id}.{edge.go}"
                graph.add_edge(node.key, go, kind=edge.kind, edge=edge, say=edge.say(), again=edge.again)


def _add_alerts(graph: nx.MultiDiGraph[str], library: Library) -> None:
    for alert in library.alerts.values():
        key = f"alert:{alert.id}"
        graph.add_node(key, alert=alert, verb="alert", number="", text=alert.text, flowchart="", phase="")
        for node in raising(library, alert):
            graph.add_edge(node.key, key, kind="raises", say=alert.raise_when.say(), again=False)
        opened = library.flowcharts.get(alert.opens)
        if opened is not None and opened.start in opened.nodes:
            graph.add_edge(key, f"{opened.id}.{opened.start}", kind="opens", say="", again=False)
