"""What can be read at any time: answers, open questions, the plan, the client's page, what is set aside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from goldenthread.cli.screen import wrap
from goldenthread.walk import status

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from goldenthread.session import GuidedWalk
    from goldenthread.walk import Step

_STATES = {"later": "left for later", "not_known": "asked, not known", "declined": "declined"}


def answers(walk: GuidedWalk) -> str:
    """List what was answered, with the numbers by which it can be changed."""
    lines = []
    for key in walk.walk.questions_passed():
        step = walk.walk.program.steps[key.partition("@")[0]]
        fact = walk.reading.library.facts.get(step.key)
        label = fact.label if fact else "notice"
        lines.append(wrap(f"{label}: {_said(walk, key, step)}", "        ", f"{step.node.number:>6}  "))
    return "\n".join(lines) or "  Nothing was answered yet."


def _said(walk: GuidedWalk, key: str, step: Step) -> str:
    raw = walk.walk.given(key)
    if raw is None:
        return "left for later"
    state = status(raw)
    if state:
        return _STATES[state]
    value: Any = walk.walk.known.get(key, walk.walk.known.get(step.key))
    if step.node.verb == "tell" or value is None:
        return "seen"
    return walk.reading.words(step.role or step.key, value)


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
    aside = walk.walk.set_aside
    if not aside:
        return "  No answer is set aside."
    lines = ["  Off the path as it is now; they come back if the path does:"]
    for key, raw in aside.items():
        step = walk.walk.program.steps.get(key.partition("@")[0])
        text, number = (step.node.text, step.node.number) if step else (key, "")
        lines.append(wrap(f"{' '.join(text.split())}: {raw}", "        ", f"{number:>6}  "))
    return "\n".join(lines)


READINGS: Mapping[str, Callable[[GuidedWalk], str]] = {
    "list": answers,
    "open": open_questions,
    "plan": plan,
    "client": client_page,
    "set aside": set_aside,
}
