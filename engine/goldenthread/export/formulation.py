"""The middle of the plan: diagnoses worth considering, and what made, set off, keeps and helps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goldenthread.advise import Offer
from goldenthread.export.document import Block, Item, Para, Sub
from goldenthread.language import together
from goldenthread.model import Diagnosis
from goldenthread.plan.phrases import bare, cap, clean, codes, full, joined, minded, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from goldenthread.advise import Because
    from goldenthread.plan import FactorLine, Plan, Working


def diagnosis(plan: Plan, *, private: bool = False) -> list[Block]:
    """Give the working diagnoses, then what is worth considering, each with for, against and not asked."""
    blocks: list[Block] = []
    if private and plan.own_hypothesis:
        blocks.append(
            Para(full(f"The clinician's own hypothesis, before any list: {quoted(plan.own_hypothesis)}"))
        )
    if plan.working:
        blocks += [
            Sub("Working diagnosis, chosen by the clinician"),
            *(_working(plan, line) for line in plan.working),
        ]
    taken = {line.id for line in plan.working}
    others = [offer for offer in plan.diagnoses.offers if offer.id not in taken]
    if others:
        blocks.append(Sub("Also worth considering" if plan.working else "Worth considering"))
        blocks.append(Para("These are hypotheses. The guide states no diagnosis; the clinician decides."))
        blocks += [Item(full(_named(offer)), _weighed(offer, _rests_on(plan, offer))) for offer in others]
    return blocks


def _named(offer: Offer) -> str:
    entry = offer.entry
    given = codes(entry.codes) if isinstance(entry, Diagnosis) else ""
    state = "the answers support looking at it" if offer.band == "supported" else "possible"
    return f"{entry.name} ({given}): {state}" if given else f"{entry.name}: {state}"


def _working(plan: Plan, line: Working) -> Item:
    found = plan.diagnoses.find(line.id)
    name = f"{clean(line.name)} ({line.codes})" if line.codes else clean(line.name)
    if isinstance(found, Offer):
        state = "The answers support it." if line.state == "supported" else "The answers make it possible."
        return Item(full(name), (state, *_weighed(found, _rests_on(plan, found))))
    return Item(full(name), () if line.state == "in own words" else (full(line.state),))


def _weighed(offer: Offer, sources: tuple[str, ...] = ()) -> tuple[str, ...]:
    lines = [f"For: {_reasons(offer.because)}"]
    lines.append(
        f"Against: {_reasons(offer.against)}" if offer.against else "Against: nothing in the answers so far."
    )
    lines += minded(reason.text for reason in offer.cautions)
    if offer.not_asked:
        lines.append(full(f"Not asked yet: {'; '.join(str(ask) for ask in offer.not_asked)}"))
    answers = _answers(offer.because)
    if answers:
        lines.append(full(f"Answers behind this: {answers}"))
    return (*lines, full(f"Rests on: {'; '.join(sources)}")) if sources else tuple(lines)


def _rests_on(plan: Plan, offer: Offer) -> tuple[str, ...]:
    """Name in short, each once, the works that the reasons for and against rest on."""
    cited = (s.ref for reason in (*offer.because, *offer.against, *offer.cautions) for s in reason.sources)
    works = [plan.references[ref].cite() for ref in dict.fromkeys(cited) if ref in plan.references]
    consensus = ["clinical consensus"] if any(reason.basis for reason in offer.because) else []
    return (*works, *consensus)


def _reasons(reasons: Iterable[Because]) -> str:
    return " ".join(dict.fromkeys(full(reason.text) for reason in reasons))


def _answers(reasons: Iterable[Because]) -> str:
    """Give the answers that the reasons rest on, each once, and none that a reason says in the same words."""
    reasons = list(reasons)
    said = {bare(reason.text).lower() for reason in reasons}
    found = together(clean(since) for reason in reasons for since in reason.since)
    kept = [since for since in found if since.lower() not in said]
    return "; ".join(since for since in kept if not any(since in other and since != other for other in kept))


def formulation(plan: Plan, *, private: bool = False) -> list[Block]:
    """Give the five P's, each factor with this client's example."""
    blocks: list[Block] = []
    if private and plan.own_view:
        blocks.append(Para(full(f"The clinician's own view, before any list: {quoted(plan.own_view)}")))
    if plan.targeted:
        blocks.append(Para(full(f"Presenting: {joined(plan.targeted)}")))
    if plan.client_explanation:
        blocks.append(Para(full(f"How the client explains it: {quoted(plan.client_explanation)}")))
    parts = (
        ("What made the client vulnerable", plan.predisposing),
        ("What set it off", plan.precipitating),
        ("What keeps it going", plan.perpetuating),
        ("What helps and protects", plan.protective),
    )
    found: list[Block] = []
    for heading, factors in parts:
        if factors:
            found += [Sub(heading), *map(_factor, factors)]
    if plan.strength:
        found.append(Para(full(f"A strength to lean on: {clean(plan.strength)}")))
    if plan.before and plan.before.perpetuating:
        kept = joined(plan.before.perpetuating)
        found.append(Para(full(f"What kept it going in the plan before, to be confirmed: {kept}")))
    told = found or plan.client_explanation or (private and plan.own_view)
    return [*blocks, *found] if told else []


def _factor(line: FactorLine) -> Item:
    head = full(f"{cap(line.name)}: {quoted(line.example)}") if line.example else full(line.name)
    loop = (("Set off by", line.trigger), ("At once it brings", line.relief), ("Later it costs", line.cost))
    said = [f"{words}: {quoted(bare(text))}" for words, text in loop if text]
    under = [full("; ".join([said[0], *(part[:1].lower() + part[1:] for part in said[1:])]))] if said else []
    # Of the other factors, `about` is advice to the clinician and no part of this client's story.
    if line.target:
        under.append(full(f"How it keeps the problem going: {clean(line.about)}"))
    return Item(head, tuple(under))
