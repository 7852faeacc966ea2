"""What is typed into the forms beside the walk, kept until it is sent; and what was chosen for the record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import QueryDict

from goldenthread.web import typed
from goldenthread.web.recorded import Chosen

if TYPE_CHECKING:
    from django.http import HttpRequest

    from goldenthread.web.desk import Desk

# No question has a name like these: the name of each begins with its flowchart, and a dot.
_RECORD = "record"
_SESSION = "session"
_WORDING = "wording"


def only_kept(request: HttpRequest) -> bool:
    """Say whether what was sent is only to be kept: it is sent while one types, or the page has locked meanwhile."""
    return bool(request.session.get("keep_only")) or request.POST.get("action") == "draft"


def chosen(desk: Desk, case_id: str) -> Chosen:
    """Give what enters the record of a case."""
    return Chosen.read(desk.store.draft(case_id, _RECORD))


def keep_chosen(desk: Desk, case_id: str, choice: Chosen) -> None:
    """Keep what enters the record of a case."""
    desk.store.keep_draft(case_id, _RECORD, choice.data())


def session(desk: Desk, case_id: str, correct: int | None) -> QueryDict | None:
    """Give the form of a session as it was left, of a new one or of a correction."""
    fields = desk.store.draft(case_id, _session_key(correct))
    if fields is None:
        return None
    form = QueryDict(mutable=True)
    for name, texts in fields.items():
        form.setlist(name, texts)
    return form


def keep_session(desk: Desk, case_id: str, correct: int | None, request: HttpRequest) -> None:
    """Keep the form of a session as it is."""
    desk.store.keep_draft(case_id, _session_key(correct), typed.sent(request))


def drop_session(desk: Desk, case_id: str, correct: int | None) -> None:
    """Throw away what was typed into the form of a session."""
    desk.store.drop_draft(case_id, _session_key(correct))


def _session_key(correct: int | None) -> str:
    return _SESSION if correct is None else f"{_SESSION}/{correct}"


def wording(desk: Desk, case_id: str) -> dict[str, str]:
    """Give the words that were typed for parts of the plan and are not in it yet, by part."""
    return dict(desk.store.draft(case_id, _WORDING) or {})


def keep_wording(desk: Desk, case_id: str, field: str, words: str) -> None:
    """Keep the words that are being typed for a part of the plan."""
    desk.store.keep_draft(case_id, _WORDING, {**wording(desk, case_id), field: words})


def drop_wording(desk: Desk, case_id: str, field: str) -> None:
    """Throw away the words that were typed for a part of the plan."""
    left = wording(desk, case_id)
    if left.pop(field, None) is not None:
        desk.store.keep_draft(case_id, _WORDING, left)
