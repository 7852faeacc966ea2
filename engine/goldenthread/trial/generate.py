"""Walks made up: whole cases that reach an end, steered to what no walk has crossed yet.

The same program and seed give the same walks. What is tried is what conditions tell apart (`trial.choices`); where a
walk is wanted across a certain edge or rule, the answers that its condition asks for are preferred (`trial.wishes`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING, Any

from goldenthread.trial.choices import Meaning, answers_to, calm, options_in, without_value
from goldenthread.trial.crossing import Crossings, Key
from goldenthread.trial.routes import Routes
from goldenthread.trial.wishes import wishes
from goldenthread.walk import Misfit, Walk, allowed_options, status
from goldenthread.walk.program import PREVIOUS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from goldenthread.language import Condition
    from goldenthread.trial.wishes import Wish
    from goldenthread.walk import Program, Step

MOST_ANSWERS = 400
_ROUNDS = 3
_GIVEN_UP = 12
"""After so many walks aimed at something that none has crossed, others have their turn."""
_TRIES = 60
_SAMPLE = 4
"""Of so many answers drawn, the one that was given least often is taken."""


@dataclass(slots=True)
class _Question:
    """What was found out about a question: its answers, how often each was given, and what it makes known."""

    answers: list[Any]
    given: list[int]
    nothing: list[Any]
    calm: Any
    keys: frozenset[str]
    stem: str
    allowed: Callable[[Mapping[str, Any], Mapping[str, str]], frozenset[str]] | None


@dataclass(frozen=True, slots=True)
class _Mood:
    """How one made-up client answers: how often not at all, with what danger, and whether the walk is cut short."""

    silent: float
    calm: float
    short: float
    again: float


@dataclass(frozen=True, slots=True)
class Aim:
    """What single walks are to come to: conditions with the truth wanted of each, and the node to be passed, if any."""

    wanted: tuple[tuple[Condition, bool], ...]
    node: str = ""


@dataclass(slots=True)
class Generator:
    """Makes walks of one program.

    `meaning` may be that of several libraries, whose thresholds are then all tried; every second walk goes for one
    of `aims`.
    """

    program: Program
    root: str
    seed: int = 0
    meaning: Meaning | None = None
    crossed: set[Key] = field(default_factory=set)
    aims: Sequence[Aim] = ()
    looked_at: Crossings | None = None
    """What walks go for; all that the program has where nothing is given."""
    crossings: Crossings = field(init=False)
    _meaning: Meaning = field(init=False)
    _random: Random = field(init=False)
    _routes: Routes = field(init=False)
    _questions: dict[str, _Question] = field(default_factory=dict)
    _aimed: dict[Key, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._meaning = self.meaning or Meaning(self.program.library)
        self.crossings = self.looked_at or Crossings(self.program)
        self._random = Random(self.seed)  # noqa: S311 -- nothing is kept secret by it
        self._routes = Routes(self.program)

    def walks(self, most: int) -> Iterator[tuple[Walk, frozenset[Key]]]:
        """Give walks, each with what it crosses."""
        for n in range(most):
            if n % 4 == 0:
                wished = []
            elif self.aims and n % 2:
                wished = self._wishes_of(self.aims[n // 2 % len(self.aims)])
            else:
                wished = self._uncrossed()
            walk = self._walk(wished)
            found = self.crossings.of(walk)
            self.crossed |= found
            yield walk, found

    def _wishes_of(self, aim: Aim) -> list[Wish]:
        first = aim.wanted[0][0] if aim.wanted else None
        wished = [
            wish
            for when, truth in aim.wanted
            for wish in wishes(when, truth, self._random, None if when is first else first)
        ]
        if aim.node in self.program.steps:
            wished += self._routes.through(aim.node, self.root, self._random)
        return wished

    def _uncrossed(self) -> list[Wish]:
        """Give wishes towards something not crossed yet, of what was aimed at least often."""
        left = [k for k in self.crossings.all if k not in self.crossed and self._aimed.get(k, 0) < _GIVEN_UP]
        left = left or list(self.crossings.all)
        least = min(self._aimed.get(key, 0) for key in left)
        key = self._random.choice([key for key in left if self._aimed.get(key, 0) == least])
        self._aimed[key] = least + 1
        return self._routes.to(self.crossings.all[key], self.root, self._random)

    def _walk(self, wished: list[Wish]) -> Walk:
        random = self._random
        mood = _Mood(*map(random.choice, ((0, 0, 0.05, 0.3), (0.5, 1, 1), (0, 0, 0.1, 1), (0, 0, 0.5))))
        walk = Walk.start(self.program, self.root)
        for n in range(MOST_ANSWERS + MOST_ANSWERS):
            if walk.finished and walk.round + 1 < _ROUNDS and random.random() < mood.again:
                walk = walk.begin_round()
                continue
            if not walk.at:
                break
            if n >= MOST_ANSWERS or walk.round >= _ROUNDS:
                walk = _left_open(walk)
            else:
                walk = self._answered(walk, wished, mood)
        return walk

    def _answered(self, walk: Walk, wished: list[Wish], mood: _Mood) -> Walk:
        step, random = walk.step, self._random
        assert step is not None  # noqa: S101 -- a question waits
        asked = self._question(step)
        here = [wish for wish in wished if not asked.keys.isdisjoint(wish.keys) or _of(asked.stem, wish)]
        for answer in self._drawn(step, asked, here, mood, walk):
            onward = walk.answer(answer)
            if onward.problem is not None and onward.at == walk.at:
                continue
            if here or onward.end is None or not onward.end.stop or random.random() < mood.short:
                return onward
        return _left_open(walk)

    def _drawn(
        self, step: Step, asked: _Question, here: list[Wish], mood: _Mood, walk: Walk
    ) -> Iterator[Any]:
        random = self._random
        if here:
            yield from self._wished(step, asked, here, walk)
        elif asked.calm is not None and random.random() < mood.calm:
            yield asked.calm
        if asked.nothing and random.random() < mood.silent:
            yield random.choice(asked.nothing)
        can = self._can(asked, walk)
        for _ in range(_TRIES if can else 0):
            place = min(random.choices(can, k=_SAMPLE), key=asked.given.__getitem__)
            asked.given[place] += 1
            yield asked.answers[place]

    def _wished(self, step: Step, asked: _Question, here: list[Wish], walk: Walk) -> Iterator[Any]:
        """Give the answers that grant every wish, or else the most of them."""
        random = self._random
        answers = list(asked.nothing) if any(wish.wanted is None or not wish.options for wish in here) else []
        places = self._can(asked, walk)
        answers += [asked.answers[n] for n in random.sample(places, min(len(places), _TRIES))]
        if step.type is not None and step.type.kind == "choices":
            answers += _together(here, random)
        granted = [
            (sum(self._grants(step, asked, answer, wish, walk) for wish in here), answer)
            for answer in answers
        ]
        most = max((count for count, _ in granted), default=0)
        best = [answer for count, answer in granted if count == most]
        if most:
            yield random.choice(best)

    def _grants(self, step: Step, asked: _Question, answer: Any, wish: Wish, walk: Walk) -> bool:
        why = status(answer)
        if why:
            silent = {} if why == "later" else dict.fromkeys((*asked.keys, *wish.keys), why)
            return wish.granted({}, silent)
        try:
            value = step.fit(answer, walk.known, walk.asked)
        except Misfit:
            return False
        if step.node.verb == "measure":
            made = dict(value.facts())
            made |= {
                f"{key.rpartition('.')[0]}.latest": v for key, v in made.items() if key.endswith(".total")
            }
            silent = {f"{asked.stem}item_{n}": "not_known" for n in value.not_known}
        else:
            made, silent = dict.fromkeys(asked.keys, value), {}
        made |= {f"{PREVIOUS}{key}": value for key, value in made.items()}
        return wish.granted(made, silent)

    def _can(self, asked: _Question, walk: Walk) -> list[int]:
        places = range(len(asked.answers))
        if asked.allowed is None:
            return list(places)
        can = asked.allowed(walk.known, walk.asked)
        return [n for n in places if all(option in can for option in options_in(asked.answers[n]))]

    def _question(self, step: Step) -> _Question:
        found = self._questions.get(step.key)
        if found is None:
            library, node = self.program.library, step.node
            answers = answers_to(step, self.program, self._meaning)
            narrowed = (
                node.verb == "ask" and step.type is not None and step.type.kind in {"choice", "choices"}
            )
            found = self._questions[step.key] = _Question(
                answers,
                [0] * len(answers),
                without_value(step),
                calm(step, library),
                frozenset(key for key in (step.key, step.role) if key),
                f"{node.measure}." if node.measure else "",
                allowed_options(node, library) if narrowed else None,
            )
        return found


def _of(stem: str, wish: Wish) -> bool:
    return bool(stem) and any(key.startswith(stem) for key in wish.keys)


def _together(here: list[Wish], random: Random) -> list[Any]:
    """Give an answer of one option for each wish that names some."""
    named = [wish.options for wish in here if wish.wanted is True and wish.options]
    if not named:
        return []
    one = list(dict.fromkeys(random.choice(options) for options in named))
    return [one, list(dict.fromkeys(option for options in named for option in options))]


def _left_open(walk: Walk) -> Walk:
    step = walk.step
    assert step is not None  # noqa: S101 -- a question waits
    if step.node.verb == "tell":
        return walk.answer(True)
    return walk.not_known() if step.required else walk.later()
