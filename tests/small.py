"""Small libraries written in a test, and the shipped one, each loaded once a run."""

from __future__ import annotations

import json
import re
import tempfile
from dataclasses import replace
from functools import cache
from pathlib import Path
from textwrap import dedent, indent
from typing import TYPE_CHECKING, Any

import goldenthread
from goldenthread.diagnostics.printers import as_text
from goldenthread.loading import load
from goldenthread.session import Guide

if TYPE_CHECKING:
    from goldenthread.model import Library
    from goldenthread.walk import Program, Walk


def chart(id_: str, nodes: str, **keys: Any) -> str:
    """Write a flowchart; it starts at its first node unless `start` says otherwise."""
    nodes = dedent(nodes).strip("\n")
    first = re.match(r"\s*([a-z0-9_]+):", nodes)
    head = {
        "flowchart": id_,
        "title": id_.replace("_", " ").capitalize(),
        "phase": "problem",
        "purpose": "It is for a test.",
        "start": first[1] if first else "",
        "review": {"status": "draft"},
        **keys,
    }
    lines = [f"{key}: {json.dumps(value)}" for key, value in head.items()]
    return "\n".join([*lines, "nodes:", indent(nodes, "  "), ""])


def bank(kind: str, entries: str | dict[str, dict[str, Any]]) -> str:
    """Write a file of the bank, from YAML, or from maps in which what is left out has a plain value."""
    if isinstance(entries, dict):
        made = {id_: {**_plain(kind, id_), **_with_rules(entry)} for id_, entry in entries.items()}
        entries = "\n".join(f"{id_}: {json.dumps(entry)}" for id_, entry in made.items())
    body = indent(dedent(entries).strip("\n"), "  ")
    return f"{kind}: test\nabout: It is for a test.\nreview: {{status: draft}}\nentries:\n{body}\n"


NEVER = "count(nothing) > 99"
"""A condition for entries that suggest nothing here; it wants the role `nothing` (see ROLE_NOTHING)."""
ROLE_NOTHING = {
    "nothing": {"label": "nothing", "answer": "choices", "options": {"nothing_at_all": "nothing"}}
}


def _plain(kind: str, id_: str) -> dict[str, Any]:
    words = {"name": id_.replace("_", " "), "say": f"the {id_}", "about": f"About {id_}."}
    suggest = {"suggest": _rules(NEVER)}
    return {
        "roles": {"label": id_.replace("_", " "), "about": f"About {id_}."},
        "factors": words
        | suggest
        | {
            "p": "perpetuating",
            "ask": "Is it so?",
            "maintains": "It keeps it.",
            "target": "Less.",
            "interventions": [],
        },
        "interventions": words | suggest | {"targets": []},
        "modalities": words | suggest | {"interventions": []},
        "diagnoses": {k: words[k] for k in ("name", "about")}
        | suggest
        | {"codes": {"icd10cm": ["F00"], "icd11": []}, "groups": [], "route": "plan"},
        "goals": suggest
        | {
            "domain": "functioning",
            "text": "{client} does it {times} times a week within {weeks} weeks, from {base}.",
            "say": "I do it {times} times a week within {weeks} weeks, from {base}.",
            "blanks": {
                "times": {"number": 3, "between": [1, 14]},
                "weeks": {"number": 8, "between": [4, 16]},
                "base": {"ask": "How often now?"},
            },
            "measure": {"count": "times", "per": "week", "from": "base", "to": "times"},
            "time": "weeks",
            "better": "more",
            "targets": ["problem"],
            "objectives": ["Do it once."],
            "interventions": [],
        },
        "alerts": {"text": f"Alert {id_}.", "because": "It matters.", "basis": "clinical_consensus"},
        "obligations": {
            "text": f"Obligation {id_}.",
            "because": "It matters.",
            "basis": "clinical_consensus",
        },
        "requirements": {
            "text": f"Requirement {id_}.",
            "jurisdiction": "Anywhere",
            "sources": [{"ref": "a_book", "at": "p. 1", "says": "So."}],
        },
    }[kind]


def _with_rules(entry: dict[str, Any]) -> dict[str, Any]:
    return {
        k: _rules(v) if k in {"suggest", "rule_out", "caution", "for", "against"} else v
        for k, v in entry.items()
    }


def _rules(conditions: Any) -> list[dict[str, Any]]:
    given = [conditions] if isinstance(conditions, str | dict) else conditions
    made = [{"when": rule} if isinstance(rule, str) else dict(rule) for rule in given]
    return [
        {
            "because": f"Since {rule['when']}.",
            **({} if "sources" in rule else {"basis": "clinical_consensus"}),
            **rule,
        }
        for rule in made
    ]


@cache
def guide(*texts: str, protected: bool = True) -> Guide:
    """Load a library from the texts of its files alone; it has to be sound."""
    with tempfile.TemporaryDirectory() as folder:
        for n, text in enumerate(texts):
            (Path(folder) / f"file_{n}.yaml").write_text(text, encoding="utf-8")
        library, report = load([folder], only=True)
    assert not report.errors, "\n" + as_text(report)
    # What stands alone plans nothing, so as not to lack the shipped alerts; these tests are about what plans.
    return Guide(replace(library, protected=protected), report)


def walk_of(*texts: str, root: str = "") -> Walk:
    """Begin a walk through a small library, at the flowchart written first."""
    made = guide(*texts)
    return made.start(root or re.search(r"^flowchart: \"(\w+)\"", texts[0], re.MULTILINE)[1]).walk


@cache
def shipped() -> Guide:
    """Give the shipped library, which has to be sound."""
    made, report = goldenthread.load()
    assert not report.errors, "\n" + as_text(report)
    return made


def shipped_library() -> Library:
    """Give what is in the shipped library."""
    return shipped().model


def shipped_program() -> Program:
    """Give the program of the shipped library."""
    return shipped().program


ROLES_NONE = bank("roles", ROLE_NOTHING)
REFERENCE = bank(
    "references",
    "a_book: {type: book, title: A book, author: [{family: Author}], issued: 2020, confirmed: not_seen}",
)
MOOD3 = bank(
    "instruments",
    """
    mood3:
      name: Mood in three items
      short: MOOD-3
      about: Mood.
      timeframe: the last week
      items: 3
      item_between: [0, 3]
      scales:
        total:
          items: all
          between: [0, 9]
          bands: [{id: low, label: low, from: 0}, {id: high, label: high, from: 5}]
          better: lower
          reliable_change: 4
      risk: [{item: 3, above: 0, about: thoughts of death}]
      licence: {status: public_domain, ship_wording: allowed}
      confirmed: primary
      sources: [{ref: a_book, at: page 1, says: It measures mood.}]
    """,
)
