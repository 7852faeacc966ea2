"""Random small libraries as text: few enough answers that every walk through them can be walked."""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from goldenthread.diagnostics.printers import as_text
from goldenthread.loading import load
from small import NEVER, REFERENCE, ROLE_NOTHING, bank, chart

if TYPE_CHECKING:
    import random

    from goldenthread.model import Library

KINDS = ("yes_no", "choice", "ordered", "choices", "number", "halves", "duration", "text", "date")
OPTIONS = {"a": "a", "b": "b"}
FEATURES = ("roles", "visit", "each", "risk", "again", "measure", "bank", "facts", "narrow", "keep", "goals")
SMALL_SCORE = """
mood:
  name: Mood in two items
  short: MOOD-2
  about: Mood.
  timeframe: the last week
  items: 2
  item_between: [0, 1]
  scales:
    total:
      items: all
      between: [0, 2]
      bands: [{id: low, label: low, from: 0}, {id: high, label: high, from: 1}]
      better: lower
      reliable_change: 2
  risk: [{item: 2, above: 0, about: thoughts of death}]
  licence: {status: public_domain, ship_wording: allowed}
  confirmed: primary
  sources: [{ref: a_book, at: page 1, says: It measures mood.}]
"""


@dataclass
class Named:
    """A fact that conditions may read: its name, its kind and its options."""

    name: str
    kind: str
    options: tuple[str, ...] = ("a", "b")
    each: bool = False


@dataclass
class Draft:
    """A library under way."""

    draw: random.Random
    features: frozenset[str]
    roles: dict[str, dict[str, Any]] = field(default_factory=dict)
    facts: list[Named] = field(default_factory=list)
    charts: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)
    heads: dict[str, dict[str, Any]] = field(default_factory=dict)
    deep: bool = False
    """Whether the bank reads what was told of items, and the round before, as well."""
    alarmed: bool = False
    """Whether what alerts open asks for something that it alone tells, which clears them and which the bank reads."""
    told: bool = False
    """Whether what was told of items is read as it stands too, and visited otherwise than once an item."""
    bank: list[str] = field(default_factory=list)
    """The files of what suggests itself, is raised and is demanded."""

    def texts(self) -> list[str]:
        """Give its files as text."""
        made = [_chart_text(self, name) for name in self.charts]
        made.append(bank("roles", {**self.roles, **ROLE_NOTHING}))
        made.append(REFERENCE)
        if self.has("measure"):
            made.append(bank("instruments", SMALL_SCORE))
        made.append(bank("goals", {"goal": {}}))
        return made + self.bank

    def has(self, feature: str) -> bool:
        return feature in self.features

    def chance(self, of: float) -> bool:
        return self.draw.random() < of


def texts(
    draw: random.Random, *, wide: bool = False, deep: bool = False, alarmed: bool = False, told: bool = False
) -> list[str]:
    """Write the files of a random library; a wide one has more to keep to: obligations, what must be answered.

    In a deep one the bank reads more, and there is one; in an alarmed one alerts open what is asked as in risk; where
    it is told there are items, and what is told of them is read in more ways.
    """
    most = draw.choice((1, 1, 2) if alarmed else (1, 2, 2, 3, 4))
    features = frozenset(draw.sample(FEATURES, most)) | ({"bank"} if deep else set())
    features |= {"bank", "risk"} if alarmed else set()
    features |= {"each"} if told else set()
    return drafted(Draft(draw, features, deep=deep, alarmed=alarmed, told=told), wide=wide).texts()


def drafted(draft: Draft, *, wide: bool = False) -> Draft:
    """Make up what a library of some features holds."""
    _make_roles(draft)
    inner = _inner_names(draft)
    for name in ["main", *inner]:
        _make_chart(draft, name, inner)
    if draft.alarmed:
        _alarm(draft)
    _make_edges(draft)
    if wide:
        _widen(draft)
    draft.bank = _bank_texts(draft) + (_obligation_texts(draft) if wide else [])
    return draft


