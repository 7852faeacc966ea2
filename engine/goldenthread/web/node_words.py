"""What is said of a step of a flowchart, wherever it is shown: what it is, what else holds of it, when it leads on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goldenthread.web.entry_rows import capital

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goldenthread.model import Edge, Library, Node, Option

VERBS = {
    "ask": "Question",
    "measure": "Measure",
    "decide": "Branch",
    "tell": "To read",
    "visit": "Another flowchart",
    "end": "End",
}
TONES = {"note": "Note", "caution": "Caution", "urgent": "Urgent: it has to be acknowledged"}
_CARRIED = {
    "never": "At a review it is asked anew, and no earlier answer is put forward",
    "keep": "At a review the earlier answer is kept",
    "confirm": "At a review the earlier answer is put forward to be confirmed",
}


def verb(node: Node) -> str:
    """Say what a step is: a question, a branch, a note, an end."""
    return TONES[node.tone] if node.verb == "tell" else VERBS[node.verb]


def option(option: Option) -> dict[str, str]:
    """Give the words of an option, the condition under which it is there in English."""
    return {
        "label": option.label,
        "note": option.note,
        "say": option.say,
        "when": option.when.say() if option.when is not None else "",
        "alone": "stands alone" if option.exclusive else "",
    }


def notes(library: Library, node: Node) -> Iterator[str]:
    """Say what else holds of a step: whether it can be left, how many can be chosen, what happens at a review."""
    role = library.roles.get(node.role)
    if node.required:
        yield "It cannot be left for later"
    if node.core:
        yield "It is part of the quick path"
    if node.own_first:
        yield "The clinician’s own idea is asked for before the list is shown"
    if node.safety or (role is not None and role.safety):
        yield "It is about safety"
    if role is not None and role.private:
        yield "It is not shown in the client view"
    if node.example:
        yield f"With each option an example from this client is asked for: {node.example}"
    if node.at_least or node.at_most:
        least, most = (
            (f"at least {node.at_least}" if node.at_least else ""),
            (f"at most {node.at_most}" if node.at_most else ""),
        )
        yield capital(" and ".join(filter(None, (least, most)))) + " can be chosen"
    if node.each:
        most_runs = f", {node.max} at most" if node.max else ""
        role_of = library.roles.get(node.each)
        yield f"It runs once for each of: {role_of.label if role_of else node.each}{most_runs}"
    if node.carry:
        yield _CARRIED[node.carry]
    if node.stop:
        yield "Everything stops here"


def when(edge: Edge) -> str:
    """Say in English when an arrow is followed."""
    words = edge.when.say() if edge.when is not None else edge.say() if edge.kind != "next" else "then"
    return capital(words) + (", in a new round" if edge.again else "")
