"""What a question, or a fact that nobody asks here, can come to, as literals of a formula."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Protocol

from goldenthread.language import Duration, ast
from goldenthread.prove.answers import Answer, values_of
from goldenthread.prove.formula import FALSE, Formula, Truth

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from goldenthread.language import Type
    from goldenthread.prove.answers import Totals
    from goldenthread.prove.reading import Atom
    from goldenthread.walk import Program, Step

OWN = "own_"
NOT_KNOWN = {"not_known": True}


class Source(Protocol):
    """Something that gives facts their values."""

    @property
    def nothing(self) -> int:
        """The literal of its having been asked, without a value."""

    def valued(self, key: str) -> int:
        """Give the literal of its giving a fact a value."""

    def unanswered(self, key: str) -> int:
        """Give the literal of its saying that a fact was asked and has no value."""

    def settles(self, key: str) -> int:
        """Give the literal of what an earlier question said of a fact counting no more."""

    def atom(self, atom: Atom) -> Truth:
        """Give the truth of an atom over what it gives."""

    def raw(self, model: AbstractSet[int]) -> Any:
        """Give the answer that a solution gives here, as written; None for later."""


class Listed:
    """One of a few answers, each with what it makes known."""

    def __init__(
        self,
        formula: Formula,
        answers: Sequence[Answer],
        *,
        visited: int,
        own: Sequence[str] = (),
        named: bool = False,
    ) -> None:
        self.formula, self.answers = formula, answers
        self.own = own
        """The keys that the question itself is known by."""
        self.literals = [formula.new() for _ in answers]
        self.value, self.nothing = formula.any(self.literals), formula.new()
        pairs = zip(self.literals, answers, strict=True)
        self.options = {str(answer.raw): literal for literal, answer in pairs} if named else {}
        formula.at_most_one([*self.literals, self.nothing])
        for literal in (*self.literals, self.nothing):
            formula.add(-literal, visited)
        self._valued: dict[str, int] = {}
        self._atoms: dict[int, Truth] = {}

    def valued(self, key: str) -> int:
        """Give the literal of a value for the fact."""
        if key not in self._valued:
            having = [
                lit for lit, answer in zip(self.literals, self.answers, strict=True) if key in answer.known
            ]
            self._valued[key] = self.formula.any(having)
        return self._valued[key]

    def unanswered(self, key: str) -> int:
        """Give the literal of the fact's having been asked in vain."""
        return self.nothing if key in self.own else self._lacking(key)

    def _lacking(self, key: str) -> int:
        pairs = zip(self.literals, self.answers, strict=True)
        return self.formula.any([literal for literal, answer in pairs if key in answer.asked])

    def settles(self, key: str) -> int:
        """Give the literal of a value, or of a score that leaves an item open or out: what was said counts no more."""
        pairs = zip(self.literals, self.answers, strict=True)
        left_out = [literal for literal, answer in pairs if key in answer.left_out]
        return self.formula.any((self.valued(key), self._lacking(key), *left_out))

    def atom(self, atom: Atom) -> Truth:
        """Give the truth over the answers."""
        found = self._atoms.get(id(atom))
        if found is None:
            true: list[int] = []
            false: list[int] = []
            for literal, answer in zip(self.literals, self.answers, strict=True):
                truth = atom.truth(answer.known, answer.asked)
                if truth is not None:
                    (true if truth else false).append(literal)
            found = self._atoms[id(atom)] = (self.formula.any(true), self.formula.any(false))
        return found

    def raw(self, model: AbstractSet[int]) -> Any:
        """Give the answer of a solution."""
        for literal, answer in zip(self.literals, self.answers, strict=True):
            if literal in model:
                return answer.raw
        return dict(NOT_KNOWN) if self.nothing in model else None

    def answer(self, model: AbstractSet[int]) -> Answer | None:
        """Give the answer of a solution, with what it makes known; None where there is none."""
        for literal, answer in zip(self.literals, self.answers, strict=True):
            if literal in model:
                return answer
        return None

    def before(self, model: AbstractSet[int]) -> Totals | None:
        """Give the totals of the first score that a solution's answer is held against, or None."""
        answer = self.answer(model)
        return answer.before if answer is not None else None