def load_texts(written: list[str]) -> Library:
    """Load a library from the texts of its files; it has to be sound."""
    with tempfile.TemporaryDirectory() as folder:
        for n, text in enumerate(written):
            (Path(folder) / f"file_{n}.yaml").write_text(text, encoding="utf-8")
        library, report = load([folder], only=True)
    assert not report.errors, "\n" + as_text(report) + "\n".join(written)
    return library


def _make_roles(draft: Draft) -> None:
    draw = draft.draw
    for name in ("r", "s")[: draw.choice((1, 2)) if draft.has("roles") else draw.choice((0, 1))]:
        kind = draw.choice(KINDS[:6])
        draft.roles[name] = _answer(draft, kind)
        draft.facts.append(Named(name, kind))
    if draft.has("narrow"):
        draft.roles["wide"] = _answer(draft, "choices")
        kind = draw.choice(("choice", "choices"))
        draft.roles["close"] = {"answer": kind, "from": "wide"}
        draft.facts += [Named("wide", "choices"), Named("close", kind)]
    if draft.has("each"):
        goals = draft.has("goals")
        draft.roles["listed"] = {"answer": "goals", "from": "goals"} if goals else _answer(draft, "choices")
        draft.facts.append(Named("listed", "goals" if goals else "choices"))
    elif draft.has("goals"):
        draft.roles["aims"] = {"answer": "goals", "from": "goals"}
        draft.facts.append(Named("aims", "goals"))
    if draft.has("measure"):
        parts = {"total": "score", "item_2": "item", "item_1": "item", "band": "band"}
        if draft.has("again") or draft.chance(0.3):
            parts |= {"change": "change", "reliable": "reliable", "first": "score"}
        for part in draw.sample(sorted(parts), min(3, len(parts))):
            kind = parts[part]
            options = {"band": ("low", "high"), "reliable": ("improved", "no_change")}.get(kind, ())
            draft.facts.append(Named(f"mood.{part}", kind, options))


def _answer(draft: Draft, kind: str) -> dict[str, Any]:
    """Write what a question of a kind can be answered."""
    draw = draft.draw
    match kind:
        case "choice":
            return {"answer": "choice", "options": dict(OPTIONS)}
        case "ordered":
            return {"answer": "choice", "options": dict(OPTIONS), "ordered": True}
        case "choices":
            options: dict[str, Any] = dict(OPTIONS)
            if draft.chance(0.3):
                options["b"] = {"label": "b", "exclusive": True}
            return {
                "answer": "choices",
                "options": options,
                **({"other": True} if draft.chance(0.25) else {}),
            }
        case "number":
            return {"answer": "number", "between": [0, 2], "step": 1}
        case "halves":
            return {"answer": "number", "between": [0, draw.choice((1, 2))]}
    return {"answer": kind}


def _inner_names(draft: Draft) -> list[str]:
    names = []
    if draft.has("visit"):
        names += ["inner"] if draft.chance(0.6) else ["inner", "deeper"]
    if draft.has("each"):
        names.append("item")
    if draft.has("risk"):
        names.append("risk")
    return names


def _make_chart(draft: Draft, name: str, inner: list[str]) -> None:
    draw = draft.draw
    nodes: dict[str, dict[str, Any]] = {}
    for n in range(draw.choice((2, 3) if name == "main" else (1, 1, 2))):
        nodes[f"q{n}"] = _question(draft, name, f"q{n}")
    for extra in _visits(draft, name, inner):
        _insert(draft, nodes, f"v{len(nodes)}", extra)
    if draft.chance(0.35):
        _insert(draft, nodes, "d", {"decide": "Which?"})
    if draft.chance(0.15):
        tone = draw.choice(("note", "urgent"))
        _insert(draft, nodes, "t", {"tell": "See this.", "tone": tone})
    stops = name != "main" and draft.chance(0.2)
    nodes["good"] = {"end": "Good"}
    nodes["bad"] = {"end": "Bad", **({"stop": True} if stops else {})}
    draft.charts[name] = nodes
    draft.facts.append(Named(f"{name}.outcome", "choice", ("good", "bad")))
    head: dict[str, Any] = {"phase": "safety" if name == "risk" else "problem"}
    if name == "main":
        head["root"] = True
    if name == "risk" and draft.chance(0.6):
        head["opened_by_hand"] = True
    draft.heads[name] = head


