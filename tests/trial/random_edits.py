"""Random small libraries, each before and after the way on from a node of it was edited.

Of every other one the node is a question whose answer raises an alert, and what decides behind it reads what the
flowchart tells that the alert opens.
"""

from __future__ import annotations

import copy
import random
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from random_library import FEATURES, Draft, condition, drafted, load_texts, rounds_of
from small import bank

if TYPE_CHECKING:
    from collections.abc import Callable

    from goldenthread.model import Library

    Nodes = dict[str, dict[str, Any]]


def edited(seed: int) -> tuple[Library, Library, int]:
    """Give a library before and after an edit, and how many rounds of it have to be walked."""
    draw = random.Random(seed)
    heard = bool(seed % 2)
    few = draw.sample(FEATURES, draw.choice((0, 0, 1) if heard else (0, 1, 1, 2)))
    features = {*few, *(("risk", "roles") if heard else ())}
    before = drafted(Draft(draw, frozenset(features)))
    name, id_ = draw.choice(
        [
            (name, id_)
            for name, nodes in before.charts.items()
            for id_, node in nodes.items()
            if "next" in node
        ]
    )
    if heard:
        name, id_ = _raising(before) or (name, id_)
    after = replace(copy.deepcopy(replace(before, draw=None)), draw=draw)
    draw.choice(_EDITS[2:] if heard else _EDITS)(before, after, name, id_)
    texts = before.texts(), after.texts()
    return load_texts(texts[0]), load_texts(texts[1]), max(rounds_of(written) for written in texts)


def _raising(draft: Draft) -> tuple[str, str] | None:
    """Let an answer raise an alert, and what will decide read what comes of that; give the question."""
    asking = [
        (name, id_)
        for name, nodes in draft.charts.items()
        for id_, node in nodes.items()
        if "next" in node and "as" in node and name != "risk"
    ]
    if not asking:
        return None
    name, id_ = draft.draw.choice(asking)
    role = draft.charts[name][id_]["as"]
    heard = {"raise_when": f"{draft.draw.choice(('known', 'answered'))}({role})", "opens": "risk"}
    draft.bank.append(bank("alerts", {"heard": {**heard, "cleared_when": condition(draft, "", 0)}}))
    told = {node.get("as", f"risk.{other}") for other, node in draft.charts["risk"].items()} | {
        "risk.outcome"
    }
    draft.facts = [fact for fact in draft.facts if fact.name in told] * 5 + draft.facts
    return name, id_


def _redecided(before: Draft, after: Draft, name: str, id_: str) -> None:
    """Read other conditions."""
    for edge in _edges(after.charts[name][id_]):
        if "when" in edge:
            edge["when"] = condition(after, name)


def _led_elsewhere(before: Draft, after: Draft, name: str, id_: str) -> None:
    """Lead one edge on to another node."""
    edge = after.draw.choice(_edges(after.charts[name][id_]))
    edge[_target(edge)] = after.draw.choice(_further(after.charts[name], id_))
    edge.pop("again", None)


def _decided_between(before: Draft, after: Draft, name: str, id_: str) -> None:
    """Let something decide on the way that the other library does not have."""
    with_ = after.draw.choice((before, after))
    place = after.draw.randrange(len(_edges(with_.charts[name][id_])))
    _between(with_, name, id_, place, {"d_one": _deciding(with_, name, id_)})


def _decided_otherwise(before: Draft, after: Draft, name: str, id_: str) -> None:
    """Come by another node that decides, often the same in other words, or by two of them."""
    draw = after.draw
    place = draw.randrange(len(_edges(before.charts[name][id_])))
    one = _deciding(before, name, id_)
    (first, rest), new = one["next"], _deciding(before, name, id_)
    other, further = copy.deepcopy(one), {}
    match draw.choice(("same", "turned", "two", "new")):
        case "turned":
            unknown = draw.choice(([], [{"unknown": rest["otherwise"]}]))
            turned = {"when": f"not ({first['when']})", "go": rest["otherwise"]}
            other["next"] = [turned, *unknown, {"otherwise": first["go"]}]
        case "two":
            other["next"][1] = {"otherwise": "d_three"}
            further["d_three"] = {**new, "next": [new["next"][0], rest]}
        case "new":
            other["next"][0] = new["next"][0]
    for draft, decides in (
        (before, {"d_one": one, "d_two": other}),
        (after, {"d_two": other, "d_one": one}),
    ):
        _between(draft, name, id_, place, copy.deepcopy({**decides, **further}))


_EDITS: tuple[Callable[[Draft, Draft, str, str], None], ...] = (
    _redecided,
    _led_elsewhere,
    _decided_between,
    _decided_otherwise,
    _decided_otherwise,
    _decided_otherwise,
)


def _between(draft: Draft, name: str, id_: str, place: int, decides: Nodes) -> None:
    """Put nodes that decide behind a node: the edge at a place leads to the first."""
    nodes = draft.charts[name]
    edge = _edges(nodes[id_])[place]
    edge[_target(edge)] = next(iter(decides))
    edge.pop("again", None)
    draft.charts[name] = {}
    for other, node in nodes.items():
        draft.charts[name][other] = node
        if other == id_:
            draft.charts[name] |= decides


def _deciding(draft: Draft, name: str, id_: str) -> dict[str, Any]:
    further = _further(draft.charts[name], id_)
    when = {"when": condition(draft, name), "go": draft.draw.choice(further)}
    return {"decide": "Which?", "next": [when, {"otherwise": draft.draw.choice(further)}]}


def _further(nodes: Nodes, id_: str) -> list[str]:
    ids = list(nodes)
    return ids[ids.index(id_) + 1 :]


def _edges(node: dict[str, Any]) -> list[dict[str, Any]]:
    """Give a node's edges, written one by one."""
    if isinstance(node["next"], str):
        node["next"] = [{"otherwise": node["next"]}]
    return node["next"]


def _target(edge: dict[str, Any]) -> str:
    return next(key for key in ("go", "otherwise", "unknown") if key in edge)
