"""One sitting over a walk: the walk as it stands, what stands beside the next answer, and what is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from goldenthread.case import CaseError
from goldenthread.cli import screen
from goldenthread.walk import bare, status

if TYPE_CHECKING:
    from goldenthread.advise import Offer
    from goldenthread.cli.console import Console
    from goldenthread.cli.keeper import Keeper
    from goldenthread.session import Guide, GuidedWalk, Question


class Sitting:
    """The walk with the console it is talked over and the case it is kept in."""

    def __init__(self, console: Console, guide: Guide, walk: GuidedWalk, keeper: Keeper) -> None:
        self.console, self.guide, self.walk, self.keeper = console, guide, walk, keeper
        self.beside: dict[str, str] = {}
        """What stands beside the next answer: note, source, date; and the own idea that was given first."""
        self.every = False
        """Whether the next question is shown with every option."""

    def kind(self, question: Question) -> str:
        """Give the bank that the options are suggested from, or nothing."""
        node = self.walk.walk.node
        role = self.guide.model.roles.get(node.role) if node else None
        source = role.options_from if role else ""
        return source if any(option.state == "offered" for option in question.options) else ""

    def with_beside(self, raw: Any) -> Any:
        """Put note, source and date beside an answer."""
        kept = {key: value for key, value in self.beside.items() if key in {"note", "source", "date"}}
        if self.keeper.file is not None and not (isinstance(raw, dict) and raw.get("later")):
            # A later round shows when an answer was given.
            kept.setdefault("date", self.walk.today.isoformat())
        if not kept or (isinstance(raw, dict) and ("total" in raw or "items" in raw)):
            return raw
        if isinstance(raw, dict) and status(raw):
            return {**raw, **kept}
        return {"value": raw, **kept}

    def accepted(self, kind: str, raw: Any) -> list[Offer]:
        """Give the suggestions that an answer takes up."""
        if not kind or not isinstance(raw, list | dict):
            return []
        chosen = [item.get("id") if isinstance(item, dict) else item for item in raw]
        return [offer for offer in self.walk.advice(kind).offers if offer.id in chosen]

    def confirm_ahead(self) -> None:
        """Answer all that can be confirmed at once, and keep what that takes up."""
        start, whole = self.walk, self.walk.confirm_ahead()
        taken: list[tuple[str, Offer]] = []
        for at, raw in start.each_ahead():
            self.walk = at
            question = at.question
            kind = self.kind(question) if question is not None else ""
            taken += [(kind, offer) for offer in self.accepted(kind, bare(raw))]
        self.walk = start
        self.take(whole, self.beside)
        for kind, offer in taken:
            self.record(kind, offer, "accepted")

    def take(self, walk: GuidedWalk, beside: dict[str, str] | None = None) -> None:
        """Go on with a new walk: say what was set aside or came back, and keep it.

        `beside` is what stays for the next answer, where the question did not move.
        """
        aside = set(walk.walk.set_aside) - set(self.walk.walk.set_aside)
        back = set(self.walk.walk.set_aside) - set(walk.walk.set_aside)
        self.walk, self.beside = walk, beside or {}
        if aside:
            are = "s are" if len(aside) > 1 else " is"
            said = f"  {len(aside)} later answer{are} set aside: the path no longer asks."
            self.console.out(click.style(f"{said} Nothing is lost; `set aside` shows them.", fg="yellow"))
        if back and not aside:
            self.console.out(click.style("  Answers that were set aside are back on the path.", fg="green"))
        self.save()

    def save(self) -> None:
        """Write the walk to its case file; say so where that fails."""
        try:
            self.keeper.save(self.walk)
        except CaseError as error:
            self.console.out(click.style(f"  Not saved: {error}. {error.help}", fg="red"))

    def record(self, kind: str, offer: Offer, verdict: Any, reason: str = "") -> None:
        """Keep a decision on a suggestion."""
        try:
            self.keeper.record(self.walk, kind, offer, verdict, reason)
        except CaseError as error:
            self.console.out(click.style(f"  Not saved: {error}. {error.help}", fg="red"))

    def misfit(self, message: str, help_: str) -> None:
        """Say what does not fit, and what to do."""
        self.console.out(
            click.style(
                screen.wrap(f"{message}{f': {help_}' if help_ else ''}.".replace("..", "."), "  ", "  "),
                fg="yellow",
            )
        )

    def good_bye(self) -> None:
        """Say where the case is kept."""
        if self.keeper.file is not None:
            path = self.keeper.file.path
            self.console.out(f"Kept in {path}. Resume with: goldenthread walk --case {path}")