def _insert(draft: Draft, nodes: dict[str, dict[str, Any]], id_: str, node: dict[str, Any]) -> None:
    names = list(nodes)
    names.insert(draft.draw.randint(0 if len(names) > 2 else 1, len(names)), id_)
    nodes[id_] = node
    for name in names:
        nodes[name] = nodes.pop(name)


def _visits(draft: Draft, name: str, inner: list[str]) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = []
    if name == "main":
        for other in inner:
            if other == "item":
                made.append({"visit": "item", "each": "listed", **({"max": 1} if draft.chance(0.4) else {})})
                if draft.told and draft.chance(0.25):
                    made.insert(draft.draw.choice((0, 1)), {"visit": "item"})
            elif other == "risk":
                made += [{"visit": "risk"}] if draft.chance(0.3) else []
            elif other == "inner" or draft.chance(0.5):
                made.append({"visit": other})
                made += [{"visit": other}] if draft.chance(0.25) else []
    if name == "inner" and "deeper" in inner:
        made.append({"visit": "deeper"})
    if name in {"item", "risk"} and "inner" in inner and draft.chance(0.25):
        made.append({"visit": "inner"})
    return made


def _question(draft: Draft, name: str, id_: str) -> dict[str, Any]:
    draw = draft.draw
    if draft.has("measure") and draft.chance(0.4):
        return {"measure": "mood"}
    node: dict[str, Any] = {"ask": "How is it?"}
    names = list(draft.roles)
    if names and draft.chance(0.75 if name == "main" else 0.4):
        role = draw.choice(names) if name != "main" or id_ != "q0" else names[-1]
        node["as"] = role
        kind = draft.roles[role]["answer"]
    else:
        kind = draw.choice(KINDS)
        node |= _answer(draft, kind)
        draft.facts.append(Named(f"{name}.{id_}", kind, each=name == "item"))
    if kind in {"choices", "goals"} and draft.chance(0.5):
        node["at_least"] = 1
    if kind in {"choices", "goals"} and draft.chance(0.2):
        node["at_most"] = 1
    if draft.has("keep"):
        node |= draw.choice(({"required": True}, {"carry": "keep"}, {}, {"carry": "never"}))
    return node


def _make_edges(draft: Draft) -> None:
    if draft.has("facts"):
        told = {name: condition(draft, name) for name in draft.charts if draft.chance(0.6)}
        for name, when in told.items():
            draft.heads[name]["facts"] = {"told": when}
    for name, nodes in draft.charts.items():
        ids = list(nodes)
        for n, id_ in enumerate(ids[:-2]):
            if "end" in nodes[id_]:
                continue
            following = ids[n + 1 : n + 3] + ids[-2:]
            nodes[id_]["next"] = _next(draft, name, following, ids)
            _narrow(draft, name, nodes[id_])


def _next(draft: Draft, name: str, following: list[str], ids: list[str]) -> Any:
    draw = draft.draw
    first = following[0]
    way = draw.choice(("plain", "two", "two", "unknown", "open", "three"))
    target = lambda: draw.choice(following)  # noqa: E731 -- said once, here
    again = draft.has("again") and name == "main" and draft.chance(0.35)
    if again:
        back: dict[str, Any] = {"when": condition(draft, name), "go": draw.choice(ids[:-2]), "again": True}
        return [back, {"otherwise": first}]
    if way == "plain":
        return first
    when = condition(draft, name)
    made: list[dict[str, Any]] = [{"when": when, "go": target()}]
    if way == "three":
        made.append({"when": condition(draft, name), "go": target()})
    if way == "open":
        made.append({"when": f"not ({when})", "go": first})
    if way in {"unknown", "open"} and draft.chance(0.7):
        made.append({"unknown": target()})
    if way != "open":
        made.append({"otherwise": first})
    return made


