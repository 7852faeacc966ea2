"""What tells walks apart: of those that stand alike, whatever follows is the same."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from goldenthread.language import ast
from goldenthread.prove.reading import followed
from goldenthread.walk.program import PREVIOUS
from goldenthread.walk.run import listed

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from goldenthread.prove.routes import Routes
    from goldenthread.prove.witness import Replayed
    from goldenthread.walk import Trace, Walk
    from goldenthread.walk.state import State

COUNTING = (ast.Compare, ast.Between)


class Alike:
    """Where walks from a flowchart stand."""

    def __init__(self, routes: Routes) -> None:
        self.routes, self.program = routes, routes.program

    @cached_property
    def _read(self) -> frozenset[str]:
        """The facts that something reads."""
        return frozenset(self.routes.atoms.by_key) | followed(self.program.library)

    @cached_property
    def _asked_again(self) -> frozenset[str]:
        """The questions whose role another question asks for as well."""
        roles = self.routes.charts.writers
        return frozenset(
            key for key, step in self.program.steps.items() if step.role and len(roles(step.role)) > 1
        )

    @cached_property
    def over_time(self) -> frozenset[str]:
        """The instruments of which a condition reads how their scores change."""
        parts = {"first", "change", "reliable"}
        return frozenset(key.partition(".")[0] for key in self._read if key.rpartition(".")[2] in parts)

    def standing(self, replayed: Replayed, charts: Collection[str] = ()) -> tuple[Hashable, Hashable]:
        """Give all that decides how a walk can go on, and what a claim may ask of the way that it came.

        Of `charts`, which run for each of any number of items, what their runs have come to counts, not how many;
        how many are still to come is given beside it.
        """
        state = replayed.walk.state
        listed = Listed(self, state, charts)
        items = [frame.item for frame in state.frames]
        used = (key.partition("@") for key in state.used) if any(items) else ()
        standing = (
            state.at.key if state.at is not None else "",
            state.end.key if state.end is not None else "",
            tuple(
                (f.chart.id, listed.named(self._item(f.item, state)), f.back.key if f.back else "")
                for f in state.frames
            ),
            self.facts(listed.without(state.known), state),
            frozenset(key for key in listed.without(state.asked) if self.tells(key, state)),
            frozenset(name for name in listed.without(state.done) if self._tells_item(name, state)),
            listed.come_to,
            frozenset(key for key, _, item in used if item in items),
            tuple(self.facts(frame.before, state) for frame in state.frames)
            if any(self._by_itself(item, state) for item in items)
            else (),
            frozenset((self._item(name, state), raised.cleared) for name, raised in state.raised.items()),
            tuple(self._item(name, state) for name in state.pending),
            self._runs(state),
            self._scores(state),
            frozenset(self._asked(replayed.walk, replayed.trail) if self._asked_again else ()),
        )
        return standing, listed.to_come

    def _by_itself(self, item: str, state: State) -> bool:
        return item in state.raised or item.startswith("opened_")

    def _item(self, item: str, state: State) -> str:
        """Give an item by what it is; of runs that were opened the number makes no difference."""
        return (
            state.raised[item].alert.id
            if item in state.raised
            else item.partition("_")[0]
            if self._by_itself(item, state)
            else item
        )

    def _tells_item(self, name: str, state: State) -> bool:
        return not self._by_itself(name.partition("@")[2], state)

    def tells(self, key: str, state: State) -> bool:
        """Say whether something reads what is kept under a key, by question, role or item."""
        name = key.partition("@")[0]
        return (name in self._read or name.startswith("each ")) and self._tells_item(key, state)

    def facts(self, known: Mapping[str, Any], state: State) -> AbstractSet[tuple[str, str]]:
        """Give what is known that something reads."""
        return frozenset(
            (key, repr(self._as_read(key, value))) for key, value in known.items() if self.tells(key, state)
        )

    def _as_read(self, key: str, value: Any) -> Any:
        """Give options in one order, of own words as many as conditions count; a list as it stands."""
        fact = self.program.library.facts.get(key.removeprefix(PREVIOUS).partition("@")[0])
        if not isinstance(value, tuple) or fact is None or key.partition("@")[0] in self._followed:
            return value
        chosen = sorted(name for name in value if name in fact.type.options)
        most = self._most_counted(key.partition("@")[0]) - len(chosen)
        return chosen, min(len(value) - len(chosen), max(most, 1))

    def _most_counted(self, key: str) -> int:
        """Give how many options are as good as any more to the conditions that count them."""
        atoms = [
            atom for atom in self.routes.atoms.by_key.get(key, ()) if isinstance(atom.expression, COUNTING)
        ]
        return 1 + int(max(cut for atom in atoms for cut in atom.cuts)) if atoms else 0

    @cached_property
    def _followed(self) -> frozenset[str]:
        """The facts that hold a list, or what others choose from, and what is told where those are asked for."""
        named = followed(self.program.library)
        return frozenset(named | {writer for name in named for writer in self.routes.charts.writers(name)})

    def _runs(self, state: State) -> AbstractSet[tuple[str, str]]:
        """Give which flowcharts were opened before, and which alerts those runs clear."""
        found = {(chart, "") for chart in state.runs}
        for alert in self.program.library.alerts.values():
            runs = state.runs.get(alert.opens, ())
            if any(alert.cleared_when.truth(*told) is True for told in runs):
                found.add((alert.opens, alert.id))
        return frozenset(found)

    def _scores(self, state: State) -> AbstractSet[tuple[str, str, str]]:
        """Give the scores that later ones are held against: of each scale the first."""
        found: dict[tuple[str, str], str] = {}
        for instrument in self.over_time & state.scores.keys():
            for score in reversed(state.scores[instrument]):
                found |= {(instrument, scale): repr(total) for scale, total in score.totals.items()}
        return frozenset((*name, total) for name, total in found.items())

    def _asked(self, walk: Walk, trail: Sequence[Trace]) -> Iterator[str]:
        """Give the questions of this round that were answered and whose role may be asked for again."""
        for trace in trail:
            if (
                trace.round == walk.round
                and trace.key in self._asked_again
                and trace.how in {"answered", "kept"}
            ):
                yield trace.key


class Listed:
    """The items of flowcharts that run for each of any number: alike where their runs have come to the same."""

    def __init__(self, alike: Alike, state: State, charts: Collection[str]) -> None:
        self.alike, self.state = alike, state
        visits = [s.node for s in alike.program.steps.values() if s.node.each and s.node.visit in charts]
        keys = {key for node in visits for key in node.lists}
        writers = [w for key in keys for w in alike.routes.charts.writers(key)]
        self.keys = keys | set(writers) | {alike.program.steps[writer].role for writer in writers}
        """The facts that hold a list."""
        self.lists = {(node.key, node.each): listed(node, state.known) for node in visits}
        self.lists |= {("each", chart): state.known.get(f"each {chart}", ()) for chart in charts}
        self.items = frozenset(item for items in self.lists.values() for item in items)
        self.items |= {name.partition("@")[2] for name in state.done if name.partition("@")[0] in charts}
        self.items |= {frame.item for frame in state.frames if frame.chart.id in charts}

    def named(self, item: str) -> str:
        """Give an item by its name, unless it is one of any number."""
        return "each" if item in self.items else item

    def without(self, told: Mapping[str, Any]) -> dict[str, Any]:
        """Leave out what is told of single items, and of lists all but what conditions read of them."""
        kept = {}
        for key, value in told.items():
            name, _, item = key.partition("@")
            if item in self.items or (name.startswith("each ") and ("each", name[5:]) in self.lists):
                continue
            kept[key] = self._read(key, value) if key in self.keys else value
        return kept

    def _read(self, key: str, value: Any) -> Any:
        return tuple(atom.truth({key: value}, {}) for atom in self.alike.routes.atoms.by_key.get(key, ()))

    @property
    def come_to(self) -> Hashable:
        """What the runs for the items of each list have come to, for any item and for all that were looked at."""
        runs = {item: self._run(item) for item in self.items}
        of_lists = ((name, frozenset(runs[item] for item in items)) for name, items in self.lists.items())
        return frozenset(of_lists), frozenset(runs.values())

    @property
    def to_come(self) -> Hashable:
        """How many items of each list have not had their run."""
        done = {name.partition("@")[2] for name in self.state.done}
        return tuple((name, sum(item not in done for item in items)) for name, items in self.lists.items())

    def _run(self, item: str) -> Hashable:
        """Give what is told of one item, and whether its run is over or under way."""
        state, alike = self.state, self.alike
        told = {key: value for key, value in state.known.items() if key.partition("@")[2] == item}
        asked = (key for key in state.asked if key.partition("@")[2] == item and alike.tells(key, state))
        return (
            frozenset((key.partition("@")[0], value) for key, value in alike.facts(told, state)),
            frozenset(key.partition("@")[0] for key in asked),
            frozenset(name.partition("@")[0] for name in state.done if name.partition("@")[2] == item),
            any(frame.item == item for frame in state.frames),
        )
