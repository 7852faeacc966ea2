"""The walk in a terminal: one question at a time, and what can be asked of it at any time."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from goldenthread.advise import Offer
from goldenthread.cli import screen
from goldenthread.cli.commands import Commands, Did, Leave
from goldenthread.cli.goals_dialog import ask_goals
from goldenthread.cli.sitting import Sitting
from goldenthread.cli.typed import read_answer, read_score
from goldenthread.walk import Misfit, beside, examples, own_words, status

if TYPE_CHECKING:
    from goldenthread.cli.console import Console
    from goldenthread.cli.keeper import Keeper
    from goldenthread.session import Guide, GuidedWalk, Question


class Talk(Sitting):
    """A sitting that asks and listens."""

    def __init__(self, console: Console, guide: Guide, walk: GuidedWalk, keeper: Keeper) -> None:
        super().__init__(console, guide, walk, keeper)
        self.commands = Commands(self)

    def run(self) -> GuidedWalk:
        """Talk until the clinician leaves or there is nothing more to read; give the walk as it stands then."""
        for note in self.keeper.notes:
            self.console.out(screen.marked("Note", note, "cyan"))
        try:
            while True:
                question = self._question()
                if question is None:
                    self.commands.at_the_end()
                else:
                    self._ask(question)
        except (EOFError, Leave):
            self.good_bye()
        return self.walk

    def _question(self) -> Question | None:
        question = self.walk.question
        if question is None or not question.options:
            return question
        kind = self.kind(question)
        if not kind:
            return question
        advice = self.walk.advice(kind)
        options = []
        for option in question.options:
            found = advice.find(option.id) if option.state == "offered" else None
            decision = self.keeper.declined(self.walk, kind, found) if isinstance(found, Offer) else None
            options.append(
                replace(option, state="left_out", why=f"declined on {decision.on}: {decision.reason}")
                if decision
                else option
            )
        return replace(question, options=tuple(options))

    def _ask(self, question: Question) -> None:
        fresh = not self.beside.get("own") and question.prefill is None and not self.every
        if question.own_first and fresh and self._own_first(question) is Did.MOVED:
            return
        self.console.out(screen.show(question, every=self.every))
        self.every = False
        if len(ahead := self.walk.ahead.answers) > 1:
            hint = f"{len(ahead)} answers of this phase stand as they were: `ahead` lists them."
            self.console.out(click.style(hint, dim=True))
        if self.walk.problem:
            self.misfit(self.walk.problem.message, self.walk.problem.help)
        while True:
            text = self.console.line("> ", [option.id for option in question.options])
            did = self.commands.do(question, text)
            if did is Did.MOVED:
                return
            if did is Did.STAYED:
                continue
            try:
                raw = self._raw(question, text)
            except Misfit as misfit:
                self.misfit(str(misfit), misfit.help)
                continue
            if not text:
                self._keep_beside(question)
            walk = self.walk.answer(self.with_beside(raw))
            if walk.problem is not None and walk.problem.key == question.key:
                self.misfit(walk.problem.message, walk.problem.help)
                continue
            kind = self.kind(question)
            accepted = self.accepted(kind, raw)
            self.take(walk)
            for offer in accepted:
                self.record(kind, offer, "accepted")
            return

    def _own_first(self, question: Question) -> Did:
        """Ask for the clinician's own idea before the list; what can be typed at any question can be typed here."""
        self.console.out("\n" + screen.banner(question))
        self.console.out(click.style(screen.wrap(f"{question.number}  {question.ask}"), bold=True))
        did = Did.STAYED
        while did is Did.STAYED:
            said = self.console.line("Your own idea first, before the list (Enter: go on to the list): ")
            did = self.commands.do(replace(question, kind="text"), said) if said else Did.NOTHING
        if did is Did.NOTHING:
            self.beside["own"] = said or "-"
            if said:
                self.beside["note"] = f"own idea first: {said}"
        return did

    def _raw(self, question: Question, text: str) -> Any:
        if not text:
            if question.prefill is not None and not status(question.prefill):
                return question.prefill
            raise Misfit("nothing was typed", "answer, or type `later`; `help` shows what else can be typed")
        if question.kind == "measure":
            return self._score(question, text)
        if question.kind == "goals":
            return ask_goals(self.console, self.walk, question, text)
        raw = read_answer(question, text)
        return self._examples(question, raw) if question.kind == "choices" and question.example else raw

    def _keep_beside(self, question: Question) -> None:
        """Keep source and note of an answer taken as it was put forward; an earlier round's is said again today."""
        walk = self.walk.walk
        names = {"source", "note"} | ({"date"} if walk.answered_here(question.key) else set())
        before = beside(walk.prefill(question.key))
        self.beside = {name: str(before[name]) for name in names if before.get(name)} | self.beside

    def _examples(self, question: Question, raw: list[Any]) -> Any:
        labels = {option.id: option.label for option in question.options}
        before = _examples_before(question.prefill)
        made: list[tuple[Any, str]] = []
        self.console.out("  An example from this client for each (Enter: later).")
        for item in raw:
            name = item if isinstance(item, str) else item["own"]
            kept = before.get(name, "")
            said = self.console.line(
                f"  {labels.get(name, name)}: ", default=kept if self.console.terminal else ""
            )
            made.append((item, (said if said.lower() != "later" else "") or kept))
        if all(isinstance(item, str) for item, _ in made):
            return {item: example or True for item, example in made}
        # A map has no place for own words: then each stands in a list with its example.
        return [_with_example(item, example) for item, example in made]

    def _score(self, question: Question, text: str) -> dict[str, Any]:
        instrument = self.guide.model.instruments[question.instrument]
        raw = read_score(text, instrument.items)
        raw["date"] = self.beside.get("date") or self.walk.today.isoformat()
        if "total" in raw:
            for risk in instrument.risk:
                said = self.console.line(
                    f"  Item {risk.item} asks about {risk.about}. Its score (Enter: not known): "
                )
                try:
                    raw[f"item_{risk.item}"] = int(said) if said else {"not_known": True}
                except ValueError:
                    raise Misfit(f"“{said}” is not an item score", "type the score again") from None
        return raw


def _examples_before(raw: Any) -> dict[str, str]:
    """Give the examples of what is put forward, by option or by the client's own words."""
    own = own_words(raw)
    return {own.get(name, name): example for name, example in examples(raw).items()}


def _with_example(item: str | dict[str, str], example: str) -> str | dict[str, str]:
    if not example:
        return item
    return {"option": item, "example": example} if isinstance(item, str) else {**item, "example": example}
