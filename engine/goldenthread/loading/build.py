"""A located tree of right form to frozen dataclasses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar, cast

from goldenthread.language import Condition
from goldenthread.model import (
    KINDS,
    VERBS,
    Band,
    Blank,
    Cutoff,
    Edge,
    Entry,
    Flowchart,
    Leads,
    Measure,
    Never,
    Node,
    Option,
    Review,
    RiskItem,
    Rule,
    Scale,
    Source,
    Suggestion,
)

if TYPE_CHECKING:
    from goldenthread.source import Tree

Made = TypeVar("Made")
Reader = Callable[["Tree", Any, Any], Any]
"""Makes a field's value from the tree, the container that holds it, and its key there."""


@cache
def _plan(cls: Any) -> dict[str, tuple[str, Reader | None]]:
    """Give, by YAML key, a field's name and reader; None where the value stands as it is."""
    plan: dict[str, tuple[str, Reader | None]] = {}
    for field in fields(cls):
        reader = field.metadata.get("reader")
        if reader:
            plan[field.metadata["key"] or field.name] = (field.name, _READERS.get(reader))
    return plan


def make(cls: type[Made], tree: Tree, data: Any, **given: Any) -> Made:
    """Make a dataclass from a map; `given` are the fields that authors do not write."""
    plan = _plan(cast("Any", cls))
    for key, value in data.items():
        if key in plan:
            name, reader = plan[key]
            given[name] = value if reader is None else reader(tree, data, key)
    return cls(**given)


def entries(tree: Tree, kind: str, broken: set[str]) -> list[Entry]:
    """Make the entries of a bank file, leaving out those with errors."""
    data = tree.data["entries"]
    review = tree.data.get("review")
    shared = make(Review, tree, review) if review else Review()
    cls = KINDS[kind]
    made = []
    for n, id_ in enumerate(data):
        if id_ in broken or not isinstance(data[id_], dict):
            continue
        given: dict[str, Any] = {"id": id_, "kind": kind, "span": tree.key(data, id_), "order": n}
        if "review" not in data[id_]:
            given["review"] = shared
        if "name" not in data[id_] and hasattr(cls, "suggest"):
            given["name"] = id_.replace("_", " ")
        made.append(make(cls, tree, data[id_], **given))
    return made


def flowchart(tree: Tree) -> Flowchart:
    """Make a flowchart."""
    data = tree.data
    id_ = data["flowchart"]
    nodes = {}
    for name, node in data.get("nodes", {}).items():
        for verb in VERBS:
            if verb in node:
                break
        span = tree.key(data["nodes"], name)
        nodes[name] = make(
            Node, tree, node, id=name, flowchart=id_, verb=verb, span=span, edges=_edges(tree, node)
        )
    return make(Flowchart, tree, data, id=id_, span=tree.value(data, "flowchart"), nodes=nodes)


def _edges(tree: Tree, node: dict[str, Any]) -> tuple[Edge, ...]:
    following = node.get("next")
    if following is None:
        return ()
    if isinstance(following, str):
        return (Edge(span=tree.value(node, "next"), go=following, kind="next"),)
    made = []
    for edge in following:
        if "when" in edge:
            kind, target, when = "when", "go", _condition(tree, edge, "when")
        else:
            kind = target = "otherwise" if "otherwise" in edge else "unknown"
            when = None
        made.append(
            Edge(
                span=tree.value(edge, target),
                go=edge[target],
                kind=kind,
                when=when,
                label=edge.get("label", ""),
                again=edge.get("again", False),
            )
        )
    return tuple(made)


def _words(tree: Tree, data: Any, key: Any) -> tuple[Any, ...]:  # noqa: ARG001 -- the shape of a reader
    return tuple(data[key])


def _number(tree: Tree, data: Any, key: Any) -> str:
    """Give a node's number as written: 3.10 is not 3.1."""
    return tree.raw.get((id(data), key)) or str(data[key])


def _condition(tree: Tree, data: Any, key: Any) -> Condition:
    exact = tree.text(data, key)
    return Condition(data[key], exact or tree.value(data, key), exact is not None)


def _sources(tree: Tree, data: Any, key: Any) -> tuple[Source, ...]:
    return tuple(make(Source, tree, item, span=tree.value(item, "ref")) for item in data[key])


def _rules(tree: Tree, data: Any, key: Any) -> tuple[Rule, ...]:
    return tuple(make(Rule, tree, item, span=tree.value(data[key], n)) for n, item in enumerate(data[key]))


def _suggestions(tree: Tree, data: Any, key: Any) -> tuple[Suggestion, ...]:
    return tuple(
        make(Suggestion, tree, item, span=tree.value(data[key], n)) for n, item in enumerate(data[key])
    )


def _options(tree: Tree, data: Any, key: Any) -> dict[str, Option]:
    return {
        name: Option(id=name, label=option)
        if isinstance(option, str)
        else make(Option, tree, option, id=name)
        for name, option in data[key].items()
    }


def _facts(tree: Tree, data: Any, key: Any) -> dict[str, Condition]:
    return {name: _condition(tree, data[key], name) for name in data[key]}


def _each(cls: type) -> Reader:
    return lambda tree, data, key: tuple(make(cls, tree, item) for item in data[key])


def _by_name(cls: type, *, with_id: bool) -> Reader:
    return lambda tree, data, key: {
        name: make(cls, tree, data[key][name], **({"id": name} if with_id else {})) for name in data[key]
    }


_READERS: dict[str, Reader] = {
    "words": _words,
    "between": _words,
    "number": _number,
    "condition": _condition,
    "sources": _sources,
    "rules": _rules,
    "suggestions": _suggestions,
    "options": _options,
    "facts": _facts,
    "review": lambda tree, data, key: make(Review, tree, data[key]),
    "measure": lambda tree, data, key: make(Measure, tree, data[key]),
    "never": lambda tree, data, key: make(Never, tree, data[key]),
    "leads": lambda tree, data, key: make(Leads, tree, data[key]),
    "bands": _each(Band),
    "cutoffs": _each(Cutoff),
    "risk": _each(RiskItem),
    "blanks": _by_name(Blank, with_id=False),
    "scales": _by_name(Scale, with_id=True),
}
