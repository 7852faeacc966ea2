"""What fills the form of a question: what was typed there and not sent, else the answer that is put forward."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goldenthread.walk.program import renamed_options
from goldenthread.web import controls

if TYPE_CHECKING:
    from django.http import HttpRequest

    from goldenthread.session import Question
    from goldenthread.web.controls import Fields
    from goldenthread.web.desk import Desk, Sitting

_NOT_FIELDS = {"csrfmiddlewaretoken", "version", "key", "action", "together", "from"}
_UNSEEN = ("beside_", "example_", "own", "first")


def sent(request: HttpRequest) -> dict[str, list[str]]:
    """Give the fields of a question's form as it was sent."""
    posted = request.POST
    return {name: [*map(controls.sent, posted.getlist(name))] for name in posted if name not in _NOT_FIELDS}


def kept(desk: Desk, sitting: Sitting, asked: Question) -> Fields | None:
    """Give what was typed at a question, also under a name that it had in earlier content."""
    drafts = (desk.store.draft(sitting.case_id, key) for key in _names(desk, asked))
    found: Fields | None = next((draft for draft in drafts if draft is not None), None)
    return found


def drop(desk: Desk, sitting: Sitting, asked: Question) -> None:
    """Throw away what was typed at a question."""
    for key in _names(desk, asked):
        desk.store.drop_draft(sitting.case_id, key)


def _names(desk: Desk, asked: Question) -> list[str]:
    name, at, item = asked.key.partition("@")
    earlier = [old for old, new in desk.guide.program.renamed.items() if new == name]
    return [f"{one}{at}{item}" for one in (name, *earlier)]


def put_forward(sitting: Sitting, asked: Question) -> Fields:
    """Give the fields of what is put forward at a question, its options by their present names.

    What an earlier round had answered is said again today: its day is not put forward with it.
    """
    walk = sitting.walk.walk
    fields = controls.to_fields(asked, walk.prefill(asked.key))
    if not walk.answered_here(asked.key):
        fields.pop("beside_date", None)
    library, node = sitting.walk.reading.library, walk.node
    if node is None or asked.kind not in {"choice", "choices"}:
        return fields
    for old, new in renamed_options(library.roles.get(node.role) or node, library).items():
        if f"example_{old}" in fields:
            fields[f"example_{new}"] = fields.pop(f"example_{old}")
        for name in ("answer", "first"):
            if name in fields:
                fields[name] = [new if option == old else option for option in fields[name]]
    return fields


def unseen(desk: Desk, case_id: str, key: str) -> dict[str, list[str]]:
    """Give what the client does not see of a form that is filled together: it stays as it was."""
    sitting = desk.sit(case_id, key)
    asked = sitting.walk.question
    if asked is None or asked.key != key:
        return {}
    found = kept(desk, sitting, asked) or put_forward(sitting, asked)
    return {name: [*texts] for name, texts in found.items() if name.startswith(_UNSEEN)}