class Choosing:
    """Any set of options."""

    def __init__(
        self, formula: Formula, type_: Type, *, visited: int, own: int = 0, taken: bool = False
    ) -> None:
        self.formula, self.type = formula, type_
        self.taken = taken
        """Whether own words are those that were said where the options were chosen."""
        self.value, self.nothing = formula.new(), formula.new()
        words = [f"{OWN}{n}" for n in range(1, own + 1)]
        self.options = {name: formula.new() for name in (*type_.options, *words)}
        for one, further in pairwise(words):
            formula.add(-self.options[further], self.options[one])
        formula.add(-self.value, -self.nothing)
        formula.add(-self.value, visited)
        formula.add(-self.nothing, visited)
        for literal in self.options.values():
            formula.add(-literal, self.value)

    def narrow(self, exclusive: AbstractSet[str], at_least: int, at_most: int) -> None:
        """Demand what the question does: options that stand alone, the fewest and the most."""
        for alone in exclusive & self.options.keys():
            for name, literal in self.options.items():
                if name != alone:
                    self.formula.add(-self.options[alone], -literal)
        self.formula.add(-self.value, self.count(at_least))
        if at_most:
            self.formula.add(-self.count(at_most + 1))

    def count(self, number: int) -> int:
        """Give the literal of at least that many being chosen."""
        return self.formula.at_least(number, list(self.options.values()))

    def valued(self, key: str) -> int:  # noqa: ARG002 -- the same for its question and its role
        """Give the literal of a value."""
        return self.value

    def unanswered(self, key: str) -> int:  # noqa: ARG002 -- as above
        """Give the literal of its having been asked in vain."""
        return self.nothing

    def settles(self, key: str) -> int:  # noqa: ARG002 -- as above
        """Give the literal of a value."""
        return self.value

    def atom(self, atom: Atom) -> Truth:
        """Give the truth over the options chosen."""
        true = self._true(atom)
        return self.formula.both(true, self.value), self.formula.both(-true, self.value)

    def _true(self, atom: Atom) -> int:
        match atom.expression:
            case ast.In(left=option, right=ast.Call()):
                groups = self.type.groups
                return self._any(name for name in self.options if option.path in groups.get(name, ()))
            case ast.In(left=option):
                return self.options.get(option.path, FALSE)
            case ast.Call(function="all", items=ast.Items(names=names)):
                return self.formula.all(self.options.get(name.path, FALSE) for name in names)
            case ast.Call(items=ast.Items(names=names)):
                return self._any(name.path for name in names)
        return self._counted(atom)

    def _any(self, names: Any) -> int:
        return self.formula.any([self.options[name] for name in names if name in self.options])

    def _counted(self, atom: Atom) -> int:
        """Give the literal of a comparison of the count: true at every number of options for which it is."""
        most = len(self.options)
        top = min(most, int(max(atom.cuts, default=0)) + 2)
        parts = []
        for number in range(top + 1):
            if atom.truth({atom.fact.key: (None,) * number}, {}) is True:
                more = self.count(number + 1) if number < top else FALSE
                parts.append(self.formula.both(self.count(number), -more))
        return self.formula.any(parts)

    def raw(self, model: AbstractSet[int]) -> Any:
        """Give the options of a solution."""
        if self.value not in model:
            return dict(NOT_KNOWN) if self.nothing in model else None
        chosen: list[Any] = [name for name, literal in self.options.items() if literal in model]
        if self.taken:
            return chosen
        return [{"own": f"our own words {name}"} if name.startswith(OWN) else name for name in chosen]


@dataclass(frozen=True, slots=True)
class Ended:
    """An end as the source of its flowchart's outcome."""

    end: int
    step: Step
    nothing: int = FALSE

    def valued(self, key: str) -> int:  # noqa: ARG002 -- the shape of a source
        """Give the literal of the outcome: wherever it is reached."""
        return self.end

    def unanswered(self, key: str) -> int:  # noqa: ARG002 -- as above
        """Say that it is never asked."""
        return FALSE

    def settles(self, key: str) -> int:  # noqa: ARG002 -- as above
        """Give the literal of the outcome."""
        return self.end

    def atom(self, atom: Atom) -> Truth:
        """Give the truth over this outcome."""
        truth = atom.truth({atom.fact.key: self.step.node.id}, {})
        return (self.end, FALSE) if truth else (FALSE, FALSE if truth is None else self.end)

    def raw(self, model: AbstractSet[int]) -> Any:  # noqa: ARG002 -- as above
        """Give nothing: nobody answers an end."""
        return None


def free(
    formula: Formula,
    key: str,
    type_: Type,
    atoms: Mapping[str, Sequence[Atom]],
    *,
    visited: int,
    other: bool = False,
) -> Listed | Choosing:
    """Give a fact that may be anything its type allows, where `visited` holds."""
    if type_.kind == "choices":
        return Choosing(formula, type_, visited=visited, own=own_words(key, atoms, 1) if other else 0)
    read = atoms.get(key, ())
    kinds: dict[Any, Answer] = {}
    for raw in values_of(type_, read):
        known = {key: _value(type_, raw)}
        # A flowchart may run for each of a list: for none, one or more.
        several = min(len(raw), 2) if type_.kind == "goals" else 0
        kinds.setdefault((several, *(atom.truth(known, {}) for atom in read)), Answer(raw, known))
    return Listed(formula, list(kinds.values()), visited=visited, own=(key,))


def takes_own(key: str, program: Program) -> bool:
    """Say whether own words can be among what a role or question has: said there, or where the options were chosen."""
    roles = program.library.roles
    asked = roles.get(key) or (program.steps[key].node if key in program.steps else None)
    if asked is None:
        return False
    return asked.other or (asked.options_from in roles and takes_own(asked.options_from, program))


def own_words(key: str, atoms: Mapping[str, Sequence[Atom]], at_least: int = 0) -> int:
    """Give how many options in own words are enough for every count that is compared."""
    return 1 + int(max([at_least, *(cut for atom in atoms.get(key, ()) for cut in atom.cuts)]))


def _value(type_: Type, raw: Any) -> Any:
    if type_.kind == "duration":
        return Duration.read(raw)
    if type_.kind == "goals":
        return tuple(f"goal_{n}" for n in range(len(raw)))
    return raw


def holds(literal: int, model: AbstractSet[int]) -> bool:
    """Say whether a literal holds in a solution."""
    return literal in model if literal > 0 else -literal not in model
