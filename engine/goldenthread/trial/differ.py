"""One case walked over two libraries, and each way in which its outcomes differ."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, NamedTuple

from goldenthread.model import ADVISED
from goldenthread.trial.observe import Observed, band
from goldenthread.walk import LATER, NOT_KNOWN, Round, Settings, Walk

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from goldenthread.advise import Offer
    from goldenthread.model import Advisable, Rule, Suggestion
    from goldenthread.trial.renames import Renames
    from goldenthread.walk import Program

Sort = Literal["misfit", "asks", "alerts", "ends", "holds", "offers", "order", "cautions"]
SORTS: tuple[Sort, ...] = ("misfit", "asks", "alerts", "ends", "holds", "offers", "order", "cautions")
LATER_SETTINGS = Settings(rest_later=True)
_MOST_FILLED = 60


class Change(NamedTuple):
    """One outcome that differs: `id` is that of a node, alert or entry by its name after, if it has one."""

    sort: Sort
    kind: str
    id: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Trial:
    """A case as it is answered before and after. `vignette` is its id; a walk made up has none."""

    root_before: str
    root_after: str
    before: tuple[Round, ...]
    after: tuple[Round, ...]
    settings: Settings = LATER_SETTINGS
    vignette: str = ""
    forward: bool = True
    """Whether the answers were given before the change; else they were given after it."""

    @property
    def size(self) -> int:
        """How many answers it holds."""
        return sum(len(round_.answers) for round_ in self.after)


class Differ:
    """Two programs, and the outcomes of one case over both."""

    def __init__(self, before: Program, after: Program, renames: Renames, edited: Collection[str]) -> None:
        self.before, self.after, self.renames = before, after, renames
        self.edited = edited
        """The ids of entries of which something changed that outcomes follow from."""
        self.known_before = frozenset(renames.node(key) for key in before.steps)
        """The nodes that there were before, by their names after."""
        self._entries = list(self._paired())

    def _paired(self) -> Iterator[tuple[str, str, Advisable | None, Advisable | None, frozenset[str]]]:
        """Give each entry by its name after, with the facts that its rules read on either side."""
        for kind in ADVISED:
            old = {self.renames.entry(id_): entry for id_, entry in self.before.library.advised(kind).items()}
            new = self.after.library.advised(kind)
            for id_ in dict.fromkeys((*new, *old)):
                sides = old.get(id_), new.get(id_)
                reads = (_reads(entry) for entry in sides if entry is not None)
                yield kind, id_, *sides, frozenset().union(*reads)

    def observed(self, trial: Trial) -> tuple[Observed, Observed]:
        """Walk a case before and after."""
        before = Walk.replay(self.before, trial.root_before, trial.before, settings=trial.settings)
        after = Walk.replay(self.after, trial.root_after, trial.after, settings=trial.settings)
        return Observed(before), Observed(after)

    def changes(self, trial: Trial, only: Collection[str] | None = None) -> list[Change]:
        """Give what differs in the outcomes of a case; of entries, `only` those of these ids where it is given.

        An answer that no longer fits is the one change that there is then: what follows follows from it.
        """
        before, after = self.observed(trial)
        if after.walk.problem is not None and before.walk.problem is None:
            problem = after.walk.problem
            return [Change("misfit", "", problem.key.partition("@")[0], "", problem.message)]
        if before.walk.problem is not None:
            return []
        return [*self._path(before, after), *self._advised(before, after, only)]

    def _path(self, before: Observed, after: Observed) -> Iterator[Change]:
        now = self.renames.node
        then = {now(key): count for key, count in before.asked.items()}
        for key in dict.fromkeys((*then, *after.asked)):
            old, new = then.get(key, 0), after.asked.get(key, 0)
            if old != new:
                yield Change("asks", "", key, *_times(old, new))
        raised = {self.renames.entry(id_): state for id_, state in before.alerts.items()}
        for id_ in dict.fromkeys((*raised, *after.alerts)):
            states = raised.get(id_, ""), after.alerts.get(id_, "")
            if states[0] != states[1]:
                yield Change("alerts", "", id_, *states)
        if now(before.end) != after.end:
            yield Change("ends", "", "", now(before.end), after.end)

    def _advised(self, before: Observed, after: Observed, only: Collection[str] | None) -> Iterator[Change]:
        changed = _changed(before, after)
        then = {kind: [self.renames.entry(id_) for id_ in ids] for kind, ids in before.shut.items()}
        now = after.shut
        held: dict[str, None] = {}
        for kind, id_, old, new, reads in self._entries:
            asked_of = only is None or id_ in only
            decided_alike = id_ not in self.edited and then[kind] == now[kind] and changed.isdisjoint(reads)
            if not asked_of or decided_alike:
                continue
            for change in self._of_entry(kind, id_, (before, old), (after, new)):
                if change.sort == "holds":
                    held[kind] = None
                else:
                    yield change
        for kind in held:
            gone = [id_ for id_ in then[kind] if id_ not in now[kind]]
            new_ = [id_ for id_ in now[kind] if id_ not in then[kind]]
            yield Change("holds", kind, "", ", ".join(gone), ", ".join(new_))

    def _of_entry(self, kind: str, id_: str, *sides: tuple[Observed, Advisable | None]) -> Iterator[Change]:
        states = [side.state(entry) if entry is not None else "" for side, entry in sides]
        own = [side.weighed(entry).state(shut=False) if entry is not None else "" for side, entry in sides]
        # An entry that is new and left out, or was left out and is lost, makes no difference to anyone.
        if (states[0] or "left_out") != (states[1] or "left_out"):
            # What holds or frees a whole bank is one change, not one of each entry.
            yield Change("holds" if own[0] == own[1] else "offers", kind, id_, states[0], states[1])
        elif states == ["offered", "offered"]:
            yield from self._of_offer(kind, id_, *sides)

    def _of_offer(self, kind: str, id_: str, *sides: tuple[Observed, Advisable | None]) -> Iterator[Change]:
        if id_ not in self.edited:
            return
        before, after = (
            {self._now(side, o): offer for o, offer in side.offers(kind).items()} for side, _ in sides
        )
        stands = [_standing(side[id_], side, before.keys() & after.keys()) for side in (before, after)]
        # What an offer is called by comes first, then its place among those that both sides offer.
        told = next((n for n in range(len(stands[0])) if stands[0][n] != stands[1][n]), None)
        if told is not None:
            yield Change("order", kind, id_, stands[0][told], stands[1][told])
        shown = [side.cautions(entry) for side, entry in sides if entry is not None]
        gone = [caution for caution in shown[0] if caution not in shown[1]]
        new = [caution for caution in shown[1] if caution not in shown[0]]
        if gone or new:
            yield Change("cautions", kind, id_, "; ".join(gone), "; ".join(new))

    def _now(self, side: Observed, id_: str) -> str:
        return self.renames.entry(id_) if side.library is self.before.library else id_

    # Cases

    def carried(self, rounds: Sequence[Round]) -> tuple[Round, ...]:
        """Give answers to questions before by their names after."""
        names = self.renames
        return tuple(
            replace(
                round_,
                answers={names.answer(key): raw for key, raw in round_.answers.items()},
                opened=tuple((names.chart(chart), names.answer(at)) for chart, at in round_.opened),
            )
            for round_ in rounds
        )

    def carried_back(self, rounds: Sequence[Round]) -> tuple[Round, ...]:
        """Give answers to questions after by their names before; those to new questions are left out."""
        names, steps = self.renames, self.before.steps
        made = []
        for round_ in rounds:
            answers = {
                names.answer_back(key): names.value_back(key, raw) for key, raw in round_.answers.items()
            }
            answers = {key: raw for key, raw in answers.items() if key.partition("@")[0] in steps}
            opened = ((names.chart_back(chart), names.answer_back(at)) for chart, at in round_.opened)
            made.append(
                replace(
                    round_, answers=answers, opened=tuple(o for o in opened if o[0] in self.before.charts)
                )
            )
        return tuple(made)

    def forward(self, root: str, rounds: Sequence[Round], settings: Settings, vignette: str = "") -> Trial:
        """Make a case of answers given before the change: new questions are left for later."""
        after = self.carried(rounds)
        trial = Trial(root, self.renames.chart(root), tuple(rounds), after, settings, vignette)
        if settings.rest_later:
            return trial
        for _ in range(_MOST_FILLED):
            walk = Walk.replay(self.after, trial.root_after, trial.after, settings=settings)
            if (
                not walk.at
                or walk.problem is not None
                or walk.step is None
                or walk.step.key in self.known_before
            ):
                break
            answer = (
                True if walk.step.node.verb == "tell" else dict(NOT_KNOWN if walk.step.required else LATER)
            )
            rounds_after = list(walk.rounds)
            here = rounds_after[walk.round]
            rounds_after[walk.round] = replace(here, answers={**here.answers, walk.at: answer})
            trial = replace(trial, after=tuple(rounds_after))
        return trial

    def backward(self, root: str, rounds: Sequence[Round], settings: Settings, vignette: str = "") -> Trial:
        """Make a case of answers given after the change; what the questions before cannot take is left for later."""
        before, root_before = self.carried_back(rounds), self.renames.chart_back(root)
        for _ in range(_MOST_FILLED):
            walk = Walk.replay(self.before, root_before, before, settings=settings)
            if walk.problem is None:
                break
            key, here = walk.problem.key, before[min(walk.round, len(before) - 1)]
            if key not in here.answers:
                break
            kept = replace(here, answers={k: v for k, v in here.answers.items() if k != key})
            before = tuple(kept if round_ is here else round_ for round_ in before)
        return Trial(root_before, root, before, tuple(rounds), settings, vignette, forward=False)


def _standing(offer: Offer, offers: Mapping[str, Offer], common: Collection[str]) -> tuple[str, str, str]:
    """Give the band of an offer, its grade, and its place among some offers."""
    ahead = sum(offers[id_].rank < offer.rank for id_ in common)
    return band(offer), f"{offer.strength}, {offer.certainty} certainty", f"place {ahead + 1}"


def _reads(entry: Advisable) -> frozenset[str]:
    rules: tuple[Suggestion | Rule, ...] = (*entry.suggest, *entry.rule_out)
    return frozenset(key for rule in rules for key in rule.when.reads)


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
