"""Scores as bare facts: `phq9: {total: 17, item_9: 1}`, `phq9.total: 17`, `phq9: {items: [1, 0, …]}`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from goldenthread.diagnostics import Diagnostic, did_you_mean
from goldenthread.score import ScoreError, band, change, from_items, item_value
from goldenthread.walk import Misfit, bare, fits, status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from goldenthread.diagnostics import Span
    from goldenthread.model import Instrument, Library, Scale
    from goldenthread.source import Tree

_PREVIOUS = "previous."
_BESIDE = frozenset({"date", "scale", "source", "note"})


def scores_from(
    library: Library, keys: Sequence[str], tree: Tree, known: dict[str, Any], asked: dict[str, str]
) -> list[Diagnostic]:
    """Put the scores under `keys` into `known` and `asked`; give what is wrong with them."""
    found: list[Diagnostic] = []
    for before in ("", _PREVIOUS):
        read: dict[str, _Read] = {}
        for key in keys:
            name = key.removeprefix(_PREVIOUS)
            if key == before + name:
                instrument = library.instruments[name.partition(".")[0]]
                reading = read.setdefault(instrument.id, _Read(library, instrument, tree))
                reading.take(name, tree.data, key)
        for reading in read.values():
            reading.derive()
            known.update({before + key: value for key, value in reading.known.items()})
            asked.update({before + key: why for key, why in reading.asked.items()})
            found += reading.found
    return found


@dataclass(slots=True)
class _Read:
    """What is read of one instrument."""

    library: Library
    instrument: Instrument
    tree: Tree
    known: dict[str, Any] = field(default_factory=dict)
    asked: dict[str, str] = field(default_factory=dict)
    found: list[Diagnostic] = field(default_factory=list)
    spans: dict[str, Span] = field(default_factory=dict)

    def fail(self, message: str, span: Span, help_: str = "", code: str = "F004") -> None:
        self.found.append(Diagnostic("error", code, message, span, help_))

    def take(self, name: str, container: Any, key: Any) -> None:
        """Take the value under a key; `name` is the fact's full name so far."""
        raw, span = container[key], self.tree.value(container, key)
        scale = name.removeprefix(f"{self.instrument.id}.")
        whole = name == self.instrument.id or (
            scale in self.instrument.scales and name not in self.library.facts
        )
        if why := status(raw):
            self._nothing(name, why, span, whole=whole)
        elif name == f"{self.instrument.id}.items":
            self._items(raw, span)
        elif isinstance(raw, Mapping) and "value" not in raw and whole:
            for part in raw:
                if part not in _BESIDE:
                    self.take(f"{name}.{part}", raw, part)
        else:
            self._one(f"{name}.total" if whole else name, raw, span, self.tree.key(container, key))

    def _nothing(self, name: str, why: str, span: Span, *, whole: bool) -> None:
        if why == "later":
            return
        if not whole:
            if self._exists(name, span):
                self.asked[name] = why
            return
        for key in self.library.facts:
            if key.startswith(f"{name}."):
                self.asked[key] = why

    def _exists(self, name: str, span: Span) -> bool:
        if name in self.library.facts:
            return True
        own = [key for key in self.library.facts if key.startswith(f"{self.instrument.id}.")]
        help_ = did_you_mean(name, own) or f"`goldenthread facts {self.instrument.id}` lists them"
        if name == f"{self.instrument.id}.total":
            # It has several scales and no score over all of them.
            help_ = "one of: " + ", ".join(f"`{key}`" for key in own if key.endswith(".total"))
        self.fail(f"the {self.instrument.short} has no `{name.partition('.')[2]}`", span, help_, "R001")
        return False

    def _one(self, name: str, raw: Any, span: Span, key_span: Span) -> None:
        if not self._exists(name, key_span):
            return
        raw, twice = bare(raw), name in self.spans
        self.spans[name] = span
        if raw is None:
            self.fail(f"`{name}` is empty", key_span, "write its value, or {not_known: true}", "F003")
            return
        type_ = self.library.facts[name].type
        fit = fits.choice_fit(type_, None, {}) if type_.kind == "choice" else fits.number_fit(type_, None)
        try:
            value = fit(raw, {})
            number = name.rpartition(".item_")[2]
            if number != name:
                # The instrument knows which values an item can have.
                item_value(self.instrument, int(number), value)
        except Misfit as misfit:
            self.fail(f"`{name}`: {misfit}", span, misfit.help)
        except ScoreError as error:
            self.fail(str(error), span)
        else:
            if twice:
                self.fail(f"`{name}` stands here a second time", span, "keep one of the two")
            self.known[name] = value

    def _items(self, raw: Any, span: Span) -> None:
        if not isinstance(raw, list):
            self.fail(
                f"the items of the {self.instrument.short} are a list", span, "write items: [0, 1, …]", "F003"
            )
            return
        wrong = [v for v in raw if v is not None and (isinstance(v, bool) or not isinstance(v, int | float))]
        if wrong:
            self.fail(
                f"`{wrong[0]}` is not an item's score", span, "write numbers; `~` where an item has no answer"
            )
            return
        try:
            score = from_items(self.instrument, raw)
        except ScoreError as error:
            self.fail(str(error), span)
            return
        self.known.update(score.facts())
        self.spans.update(dict.fromkeys(dict(score.facts()), span))
        self.asked.update({f"{self.instrument.id}.item_{n}": "not_known" for n in score.not_known})

    def derive(self) -> None:
        """Add what the scores say: bands, the first and latest, and the change between them."""
        for name, scale in self.instrument.scales.items():
            stem = self.instrument.id if name == "total" else f"{self.instrument.id}.{name}"
            self._scale(stem, scale)
        for key in self.known:
            self.asked.pop(key, None)
        self._risk()

    def _risk(self) -> None:
        """Warn where a total hides the answer to an item that asks about risk."""
        id_, short = self.instrument.id, self.instrument.short
        total = next((key for key in self.known if key.endswith(".total")), "")
        for risk in self.instrument.risk:
            item = f"{id_}.item_{risk.item}"
            if total and item not in self.spans and item not in self.asked:
                asks = f"the {short} asks about {risk.about} in item {risk.item}"
                message = f"{asks}; a total alone does not say what was answered"
                help_ = f"add item_{risk.item}, or item_{risk.item}: {{not_known: true}}"
                self.found.append(Diagnostic("warning", "F002", message, self.spans[total], help_))

    def _scale(self, stem: str, scale: Scale) -> None:
        total_key, latest_key, first_key = (f"{stem}.{part}" for part in ("total", "latest", "first"))
        given = total_key if total_key in self.known else latest_key
        if given not in self.known:
            return
        total = self.known[given]
        if self.known.setdefault(latest_key, total) != total:
            self.fail(
                f"`{total_key}` and `{latest_key}` do not agree",
                self.spans[latest_key],
                "keep one of the two",
            )
        self.known[total_key] = total
        self.spans.setdefault(total_key, self.spans[given])
        if first_key in self.known:
            made = change(scale, self.known[first_key], total)
            self.known.setdefault(f"{stem}.change", made.amount)
            if made.verdict != "not_established":
                self.known.setdefault(f"{stem}.reliable", made.verdict)
        self.known.setdefault(first_key, total)
        found = band(scale, total)
        if found is not None and self.known.setdefault(f"{stem}.band", found.id) != found.id:
            message = f"`{stem}.band` and `{total_key}` do not agree: {total:g} is `{found.id}`"
            self.fail(message, self.spans[f"{stem}.band"], "keep the one that was recorded")
