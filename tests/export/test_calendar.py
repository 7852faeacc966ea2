"""The review in a calendar, read back."""

from __future__ import annotations

import datetime
import sys
from dataclasses import replace

import icalendar
import pytest
from export_plans import ALL, plan_of, small_plan

from goldenthread.export.calendar import review_entry
from goldenthread.export.extra import MissingExtraError


def entry(plan, case_id=""):
    calendar = icalendar.Calendar.from_ical(review_entry(plan, case_id))
    assert calendar["version"] == "2.0"
    assert calendar["prodid"]
    (found,) = calendar.walk("VEVENT")
    return found


@pytest.mark.parametrize("which", ALL, ids="-".join)
def test_the_whole_day_of_the_review_with_the_code_and_nothing_a_client_said(which):
    plan = plan_of(which)
    found = entry(plan)
    day = datetime.date.fromisoformat(plan.review_date)
    assert found.decoded("dtstart") == day
    assert found.decoded("dtend") == day + datetime.timedelta(days=1)
    code = "" if plan.client == "the client" else f": {plan.client}"
    assert found["summary"] == f"Plan review{code}"
    assert set(found) == {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "CLASS", "TRANSP"}
    assert found["class"] == "PRIVATE"


def test_the_alarm_rings_on_the_day_before():
    plan = small_plan("full")
    (alarm,) = entry(plan).walk("VALARM")
    midnight = datetime.datetime.combine(datetime.date.fromisoformat(plan.review_date), datetime.time())
    rings = midnight + alarm.decoded("trigger")
    assert rings.date() == midnight.date() - datetime.timedelta(days=1)
    assert rings.hour == 9
    assert alarm["action"] == "DISPLAY"


def test_the_same_case_and_version_is_one_entry_that_can_move():
    plan = small_plan("full")
    moved = replace(plan, date="2026-03-09", review_date="2026-07-01")
    assert entry(plan)["uid"] == entry(moved)["uid"]
    assert entry(plan).decoded("dtstamp") < entry(moved).decoded("dtstamp")
    uids = [
        entry(plan)["uid"],
        entry(replace(plan, version=2))["uid"],
        entry(replace(plan, client="K8"))["uid"],
    ]
    uids.append(entry(plan, "abcdefgh")["uid"])
    assert len(set(uids)) == 4
    assert entry(replace(plan, client="renamed"), "abcdefgh")["uid"] == uids[-1]
    assert "abcdefgh" not in review_entry(plan, "abcdefgh").decode()


def test_the_same_input_gives_the_same_bytes_in_lines_as_calendars_want_them():
    blob = review_entry(small_plan("full"))
    assert blob == review_entry(small_plan("full"))
    assert all(line.endswith(b"\r") for line in blob.split(b"\n")[:-1])


def test_a_code_is_kept_apart_from_what_calendars_read():
    assert (
        entry(replace(small_plan("full"), client="K7\r\nATTENDEE:x;,"))["summary"]
        == "Plan review: K7 ATTENDEE:x;,"
    )


def test_no_day_no_entry():
    assert review_entry(replace(small_plan("full"), review_date="")) is None


def test_without_the_library_it_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "icalendar", None)
    with pytest.raises(MissingExtraError, match="a calendar entry needs the library icalendar"):
        review_entry(small_plan("full"))
