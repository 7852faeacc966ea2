"""What rests on each work: every claim with a source, in its own words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from goldenthread.model import Advisable, Instrument
from goldenthread.session.entries import name_of, rules_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goldenthread.model import Library, Source


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim: the entry or node that makes it (`id`, one of `kind`), the part of it, its words, its source."""

    kind: str
    id: str
    part: str
    claim: str
    source: Source


def claims(library: Library) -> Iterator[Claim]:
    """Give every claim that has a source."""
    for entry in library.entries():
        about = str(getattr(entry, "because", "") or getattr(entry, "about", "") or name_of(entry))
        for source in entry.sources:
            yield Claim(entry.kind, entry.id, "entry", about, source)
        if isinstance(entry, Advisable):
            for verb, rule in rules_of(entry):
                for source in rule.sources:
                    yield Claim(entry.kind, entry.id, verb, rule.because, source)
        if isinstance(entry, Instrument):
            yield from _of_scales(entry)
    for node in library.nodes():
        for source in node.sources:
            yield Claim("flowcharts", node.key, "question", node.why or node.text, source)


def _of_scales(instrument: Instrument) -> Iterator[Claim]:
    for scale in instrument.scales.values():
        part, words = f"scale {scale.id}", f"{instrument.short}, scale {scale.label or scale.id}"
        for source in scale.sources:
            yield Claim(instrument.kind, instrument.id, part, words, source)
        for cutoff in scale.cutoffs:
            words = f"{instrument.short}, {cutoff.at:g}: {cutoff.means}"
            for source in cutoff.sources:
                yield Claim(instrument.kind, instrument.id, f"{part}, cut-off", words, source)
