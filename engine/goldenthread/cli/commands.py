"""What can be typed at any question, and at the end of a walk."""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING, Any

import click

from goldenthread.advise import Offer
from goldenthread.cli import screen
from goldenthread.cli.readings import READINGS
from goldenthread.cli.typed import numbered
from goldenthread.session.explain import entry_named
from goldenthread.session.review import REVIEW, review_waits
from goldenthread.walk import NothingAskedError, UnderWayError

if TYPE_CHECKING:
    from collections.abc import Callable

    from goldenthread.cli.sitting import Sitting
    from goldenthread.session import GuidedWalk, Question

_PLAIN = {
    "later": {"later": True},
    "not known": {"not_known": True},
    "nk": {"not_known": True},
    "declined": {"declined": True},
}
_CHANGE = re.compile(r"(?:change|go)\s+(\S+)\Z", re.IGNORECASE)
_CONFIRM = re.compile(r"confirm(?:\s+(\S*\d\S*))?\Z", re.IGNORECASE)
_DECLINE = re.compile(r"decline\s+(.+?)(?:\s*(?::|because)\s*(.*))?\Z", re.IGNORECASE | re.DOTALL)
_QUIT = {"quit", "q", "exit"}


class Leave(Exception):  # noqa: N818 -- it is a wish, not an error
    """Raised when the clinician leaves the walk."""


class Did(Enum):
    """What a line did: it was no command; the question still waits; or another question stands open."""

    NOTHING = 0
    STAYED = 1
    MOVED = 2


