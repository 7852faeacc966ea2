"""The day of the review as a calendar entry: the code, the day, and nothing that a client said."""

from __future__ import annotations

import datetime
import hashlib
from typing import TYPE_CHECKING

from goldenthread.export.extra import needed_for
from goldenthread.plan.phrases import clean

if TYPE_CHECKING:
    from goldenthread.plan import Plan

_ALARM = datetime.timedelta(hours=-15)
"""Nine o'clock on the day before: an entry for a whole day begins at midnight."""
_MAKER = "-//Golden Thread//Plan review//EN"


def review_entry(plan: Plan, case_id: str = "") -> bytes | None:
    """Give an entry for the day of the review, with an alarm on the day before; None where no day is set.

    The same case and version give the same entry: taken in again, it moves and does not stand twice. `case_id`
    is what the case is kept under; the client's code otherwise. Raises MissingExtraError.
    """
    if not plan.review_date:
        return None
    with needed_for("a calendar entry"):
        import icalendar  # noqa: PLC0415 -- imported when used

    nameless = plan.client in {"", "the client"}
    code = "" if nameless else clean(plan.client)
    day = datetime.date.fromisoformat(plan.review_date)
    made = datetime.datetime.combine(datetime.date.fromisoformat(plan.date), datetime.time(), datetime.UTC)
    entry = icalendar.Event()
    entry.add("uid", _uid(case_id or code, plan.version))
    entry.add("dtstamp", made)
    entry.add("dtstart", day)
    entry.add("dtend", day + datetime.timedelta(days=1))
    entry.add("summary", f"Plan review: {code}" if code else "Plan review")
    entry.add("class", "PRIVATE")
    entry.add("transp", "TRANSPARENT")
    alarm = icalendar.Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", f"Plan review tomorrow: {code}" if code else "Plan review tomorrow")
    alarm.add("trigger", _ALARM)
    entry.add_component(alarm)
    calendar = icalendar.Calendar()
    calendar.add("prodid", _MAKER)
    calendar.add("version", "2.0")
    calendar.add_component(entry)
    written: bytes = calendar.to_ical()
    return written


def _uid(case: str, version: int) -> str:
    digest = hashlib.sha256(f"plan review\n{case}\n{version}".encode()).hexdigest()
    return f"{digest[:32]}@goldenthread.invalid"
