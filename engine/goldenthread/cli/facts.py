"""`goldenthread facts`: every fact, its type, its options, and who asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from goldenthread.cli.common import CONTEXT, emit, format_option, library_options, load_library
from goldenthread.cli.layout import heading, named, rows, wrap

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from goldenthread.language import Fact, Type
    from goldenthread.model import Library, Node

_KINDS = {"yes_no": "yes or no", "choice": "one of", "choices": "some of", "goals": "goals", "text": "words"}
_FEW = 12


@click.command("facts", context_settings=CONTEXT)
@click.argument("words", nargs=-1)
@format_option("text", "json")
@library_options
def command(**options: Any) -> None:
    """List every fact: its type, its options, and the questions that ask for it.

    Facts are roles (`age`), scores (`phq9.total`), and answers to single questions (`problem.age`).
    Conditions of flowcharts read all of them; the bank and `goldenthread advise` read roles and scores.
    WORDS narrow the list, and a short list is shown in full.
    """
    _run(**options)


def _run(*, words: Sequence[str], format_: str, libraries: Sequence[Path], only: bool) -> None:
    library = load_library(libraries, only)
    found = [fact for fact in library.facts.values() if _fits(library, fact, words)]
    if format_ == "json":
        emit({"count": len(found), "facts": [_as_data(library, fact) for fact in found]})
    elif not found:
        click.echo("No fact fits. Fewer words find more.")
    elif words and len([fact for fact in found if _kind(library, fact) == "role"]) <= _FEW:
        click.echo(_in_full(library, found))
    else:
        click.echo(_in_short(library, found))


def _fits(library: Library, fact: Fact, words: Sequence[str]) -> bool:
    role = library.roles.get(fact.key)
    text = f"{fact.key} {fact.label} {role.about if role else ''}".lower()
    return all(word.lower() in text for word in words)


def _kind(library: Library, fact: Fact) -> str:
    if fact.key in library.roles:
        return "role"
    first, _, last = fact.key.partition(".")
    if first in library.instruments:
        return "score"
    return "outcome" if last == "outcome" else "question"


def _asked_by(library: Library, fact: Fact) -> tuple[Node, ...]:
    first = fact.key.partition(".")[0]
    found = library.askers.get(fact.key) or (
        library.askers.get(first, ()) if first in library.instruments else ()
    )
    return tuple(found)


def _as_data(library: Library, fact: Fact) -> dict[str, Any]:
    type_, role = fact.type, library.roles.get(fact.key)
    return {
        "id": fact.key,
        "kind": _kind(library, fact),
        "label": fact.label,
        "about": role.about if role else "",
        "type": type_.kind,
        "options": [{"id": id_, "label": label} for id_, label in type_.options.items()],
        "ordered": type_.ordered,
        "other": role.other if role else False,
        "between": [_whole(type_.low), _whole(type_.high)]
        if type_.low is not None and type_.high is not None
        else None,
        "unit": type_.unit,
        "safety": fact.safety,
        "once_for_each": fact.each,
        "asked_by": [
            {"node": node.key, "number": node.number, "question": _question(library, node)}
            for node in _asked_by(library, fact)
        ],
    }


def _question(library: Library, node: Node) -> str:
    instrument = library.instruments.get(node.measure)
    return f"Score the {instrument.name} ({instrument.short})." if instrument else node.text


def _whole(number: float) -> float:
    return int(number) if number == int(number) else number


def _type(type_: Type) -> str:
    """Say what may be answered, options counted."""
    words = _KINDS.get(type_.kind, type_.kind)
    if type_.kind in {"choice", "choices"}:
        words += f" {len(type_.options)}"
    if type_.low is not None and type_.high is not None:
        words += f" {type_.low:g} to {type_.high:g}"
    return words + (f" {type_.unit}" if type_.unit else "")


def _numbers(nodes: Sequence[Node]) -> str:
    numbers = [node.number or node.key for node in nodes]
    return "asked in " + ", ".join(dict.fromkeys(numbers)) if numbers else "not asked by any flowchart"


def _in_short(library: Library, found: Sequence[Fact]) -> str:
    out = []
    kinds = {
        "role": "Roles",
        "score": "Scores",
        "question": "Questions without a role",
        "outcome": "Outcomes",
    }
    for kind, title in kinds.items():
        facts = [fact for fact in found if _kind(library, fact) == kind]
        if kind == "question":
            facts = [fact for fact in facts if not _role_of(library, fact)]
        if not facts:
            continue
        out.append(heading(f"{title} ({len(facts)})"))
        if kind == "score":
            out += rows(_scores(library, facts))
        else:
            out += rows([(fact.key, _in_a_line(library, fact, kind)) for fact in facts])
        out.append("")
    out.append("`goldenthread facts WORDS` shows a few in full, with their options.")
    return "\n".join(out)


def _in_a_line(library: Library, fact: Fact, kind: str) -> str:
    if kind == "outcome":
        return ", ".join(fact.type.options)
    safety = "; bears on safety" if fact.safety else ""
    return f"{_type(fact.type)}; {_numbers(_asked_by(library, fact))}{safety}"


def _role_of(library: Library, fact: Fact) -> str:
    node = library.node(fact.key)
    return node.role if node is not None else ""


def _scores(library: Library, facts: Sequence[Fact]) -> list[tuple[str, str]]:
    """Put the facts of one scale on one line, its items on another."""
    lines: dict[str, list[Fact]] = {}
    for fact in facts:
        stem, _, last = fact.key.rpartition(".")
        lines.setdefault(f"{stem}.item_N" if last.startswith("item_") else stem, []).append(fact)
    made = []
    for stem, group in lines.items():
        first, where = group[0], _numbers(_asked_by(library, group[0]))
        if stem.endswith(".item_N"):
            made.append((stem, f"{_type(first.type)}; items 1 to {len(group)}"))
            continue
        parts = ", ".join(fact.key.rpartition(".")[2] for fact in group)
        band = next((fact for fact in group if fact.key.endswith(".band")), None)
        bands = f" (bands {', '.join(band.type.options)})" if band and band.type.options else ""
        made.append((f"{stem}.…", f"{parts}: {_type(first.type)}{bands}; {where}"))
    return made


def _in_full(library: Library, found: Sequence[Fact]) -> str:
    out = []
    scores = [fact for fact in found if _kind(library, fact) == "score"]
    for fact in found:
        kind = _kind(library, fact)
        if kind == "score" or (kind == "question" and _role_of(library, fact)):
            continue
        out.append(heading(fact.key) + f"  {fact.label}")
        role = library.roles.get(fact.key)
        out += [wrap(role.about, 2)] if role else []
        notes = [_type(fact.type)]
        notes += ["in order"] if fact.type.ordered else []
        notes += ["or own words"] if role and role.other else []
        notes += ["bears on safety"] if fact.safety else []
        notes += [f"once for each run of {fact.each}"] if fact.each else []
        out.append(named("Answer", "; ".join(notes), 2))
        out += rows(list(fact.type.options.items()), 4)
        for node in _asked_by(library, fact):
            out.append(named("Asked in", f"{node.number or node.key} {_question(library, node)}", 2))
        out.append("")
    if scores:
        out += rows(_scores(library, scores))
    return "\n".join(out).rstrip()
