"""What can be read at any time: answers, open questions, the plan, the client's page, what is kept or set aside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goldenthread.cli.screen import kept_line, wrap
from goldenthread.session.summary import summary

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from goldenthread.session import GuidedWalk
    from goldenthread.session.summary import AnswerLine


def answers(walk: GuidedWalk) -> str:
    """List what was answered, with the numbers by which it can be changed."""
    lines = [_line(line) for line in summary(walk) if line.state != "aside"]
    return "\n".join(lines) or "  Nothing was answered yet."


def _line(line: AnswerLine) -> str:
    return wrap(f"{line.label}: {line.said}", "        ", f"{line.number:>6}  ")


def open_questions(walk: GuidedWalk) -> str:
    """List what stands open, in the order of what it would change."""
    lines = [wrap(f"{q.text} ({q.changes})", "        ", f"{q.number:>6}  ") for q in walk.plan().open]
    return "\n".join(lines) or "  Nothing on the path stands open."


def plan(walk: GuidedWalk) -> str:
    """Give the plan as it stands."""
    from goldenthread.export import as_text  # noqa: PLC0415 -- when it is asked for

    return as_text(walk.plan())


def client_page(walk: GuidedWalk) -> str:
    """Give the client's page."""
    from goldenthread.export import client_page as page  # noqa: PLC0415 -- when it is asked for

    return page(walk.plan())


def set_aside(walk: GuidedWalk) -> str:
    """List the answers that the path does not ask for now."""
    aside = [_line(line) for line in summary(walk) if line.state == "aside"]
    if not aside:
        return "  No answer is set aside."
    return "\n".join(["  Off the path as it is now; they come back if the path does:", *aside])


def kept(walk: GuidedWalk) -> str:
    """List what was taken over from an earlier round without being asked again, and what was confirmed of it."""
    if not walk.kept:
        return "  Nothing is taken over from an earlier round."
    made = []
    for one in walk.kept:
        stands = f"; confirmed {one.confirmed}".rstrip() if one.stands else ""
        made.append(kept_line(one, stands))
    if any(not one.stands for one in walk.kept):
        made.append(
            "  `confirm`: all of it is still so; `confirm N`: one of it; `change N` answers it again."
        )
    return "\n".join(made)


def ahead(walk: GuidedWalk) -> str:
    """List what of this phase an earlier round had answered, from here on, and where somebody has to look."""
    found = walk.ahead
    then = wrap(f"Then: {found.then or 'the end of the walk'}.", "  ", "  ")
    if not found.answers:
        return f"  Nothing is put forward from here on that could be confirmed at once.\n{then}"
    made = [kept_line(one) for one in found.answers]
    return "\n".join([*made, then, "  `confirm ahead`: all of this is still so."])


READINGS: Mapping[str, Callable[[GuidedWalk], str]] = {
    "list": answers,
    "open": open_questions,
    "plan": plan,
    "client": client_page,
    "kept": kept,
    "ahead": ahead,
    "set aside": set_aside,
}
