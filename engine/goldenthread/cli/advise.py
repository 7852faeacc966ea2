"""`goldenthread advise`: what is offered, held and left out, from facts alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from goldenthread.cli.common import CONTEXT, emit, format_option, library_options, load_library

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from goldenthread.advise import Advice, Facts, Offer
    from goldenthread.model import Alert, Library, Source

KINDS = ("diagnoses", "factors", "goals", "interventions", "modalities")


@click.command("advise", context_settings=CONTEXT)
@click.argument("facts_file", metavar="FACTS.yaml")
@click.option(
    "--for",
    "kind",
    type=click.Choice(KINDS, case_sensitive=False),
    required=True,
    help="The bank to advise on.",
)
@click.option("--top", type=click.IntRange(min=1), metavar="N", help="Show the first N offers only.")
@click.option("--all", "every", is_flag=True, help="List what is held and left out, each with the reason.")
@format_option("text", "json")
@library_options
def command(**options: Any) -> None:
    """Say what is offered, held and left out, from facts alone.

    FACTS.yaml gives roles and scores their values, `-` reads them from stdin:

    \b
        concern: [panic]
        working_diagnosis: [F41.0]        # an id or an ICD code
        suicidal_thoughts: no
        unwell_now: {not_known: true}     # asked, and not known
        phq9: {total: 17, item_9: 1}      # or phq9.total: 17

    What is not in the file was not asked. Goals, interventions and modalities are held until the questions
    about risk are answered. `goldenthread facts` lists every role with its options.
    """  # noqa: D301 -- click reads the character that keeps lines as they are
    _run(**options)


def _run(
    *,
    facts_file: str,
    kind: str,
    top: int | None,
    every: bool,
    format_: str,
    libraries: Sequence[Path],
    only: bool,
) -> None:
    from goldenthread.advise import advise, open_alerts  # noqa: PLC0415 -- `--help` needs none of it
    from goldenthread.cli.advise_text import as_text  # noqa: PLC0415 -- as above
    from goldenthread.cli.facts_file import read_facts  # noqa: PLC0415 -- as above

    library = load_library(libraries, only)
    facts = read_facts(library, facts_file)
    advice = advise(library, facts, kind)
    alerts = open_alerts(library, facts)
    if format_ == "json":
        emit(as_data(library, advice, alerts, facts, top))
    else:
        click.echo(as_text(library, advice, alerts, facts, top=top, every=every))


def as_data(
    library: Library, advice: Advice, alerts: Sequence[Alert], facts: Facts, top: int | None
) -> dict[str, Any]:
    """Give advice as plain data, as out_advise.schema.json describes it."""
    return {
        "offers": [_offer_data(library, offer) for offer in advice.offers[:top]],
        "held": [
            {
                "id": held.id,
                "name": held.entry.name,
                "ask_first": [ask.fact for ask in held.ask_first],
                "questions": [
                    {"fact": ask.fact, "label": ask.label, "numbers": list(ask.numbers)}
                    for ask in held.ask_first
                ],
                "why": held.why,
                "suggested": held.suggested,
            }
            for held in advice.held
        ],
        "left_out": [
            {
                "id": out.id,
                "name": out.entry.name,
                "because": [str(reason) for reason in out.because],
                "ruled_out": out.ruled_out,
            }
            for out in advice.left_out
        ],
        "alerts": [
            {"id": alert.id, "text": alert.text, "because": _why_alert(alert, facts)} for alert in alerts
        ],
    }


def _offer_data(library: Library, offer: Offer) -> dict[str, Any]:
    from goldenthread.cli.advise_text import sources_of  # noqa: PLC0415 -- loaded by now

    entry = offer.entry
    return {
        "id": offer.id,
        "name": entry.name,
        "rank": offer.rank,
        "band": offer.band,
        "strength": offer.strength,
        "certainty": offer.certainty,
        "because": [str(reason) for reason in offer.because],
        "against": [str(reason) for reason in offer.against],
        "not_asked": [ask.fact for ask in offer.not_asked],
        "cautions": [str(reason) for reason in offer.cautions],
        "sources": [_source_data(library, source) for source in sources_of(offer)],
        "targets": list(getattr(entry, "targets", ())),
        "interventions": list(getattr(entry, "interventions", ())),
    }


def _source_data(library: Library, source: Source) -> dict[str, str]:
    reference = library.references.get(source.ref)
    cite = reference.cite() if reference else source.ref
    return {"ref": source.ref, "cite": cite, "at": source.at, "says": source.says, "grade": source.grade}


def _why_alert(alert: Alert, facts: Facts) -> list[str]:
    since = [
        atom.said for atom in alert.raise_when.explain(facts.known, facts.asked) if atom.truth is not None
    ]
    return [text for text in (alert.because, *since) if text]