def _narrow(draft: Draft, name: str, node: dict[str, Any]) -> None:
    """Hide an option of a question where a condition is false."""
    options = node.get("options")
    if options and draft.has("narrow") and draft.chance(0.5):
        label = options["b"] if isinstance(options["b"], str) else "b"
        options["b"] = {"label": label, "when": condition(draft, name)}


def _alarm(draft: Draft) -> None:
    """Let the flowchart that alerts open ask for what it alone tells, and first of all most often."""
    kind = draft.draw.choice(("yes_no", "choice", "choices"))
    draft.roles["danger"] = _answer(draft, kind)
    draft.facts.append(Named("danger", kind))
    question = {"ask": "What is it?", "as": "danger", **({"required": True} if draft.chance(0.8) else {})}
    nodes = draft.charts["risk"]
    draft.charts["risk"] = {"asked": question, **nodes}
    if draft.chance(0.3):
        _insert(draft, draft.charts["risk"], "again", dict(question))


def _widen(draft: Draft) -> None:
    """Demand answers, more options than one, and hide options of roles; let the flowchart itself stop the walk."""
    draw = draft.draw
    for nodes in draft.charts.values():
        for node in nodes.values():
            kind = draft.roles.get(node.get("as", ""), node).get("answer")
            if "ask" in node and draft.chance(0.15):
                node["required"] = True
            if kind == "choices" and draft.chance(0.15):
                node["at_least"] = 2
                node.pop("at_most", None)
    for role in draft.roles.values():
        options = role.get("options")
        if options and draft.chance(0.25):
            label = options["a"] if isinstance(options["a"], dict) else {"label": options["a"]}
            options["a"] = {**label, "when": condition(draft, "")}
    for end in ("good", "bad"):
        if draft.chance(0.1):
            draft.charts["main"][end]["stop"] = True
    if draw.random() < 0.3 and "opened_by_hand" not in draft.heads.get("risk", {"opened_by_hand": True}):
        draft.heads["risk"]["opened_by_hand"] = True


def _obligation_texts(draft: Draft) -> list[str]:
    """Write obligations of every kind that is proven."""
    draw, made = draft.draw, {}
    inner = [name for name in draft.charts if name != "main"]
    if draft.has("bank"):
        offer = draw.choice((["modalities"], ["way_0"], ["way_1"]))
        made["never_offer"] = {"never": {"offer": offer, "while": condition(draft, "")}}
    if inner and draft.chance(0.7):
        made["never_reach"] = {"never": {"reach": draw.choice(inner), "while": condition(draft, "")}}
    if draft.has("risk"):
        leads = {"when": condition(draft, "")} if draft.chance(0.6) else {"risk_items": True}
        made["leads"] = {"leads": {**leads, "to": "risk"}}
    return [bank("obligations", made)] if made else []


def condition(draft: Draft, where: str, depth: int = 1) -> str:
    """Write a condition over what can be read in a flowchart, or in the bank where no flowchart is named."""
    draw = draft.draw
    if depth and draft.chance(0.35):
        parts = [condition(draft, where, 0) for _ in range(2)]
        joined = f" {draw.choice(('and', 'or'))} ".join(parts)
        return f"({joined})"
    if depth and draft.chance(0.15):
        return f"not ({condition(draft, where, 0)})"
    outside = where != "item"
    usable = [
        fact
        for fact in draft.facts
        if not (fact.each and outside) and (where or "." not in fact.name or fact.name.startswith("mood."))
    ]
    items = [fact for fact in draft.facts if fact.each]
    if items and outside and where and draft.chance(0.4):
        return f"{draw.choice(('any_of', 'all_of'))}({_atom(draft, draw.choice(items))})"
    if draft.told and items and outside and where and draft.chance(0.4):
        return _atom(draft, draw.choice(items))
    if draft.alarmed and not where and draft.chance(0.4):
        return _atom(draft, next(fact for fact in draft.facts if fact.name == "danger"))
    if draft.deep and not where and draft.chance(0.35):
        told = _told_deep(draft)
        if told:
            return told
    if where and depth == 0 and draft.heads[where].get("facts") and draft.chance(0.5):
        return "told"
    if not usable:
        return NEVER
    fact = draw.choice(usable)
    name = fact.name
    if draft.has("again") and where and draft.chance(0.3):
        name = f"previous.{name}"
    return _atom(draft, Named(name, fact.kind, fact.options))


