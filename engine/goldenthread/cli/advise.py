"""`goldenthread advise`: what is offered, held and left out, from facts alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from goldenthread.cli.common import CONTEXT, emit, format_option, library_options, load_library
from goldenthread.cli.layout import count, heading, named, notice, wrap

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from goldenthread.advise import Advice, Ask, Because, Facts, Held, LeftOut, Offer
    from goldenthread.advise.gates import Gate
    from goldenthread.model import Alert, Library, Source

KINDS = ("diagnoses", "factors", "goals", "interventions", "modalities")


@click.command("advise", context_settings=CONTEXT)
@click.argument("facts_file", metavar="FACTS.yaml")
@click.option("--for", "kind", type=click.Choice(KINDS), required=True, help="The bank to advise on.")
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
        "sources": [_source_data(library, source) for source in _sources(offer)],
        "targets": list(getattr(entry, "targets", ())),
        "interventions": list(getattr(entry, "interventions", ())),
    }


def _sources(offer: Offer) -> list[Source]:
    reasons: tuple[Because, ...] = (*offer.because, *offer.against, *offer.cautions)
    return list(
        dict.fromkeys([*(source for reason in reasons for source in reason.sources), *offer.entry.sources])
    )


def _source_data(library: Library, source: Source) -> dict[str, str]:
    reference = library.references.get(source.ref)
    cite = reference.cite() if reference else source.ref
    return {"ref": source.ref, "cite": cite, "at": source.at, "says": source.says, "grade": source.grade}


def _why_alert(alert: Alert, facts: Facts) -> list[str]:
    since = [
        atom.said for atom in alert.raise_when.explain(facts.known, facts.asked) if atom.truth is not None
    ]
    return [text for text in (alert.because, *since) if text]


def as_text(
    library: Library, advice: Advice, alerts: Sequence[Alert], facts: Facts, *, top: int | None, every: bool
) -> str:
    """Lay advice out for reading."""
    from goldenthread.advise import gates  # noqa: PLC0415 -- `--help` needs none of it

    out: list[str] = []
    for alert in alerts:
        out.append(notice(alert.text, "red"))
        since = [
            atom.said for atom in alert.raise_when.explain(facts.known, facts.asked) if atom.truth is not None
        ]
        out += [wrap(f"Since {'; '.join(since)}.", 2)] if since else []
        out.append("")
    suggested = [held for held in advice.held if held.suggested]
    shut = gates(library, facts, advice.kind)
    if advice.offers:
        shown = advice.offers[:top]
        of = f", the first {len(shown)} shown" if len(shown) < len(advice.offers) else ""
        out += [heading(f"{_name(advice.kind, len(advice.offers))} offered{of}"), ""]
        for offer in shown:
            out += [*_offer(library, offer), ""]
    else:
        out.append(heading(f"No {advice.kind} are offered."))
        said = {alert.text for alert in alerts}
        out += [wrap(gate.why, 2) for gate in shut if gate.why not in said]
        asks = list(dict.fromkeys(ask for gate in shut for ask in gate.ask_first))
        out += [named("Ask first", _asks(asks), 2)] if asks else []
        out.append("")
    out += _held(advice, suggested, shut, every=every)
    out += _left_out(advice, every=every)
    return "\n".join(out).rstrip()


def _name(kind: str, number: int) -> str:
    singular = {"diagnoses": "diagnosis", "modalities": "modality"}.get(kind, kind[:-1])
    return count(number, singular, kind)


def _offer(library: Library, offer: Offer) -> list[str]:
    title = (
        f"{offer.entry.name} ({offer.id})"
        if offer.entry.name.lower() != offer.id.replace("_", " ")
        else offer.id
    )
    first = wrap(title, 4, f"{offer.rank:>2}. ")
    band = f"{offer.band}; strength {offer.strength}, certainty {offer.certainty}"
    parts = [heading(first), wrap(band[0].upper() + band[1:] + ".", 4)]
    if text := getattr(offer.entry, "text", ""):
        parts.append(wrap(text, 4))
    parts += [named("For", str(reason), 4) for reason in offer.because]
    parts += [named("Against", str(reason), 4) for reason in offer.against]
    parts += [named("Caution", str(reason), 4) for reason in offer.cautions]
    if offer.not_asked:
        parts.append(named("Not asked", "; ".join(str(ask) for ask in offer.not_asked), 4))
    cites = [library.references[s.ref].cite() for s in _sources(offer) if s.ref in library.references]
    parts.append(named("Sources", "; ".join(dict.fromkeys(cites)) or "clinical consensus", 4))
    return parts


def _asks(asks: Sequence[Ask]) -> str:
    return "; ".join(
        f"{ask.label} [{ask.fact}]" + (f" ({', '.join(ask.numbers)})" if ask.numbers else "") for ask in asks
    )


def _held(advice: Advice, suggested: list[Held], shut: Sequence[Gate], *, every: bool) -> list[str]:
    shown = list(advice.held) if every else suggested
    if not advice.held:
        return []
    out = []
    if shown:
        what = "held until more is asked" if every else "suggested, and held until more is asked"
        out.append(heading(f"{_name(advice.kind, len(shown))} {what}"))
        # Those held for the same reason stand together: a bank that is shut holds all of them for one.
        groups: dict[tuple[str, str], list[Held]] = {}
        for held in shown:
            groups.setdefault(_own_reasons(held, shut), []).append(held)
        for (why, asks), group in groups.items():
            out.append(wrap(", ".join(held.id for held in group), 4, "  - "))
            out += [wrap(why, 4)] if why else []
            out += [named("Ask first", asks, 4)] if asks else []
        out.append("")
    rest = len(advice.held) - len(shown)
    if rest:
        out.append(
            f"{rest} more rest on what was not asked. --all lists them."
            if rest > 1
            else "1 more rests on what was not asked. --all lists it."
        )
    return out


def _own_reasons(held: Held, shut: Sequence[Gate]) -> tuple[str, str]:
    """Give why an entry is held and what to ask, without what holds the whole bank and was said already."""
    why = held.why
    for gate in shut:
        why = why.replace(gate.why, "")
    said = {ask for gate in shut for ask in gate.ask_first}
    return " ".join(why.split()), _asks([ask for ask in held.ask_first if ask not in said])


def _left_out(advice: Advice, *, every: bool) -> list[str]:
    if not advice.left_out:
        return []
    ruled_out: list[LeftOut] = [out for out in advice.left_out if out.ruled_out]
    shown = list(advice.left_out) if every else ruled_out
    out = []
    if shown:
        out.append(heading(f"{_name(advice.kind, len(shown))} left out"))
        reasons = (" ".join(str(reason) for reason in left.because) for left in shown)
        lines = zip(shown, reasons, strict=True)
        out += [wrap(f"{left.id}: {reason}", 4, "  - ") for left, reason in lines]
        out.append("")
    rest = len(advice.left_out) - len(shown)
    if rest:
        them = "it" if rest == 1 else "them"
        out.append(f"{rest} left out, since no answer suggests {them}. --all lists {them}.")
    return out