class Commands:
    """The commands of one sitting."""

    def __init__(self, sitting: Sitting) -> None:
        self.sitting = sitting

    @property
    def walk(self) -> GuidedWalk:
        """The walk as it stands."""
        return self.sitting.walk

    def do(self, question: Question, text: str) -> Did:
        """Do what was typed, if it is a command."""
        word = "help" if text.strip() == "?" else text.lower().strip(" ?")
        if word in _PLAIN:
            return self._leave_open(question, _PLAIN[word])
        if word in _QUIT:
            raise Leave
        if word in READINGS:
            return self.say(READINGS[word](self.walk))
        simple = self._moves().get(word)
        if simple is not None:
            return simple(question)
        return self._with_words(question, text)

    def say(self, text: str) -> Did:
        """Write something; the question still waits."""
        self.sitting.console.out(text)
        return Did.STAYED

    def _moves(self) -> dict[str, Callable[[Question], Did]]:
        return {
            "help": lambda _: self.say(screen.HELP),
            "why ask": lambda _: self.say(screen.lines_of(self.walk.why_ask())),
            "why": self._why_these,
            "more": lambda _: self._show_every(),
            "risk": lambda _: self._open("risk"),
            "back": lambda _: self.move(self.walk.back()),
            "confirm ahead": self._confirm_ahead,
            "onward": lambda _: self.move(self.walk.onward()),
        }

    def _with_words(self, question: Question, text: str) -> Did:
        lower = text.lower()
        free = question.kind == "text"
        for lead in ("why not ", "why "):
            if lower.startswith(lead):
                words = text[len(lead) :].strip(" ?")
                # In a question for free words, a sentence that begins with why is an answer.
                if not free or entry_named(self.sitting.guide.model, words):
                    return self.say(screen.lines_of(self.walk.why(words)))
        confirm = _CONFIRM.match(text)
        if confirm:
            return self.confirm(confirm[1] or "")
        change = _CHANGE.match(text)
        if change and (not free or any(c.isdigit() for c in change[1])):
            return self.change(change[1])
        if free:
            return Did.NOTHING
        for lead, key in (("note ", "note"), ("from ", "source"), ("on ", "date")):
            if lower.startswith(lead):
                self.sitting.beside[key] = text[len(lead) :].strip()
                return self.say(f"  Kept beside the next answer: {self.sitting.beside[key]}")
        decline = _DECLINE.match(text)
        if decline:
            return self._decline(question, decline[1], (decline[2] or "").strip())
        return Did.NOTHING

    def _leave_open(self, question: Question, raw: dict[str, Any]) -> Did:
        walk = self.walk.answer(self.sitting.with_beside(dict(raw)))
        if walk.problem is not None and walk.problem.key == question.key:
            self.sitting.misfit(walk.problem.message, walk.problem.help)
            return Did.STAYED
        self.sitting.take(walk)
        return Did.MOVED

    def _why_these(self, question: Question) -> Did:
        offered = [option for option in numbered(question) if option.state == "offered"][:5]
        if not offered:
            return self.say(screen.lines_of(self.walk.why_ask()))
        lines: list[str] = []
        for option in offered:
            lines += [*self.walk.why(option.id), ""]
        return self.say(screen.lines_of(lines))

    def _show_every(self) -> Did:
        self.sitting.every = True
        return Did.MOVED

    def _open(self, flowchart: str) -> Did:
        if flowchart not in self.sitting.guide.model.flowcharts:
            return self.say(f"  There is no flowchart `{flowchart}` in this library.")
        try:
            return self.move(self.walk.open(flowchart))
        except (NothingAskedError, UnderWayError) as error:
            words = str(error)
            return self.say(f"  {words[0].upper()}{words[1:]}.")

    def move(self, walk: GuidedWalk) -> Did:
        """Stand at another question."""
        self.sitting.walk, self.sitting.beside = walk, {}
        self.sitting.save()
        return Did.MOVED

    def change(self, number: str) -> Did:
        """Stand again at the question of that number."""
        passed = self._passed(number)
        if passed:
            return self.move(self.walk.go_to(passed[-1]))
        self.sitting.misfit(f"no question {number} was passed", "`list` shows the numbers")
        return Did.STAYED

    def _passed(self, number: str) -> list[str]:
        """Give the questions of that number which were passed."""
        steps, found = self.walk.walk.program.steps, []
        for key in self.walk.whole.walk.questions_passed():
            name = key.partition("@")[0]
            if number.lower() in {steps[name].node.number.lower(), key.lower(), name.lower()}:
                found.append(key)
        return found

    def confirm(self, number: str) -> Did:
        """Say that what was taken over from an earlier round is still so: all of it, or one answer."""
        wanted = self._passed(number) if number else None
        left = [one for one in self.walk.kept if not one.stands and (wanted is None or one.key in wanted)]
        if not left:
            return self.say("  There is nothing to confirm here; `kept` shows what is taken over.")
        self.sitting.take(self.walk.confirm(one.key for one in left), beside=self.sitting.beside)
        return self.say(
            f"  Still so on {self.walk.today.isoformat()}: {'; '.join(one.label for one in left)}."
        )

    def _confirm_ahead(self, _: Question) -> Did:
        """Say that the rest of this phase is as it was."""
        found = self.walk.ahead
        if not found.answers:
            return self.say(READINGS["ahead"](self.walk))
        numbers = ", ".join(dict.fromkeys(one.number for one in found.answers))
        self.sitting.confirm_ahead()
        self.say(screen.wrap(f"Still so on {self.walk.today.isoformat()}: {numbers}.", "  ", "  "))
        return Did.MOVED

    def _decline(self, question: Question, words: str, reason: str) -> Did:
        sitting = self.sitting
        kind = sitting.kind(question)
        view = numbered(question)
        id_ = view[int(words) - 1].id if words.isdigit() and 1 <= int(words) <= len(view) else ""
        entry = entry_named(sitting.guide.model, words)
        found = self.walk.advice(kind).find(id_ or (entry.id if entry else "")) if kind else None
        if not isinstance(found, Offer):
            sitting.misfit(f"“{words}” is not offered here", "name an option that is offered, or its number")
            return Did.STAYED
        if sitting.keeper.file is None:
            return self.say(
                "  Nothing is kept in this walk, so a decline is not either: walk with --case FILE."
            )
        reason = reason or sitting.console.line("  Why is it declined? (Enter: no reason) ")
        sitting.record(kind, found, "declined", reason)
        sitting.console.out(
            f"  {found.entry.name} is declined; it comes back only if the answers behind it change."
        )
        return Did.MOVED

    def at_the_end(self) -> None:
        """Say how the walk ended, and listen until it is left or goes on."""
        out, plan, end = self.sitting.console.out, self.walk.plan(), self.walk.walk.end
        out("\n" + click.style(screen.wrap(end.end if end else "The walk has ended."), bold=True))
        out(screen.wrap(plan.status_words))
        out(f"  Loose ends: {len(plan.loose_ends)}. Open questions: {len(plan.open)}.")
        late = ", overdue" if plan.review_date < self.walk.today.isoformat() else ""
        out(f"  Review: {plan.review_date} ({plan.review_words}{late}).")
        if left := sum(not one.stands for one in plan.kept):
            out(f"  Taken over from an earlier round and not confirmed: {left}; `kept` shows what.")
        if review_waits(self.walk):
            out("  Type `review` to look with the client at how it is going.")
        out("  Type plan, client, open, list, change N, back, risk, `round` for a new round, or quit.")
        while self._after_the_end(self.sitting.console.line("> ")) is not Did.MOVED:
            pass

    def _after_the_end(self, text: str) -> Did:
        word = text.lower().strip(" ?")
        if word in _QUIT or not word:
            raise Leave
        if word in READINGS:
            return self.say(READINGS[word](self.walk))
        if word == "review" and (waits := review_waits(self.walk)):
            self.sitting.take(self.walk.go_to(waits).answer(self.sitting.with_beside(REVIEW)))
            return Did.MOVED
        if word == "round":
            return self.move(self.walk.begin_round())
        if word == "back":
            return self.move(self.walk.back())
        if word == "risk":
            return self._open("risk")
        for lead in ("why not ", "why "):
            if word.startswith(lead):
                return self.say(screen.lines_of(self.walk.why(word[len(lead) :])))
        confirm = _CONFIRM.match(text)
        if confirm:
            return self.confirm(confirm[1] or "")
        change = _CHANGE.match(text)
        if change:
            return self.change(change[1])
        self.sitting.misfit(
            f"“{text}” is not understood here",
            "type plan, client, open, list, change N, back, risk, round or quit",
        )
        return Did.STAYED