def _told_deep(draft: Draft) -> str:
    """Write what the bank reads of items, or of the round before."""
    draw, roles = draft.draw, {fact.name: fact for fact in draft.facts if fact.name in draft.roles}
    asked = [node.get("as") for node in draft.charts.get("item", {}).values()]
    of_items = [roles[name] for name in asked if name in roles and name != "listed"]
    if of_items and draft.chance(0.6):
        return f"{draw.choice(('any_of', 'all_of'))}({_atom(draft, draw.choice(of_items))})"
    if not roles:
        return ""
    fact = draw.choice(list(roles.values()))
    return _atom(draft, Named(f"previous.{fact.name}", fact.kind, fact.options))


def _atom(draft: Draft, fact: Named) -> str:
    draw, name = draft.draw, fact.name
    if draft.chance(0.15):
        return f"{draw.choice(('known', 'answered'))}({name})"
    option = draw.choice(fact.options) if fact.options else ""
    op = draw.choice(("<", "<=", ">", ">=", "==", "!="))
    match fact.kind:
        case "yes_no":
            return name
        case "choice" | "reliable":
            return draw.choice((f"{name} == {option}", f"{name} != {option}", f"{name} in [{option}]"))
        case "ordered" | "band":
            return f"{name} {op} {option}"
        case "choices":
            return draw.choice(
                (
                    f"{option} in {name}",
                    f"any({name}, [a, b])",
                    f"all({name}, [a, b])",
                    f"count({name}) {op} {draw.choice((1, 2))}",
                )
            )
        case "goals":
            return f"count({name}) {op} {draw.choice((0, 1))}"
        case "number" | "score" | "halves":
            return f"{name} {op} 1" if draft.chance(0.7) else f"0 < {name} <= 1"
        case "item":
            return f"{name} {draw.choice(('>', '=='))} {draw.choice((0, 1))}".replace("> 1", "> 0")
        case "change":
            return f"{name} {op} {draw.choice((0, 1))}"
        case "duration":
            return f"{name} {op} {draw.choice(('1 weeks', '2 weeks'))}"
    return f"{draw.choice(('known', 'answered'))}({name})"


def _chart_text(draft: Draft, name: str) -> str:
    nodes = "\n".join(f"{id_}: {json.dumps(node)}" for id_, node in draft.charts[name].items())
    return chart(name, nodes, **draft.heads[name])


def _bank_texts(draft: Draft) -> list[str]:
    draw, made = draft.draw, []
    if draft.has("risk") and (draft.chance(0.7) or not draft.heads["risk"].get("opened_by_hand")):
        reading = [fact for fact in draft.facts if "." not in fact.name or fact.name.startswith("mood.item")]
        if reading:
            alerts = {}
            for n in range(draw.choice((1, 1, 2))):
                atom = _atom(draft, draw.choice(reading))
                alerts[f"alert_{n}"] = {
                    "raise_when": atom,
                    "opens": "risk",
                    "cleared_when": condition(draft, "", 0),
                }
            made.append(bank("alerts", alerts))
    if draft.has("bank"):
        entries = {}
        for n in range(2):
            entry: dict[str, Any] = {"suggest": [condition(draft, "") for _ in range(draw.choice((1, 2)))]}
            if draft.chance(0.6):
                entry["rule_out"] = [condition(draft, "")]
            entries[f"way_{n}"] = entry
        made.append(bank("modalities", entries))
        if draft.chance(0.4):
            hold = {"hold": ["modalities"], "until": condition(draft, "")}
            made.append(bank("obligations", {"first": hold}))
    return made


def rounds_of(written: list[str]) -> int:
    """Give how many rounds have to be walked: what nothing reads of an earlier round needs no second one."""
    whole = "".join(written)
    over_rounds = (
        '"again": true',
        "previous.",
        '"carry": "keep"',
        "mood.change",
        "mood.first",
        "mood.reliable",
    )
    return 3 if any(sign in whole for sign in over_rounds) else 1
