"""Two walks of one case held against each other: each outcome that differs, and what it follows from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from goldenthread.model import ADVISED
from goldenthread.trial.observe import Observed, band
from goldenthread.trial.parting import between, parting
from goldenthread.trial.parts import paired_rules

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from goldenthread.advise import Offer
    from goldenthread.model import Advisable, Library, Rule, Suggestion
    from goldenthread.trial.renames import Renames

Sort = Literal["misfit", "asks", "alerts", "ends", "holds", "offers", "order", "cautions"]
SORTS: tuple[Sort, ...] = ("misfit", "asks", "alerts", "ends", "holds", "offers", "order", "cautions")
_Side = tuple[Observed, "Advisable | None"]


class Change(NamedTuple):
    """One outcome that differs: `id` is that of a node, alert or entry by its name after, if it has one."""

    sort: Sort
    kind: str
    id: str
    before: str
    after: str
    cause: str = ""
    """What it follows from, to tell it from the same that follows from something else: a way, a rule, an alert."""


class Comparer:
    """What has to be known of two libraries to compare walks over them. `edited` are the ids of edited entries."""

    def __init__(self, before: Library, after: Library, renames: Renames, edited: Collection[str]) -> None:
        self._before, self._renames, self._edited = before, renames, edited
        self._entries = list(_paired(before, after, renames))
        self._rules = {
            id_: list(_edited_rules(old, new)) for _, id_, old, new, _ in self._entries if id_ in edited
        }

    def changes(
        self, before: Observed, after: Observed, only: Collection[str] | None = None
    ) -> Iterator[Change]:
        """Give what differs; of entries, `only` those of these ids where it is given."""
        alerts = self._alerts(before, after)
        parted = parting(before, after, self._renames)
        if parted is not None:
            cause = parted.key
        else:
            first = between(before, after, self._renames) or next(iter(alerts), "")
            cause = f"alert {first}" if first else ""
        yield from self._path(before, after, alerts, cause or "elsewhere")
        yield from self._advised(before, after, only, cause)

    def _alerts(self, before: Observed, after: Observed) -> dict[str, tuple[str, str]]:
        raised = {self._renames.entry(id_): state for id_, state in before.alerts.items()}
        states = {
            id_: (raised.get(id_, ""), after.alerts.get(id_, ""))
            for id_ in dict.fromkeys((*raised, *after.alerts))
        }
        return {id_: (old, new) for id_, (old, new) in states.items() if old != new}

    def _path(
        self, before: Observed, after: Observed, alerts: Mapping[str, tuple[str, str]], cause: str
    ) -> Iterator[Change]:
        now = self._renames.node
        then = {now(key): count for key, count in before.asked.items()}
        for key in dict.fromkeys((*then, *after.asked)):
            old, new = then.get(key, 0), after.asked.get(key, 0)
            if old != new:
                yield Change("asks", "", key, *_times(old, new), cause)
        for id_, states in alerts.items():
            yield Change("alerts", "", id_, *states, cause)
        if now(before.end) != after.end:
            yield Change("ends", "", "", now(before.end), after.end, cause)

    def _advised(
        self, before: Observed, after: Observed, only: Collection[str] | None, cause: str
    ) -> Iterator[Change]:
        changed = _changed(before, after)
        cause = cause or next((f"fact {key}" for key in sorted(changed)), "")
        then = {kind: [self._renames.entry(id_) for id_ in ids] for kind, ids in before.shut.items()}
        now = after.shut
        for kind, id_, old, new, reads in self._entries if only is None or only else ():
            asked_of = only is None or id_ in only
            if asked_of and not (id_ not in self._edited and changed.isdisjoint(reads)):
                for change in self._of_entry(kind, id_, (before, old), (after, new)):
                    yield change if change.cause else change._replace(cause=cause)
        for kind in ADVISED:
            # Held for another reason is held as before.
            if bool(then[kind]) != bool(now[kind]):
                gone, new_ = ", ".join(then[kind]), ", ".join(now[kind])
                yield Change("holds", kind, "", gone, new_, cause or f"gate {gone} > {new_}")

    def _of_entry(self, kind: str, id_: str, *sides: _Side) -> Iterator[Change]:
        states = [side.state(entry) if entry is not None else "" for side, entry in sides]
        own = [side.own_state(entry) if entry is not None else "" for side, entry in sides]
        # What holds or frees a whole bank is one change, not one of each entry. And an entry that is new and left out,
        # or was left out and is lost, makes no difference to anyone.
        if (own[0] or "left_out") != (own[1] or "left_out"):
            if (states[0] or "left_out") != (states[1] or "left_out"):
                rule = self._rule(id_, sides[0][0], sides[1][0])
                yield Change("offers", kind, id_, states[0], states[1], rule)
        elif states == ["offered", "offered"] and id_ in self._edited:
            yield from self._of_offer(kind, id_, *sides)

    def _rule(self, id_: str, before: Observed, after: Observed) -> str:
        """Give the first edited rule of an entry that comes to something else; nothing where none does."""
        for old, new in self._rules.get(id_, ()):
            if _came_to(old, before) is not _came_to(new, after):
                return f"rule {id_}: {' '.join((new or old).when.text.split())}"
        return ""

    def _of_offer(self, kind: str, id_: str, *sides: _Side) -> Iterator[Change]:
        before, after = (
            {self._now(side, o): offer for o, offer in side.offers(kind).items()} for side, _ in sides
        )
        stands = [_standing(side[id_], side, before.keys() & after.keys()) for side in (before, after)]
        # What an offer is called by comes first, then its place among those that both sides offer.
        told = next((n for n in range(len(stands[0])) if stands[0][n] != stands[1][n]), None)
        if told is not None:
            yield Change("order", kind, id_, stands[0][told], stands[1][told], f"grade {id_}")
        (then, old), (now, new) = sides
        pairs = paired_rules(old.caution if old else (), new.caution if new else ())
        said = [(then.caution(one), now.caution(other)) for one, other in pairs]
        # Said for another reason, it is said as before.
        differ = [(a, b) for a, b in said if _how(a) != _how(b)]
        if differ:
            gone, more = ("; ".join(filter(None, side)) for side in zip(*differ, strict=True))
            yield Change("cautions", kind, id_, gone, more, f"caution {id_}")

    def _now(self, side: Observed, id_: str) -> str:
        return self._renames.entry(id_) if side.library is self._before else id_


def _paired(
    before: Library, after: Library, renames: Renames
) -> Iterator[tuple[str, str, Advisable | None, Advisable | None, frozenset[str]]]:
    """Give each entry by its name after, with the facts that its rules read on either side."""
    for kind in ADVISED:
        old = {renames.entry(id_): entry for id_, entry in before.advised(kind).items()}
        new = after.advised(kind)
        for id_ in dict.fromkeys((*new, *old)):
            sides = old.get(id_), new.get(id_)
            reads = (_reads(entry) for entry in sides if entry is not None)
            yield kind, id_, *sides, frozenset().union(*reads)


def _reads(entry: Advisable) -> frozenset[str]:
    rules: tuple[Suggestion | Rule, ...] = (*entry.suggest, *entry.rule_out)
    return frozenset(key for rule in rules for key in rule.when.reads)


def _edited_rules(old: Advisable | None, new: Advisable | None) -> Iterator[tuple[Any, Any]]:
    for sort in ("suggest", "rule_out"):
        for one, other in paired_rules(getattr(old, sort, ()), getattr(new, sort, ())):
            if one is None or other is None or one.when.text != other.when.text:
                yield one, other


def _came_to(rule: Rule | Suggestion | None, side: Observed) -> bool | None:
    """Give what a rule comes to; one that is not there is as one that is false."""
    return rule.when.truth(side.facts.known, side.facts.asked) if rule is not None else False


def _how(said: str) -> tuple[bool, bool]:
    """Give whether a caution is said, and whether it is said as not known."""
    return bool(said), said.endswith("(not known)")


def _standing(offer: Offer, offers: Mapping[str, Offer], common: Collection[str]) -> tuple[str, str, str]:
    """Give the band of an offer, its grade, and its place among some offers."""
    ahead = sum(offers[id_].rank < offer.rank for id_ in common)
    return band(offer), f"{offer.strength}, {offer.certainty} certainty", f"place {ahead + 1}"


def _changed(before: Observed, after: Observed) -> set[str]:
    """Give the facts that are known otherwise, or asked otherwise."""
    found: set[str] = set()
    for then, now in ((before.facts.known, after.facts.known), (before.facts.asked, after.facts.asked)):
        found |= {key for key, value in then.items() if now.get(key) != value}
        found |= now.keys() - then.keys()
    # Whatever reads a fact once an item reads it under these names too.
    return found | {key.partition("@")[0] for key in found}


def _times(old: int, new: int) -> tuple[str, str]:
    """Say that a node is shown before or after; where it is on both sides, whether more or less often."""
    if old and new:
        return ("", "more often") if new > old else ("more often", "")
    return "asked" if old else "", "asked" if new else ""
