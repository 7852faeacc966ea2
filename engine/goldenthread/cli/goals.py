"""`goldenthread goals`: find goals in the bank."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from goldenthread.cli.common import (
    CONTEXT,
    emit,
    format_option,
    library_options,
    load_library,
    styled,
    unknown,
)
from goldenthread.cli.layout import count, heading, named, wrap

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from goldenthread.model import Goal, Library


@click.command("goals", context_settings=CONTEXT)
@click.argument("words", nargs=-1)
@click.option("--diagnosis", metavar="D", help="Only goals for this diagnosis: its id or an ICD code.")
@click.option("--domain", metavar="D", help="Only goals of this domain of life.")
@click.option("--factor", metavar="F", help="Only goals that target this factor.")
@format_option("text", "json")
@library_options
def command(**options: Any) -> None:
    """Find goals in the bank: those that hold all of WORDS.

    These are goals to be looked at, not offered: `goldenthread advise --for goals` says what suits a client.
    """
    _run(**options)


def _run(
    *,
    words: Sequence[str],
    diagnosis: str | None,
    domain: str | None,
    factor: str | None,
    format_: str,
    libraries: Sequence[Path],
    only: bool,
) -> None:
    library = load_library(libraries, only)
    from goldenthread.session.find import PROBLEM, domains, find_goals  # noqa: PLC0415 -- `--help` needs none of it

    id_ = _diagnosis(library, diagnosis) if diagnosis is not None else ""
    if domain is not None and domain not in domains(library):
        unknown("domain", domain, domains(library))
    perpetuating = library.advised("perpetuating_factors")
    if factor is not None and factor not in perpetuating and factor != PROBLEM:
        unknown("perpetuating factor", factor, perpetuating, "`goldenthread bank factors` lists the factors")
    found = find_goals(library, words, diagnosis=id_, domain=domain or "", factor=factor or "")
    if format_ == "json":
        emit({"count": len(found), "goals": [_as_data(goal) for goal in found]})
    else:
        click.echo(_as_text(library, found))


def _diagnosis(library: Library, name: str) -> str:
    from goldenthread.session.find import diagnosis_named  # noqa: PLC0415 -- as above

    found = diagnosis_named(library, name)
    if found:
        return found
    names = [*library.diagnoses, *(diagnosis.name for diagnosis in library.diagnoses.values())]
    return unknown("diagnosis", name, names, "`goldenthread bank diagnoses` lists them")


def _as_data(goal: Goal) -> dict[str, Any]:
    from goldenthread.cli.plain import named_entry  # noqa: PLC0415 -- `--help` needs none of it

    return named_entry(goal)


def _as_text(library: Library, found: Sequence[Goal]) -> str:
    if not found:
        return "No goal fits all of this. `goldenthread bank goals` lists every goal."
    from goldenthread.session.find import target_name  # noqa: PLC0415 -- as above

    out = []
    for goal in found:
        out.append(heading(goal.name) + styled(f"  {goal.id} · {goal.domain}", dim=True))
        out.append(wrap(goal.text, 2))
        targets = [target_name(library, id_) for id_ in goal.targets]
        out.append(named("Targets", "; ".join(targets), 2))
        names = [library.diagnoses[id_].name for id_ in goal.diagnoses if id_ in library.diagnoses]
        out += [named("For", "; ".join(names), 2)] if names else []
        out.append("")
    out.append(f"{count(len(found), 'goal')}. `goldenthread bank goals ID` shows one in full.")
    return "\n".join(out)
