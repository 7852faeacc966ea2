"""Advice laid out for reading."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goldenthread.advise import gates, parted
from goldenthread.cli.layout import count, heading, named, notice, wrap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from goldenthread.advise import Advice, Ask, Because, Facts, Held, LeftOut, Offer
    from goldenthread.advise.gates import Gate
    from goldenthread.model import Alert, Library, Source


def as_text(
    library: Library, advice: Advice, alerts: Sequence[Alert], facts: Facts, *, top: int | None, every: bool
) -> str:
    """Lay advice out for reading."""
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
    known, lead, open_ = parted(offer.cautions)
    parts += [named("Caution", str(reason), 4) for reason in known]
    parts.append(named(lead, " ".join(str(reason) for reason in open_), 4))
    if offer.not_asked:
        parts.append(named("Not asked", "; ".join(str(ask) for ask in offer.not_asked), 4))
    cites = [library.references[s.ref].cite() for s in sources_of(offer) if s.ref in library.references]
    parts.append(named("Sources", "; ".join(dict.fromkeys(cites)) or "clinical consensus", 4))
    return [part for part in parts if part]


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


def sources_of(offer: Offer) -> list[Source]:
    """Give the sources of an offer, each once."""
    reasons: tuple[Because, ...] = (*offer.because, *offer.against, *offer.cautions)
    return list(
        dict.fromkeys([*(source for reason in reasons for source in reason.sources), *offer.entry.sources])
    )
