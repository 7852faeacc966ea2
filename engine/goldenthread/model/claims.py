"""What rests on each work: every claim with a source, in its own words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from goldenthread.model.bank import Advisable, Instrument
from goldenthread.model.words import name_of, rules_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goldenthread.language import Condition
    from goldenthread.model.bank import Scale
    from goldenthread.model.library import Library
    from goldenthread.model.parts import Source


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim: the entry or node that makes it (`id`, one of `kind`), the part of it, its words, its source.

    `condition` is that of a rule; `bands` are those of a scale.
    """

    kind: str
    id: str
    part: str
    claim: str
    source: Source
    condition: Condition | None = None
    bands: tuple[str, ...] = ()

    @property
    def when(self) -> str:
        """The condition in English; empty where the claim has none."""
        return self.condition.say() if self.condition is not None else ""


def claims(library: Library) -> Iterator[Claim]:
    """Give every claim that has a source."""
    for entry in library.entries():
        about = str(getattr(entry, "because", "") or getattr(entry, "about", "") or name_of(entry))
        for source in entry.sources:
            yield Claim(entry.kind, entry.id, "entry", about, source)
        if isinstance(entry, Advisable):
            for verb, rule in rules_of(entry):
                for source in rule.sources:
                    yield Claim(entry.kind, entry.id, verb, rule.because, source, rule.when)
        if isinstance(entry, Instrument):
            yield from _of_scales(entry)
    for node in library.nodes():
        for source in node.sources:
            yield Claim("flowcharts", node.key, "question", node.why or node.text, source)


def _of_scales(instrument: Instrument) -> Iterator[Claim]:
    for scale in instrument.scales.values():
        part, words = f"scale {scale.id}", f"{instrument.short}, scale {scale.label or scale.id}"
        for source in scale.sources:
            yield Claim(instrument.kind, instrument.id, part, words, source, bands=_bands(scale))
        for cutoff in scale.cutoffs:
            words = f"{instrument.short}, {cutoff.at:g}: {cutoff.means}"
            for source in cutoff.sources:
                yield Claim(instrument.kind, instrument.id, f"{part}, cut-off", words, source)


def _bands(scale: Scale) -> tuple[str, ...]:
    return tuple(f"{band.label} from {band.start:g}" for band in scale.bands)


def newest(library: Library, id_: str) -> str:
    """Give the work that stands in place of a superseded one today, or nothing where none does, or none is found."""
    seen = {id_}
    reference = library.references.get(id_)
    while reference is not None and reference.superseded_by:
        if reference.superseded_by in seen:
            return ""
        seen.add(reference.superseded_by)
        reference = library.references.get(reference.superseded_by)
    return reference.id if reference is not None and reference.id != id_ else ""
