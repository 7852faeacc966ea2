"""The store keeps what it was given, in order, and lets one writer win."""

from __future__ import annotations

import datetime
import re
import threading
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection, connections

from goldenthread.case import (
    NOTHING,
    Answered,
    CaseError,
    ConflictError,
    EventError,
    Forgotten,
    NoCaseError,
    Renamed,
    replay,
)
from goldenthread.store.cases import CaseStore
from storing import DAY, FIRST, answer, many

if TYPE_CHECKING:
    from storing import Ground


def test_a_case_comes_back_as_its_events_make_it(store: CaseStore, ground: Ground) -> None:
    words = "Ich weiß nicht; 「はい」\u2028 \U0001f9f5 '\"\\ \n\ttab"
    events = [FIRST, Answered(on=DAY, round=0, key="a.b", value={"value": [words, 1, 1.5, None, True]})]
    case_id = store.begin(events)
    version = store.append(case_id, [answer(1), Renamed(on="2026-03-02", client="Lark")], "2")
    expected = replay([*events, answer(1), Renamed(on="2026-03-02", client="Lark")])
    assert version == "4"
    assert store.load(case_id) == (expected, "4")
    assert ground.open().load(case_id) == (expected, "4")


def test_an_id_is_random_and_says_nothing(store: CaseStore) -> None:
    ids = {store.begin([FIRST]) for _ in range(20)}
    assert len(ids) == 20
    assert all(re.fullmatch(r"[a-z2-7]{26}", id_) for id_ in ids)
    with pytest.raises(CaseError, match="random"):
        store.append("wren", [FIRST], NOTHING)


def test_a_case_is_begun_under_an_id_once(store: CaseStore) -> None:
    case_id = store.begin([FIRST])
    with pytest.raises(ConflictError):
        store.append(case_id, [FIRST, answer(1)], NOTHING)
    assert store.load(case_id) == (replay([FIRST]), "1")


def test_whoever_saw_an_older_version_writes_nothing(store: CaseStore, ground: Ground) -> None:
    other = ground.open()
    case_id = store.begin([FIRST])
    other.load(case_id)
    store.append(case_id, [answer(1)], "1")
    for late in (other, store):
        with pytest.raises(ConflictError):
            late.append(case_id, [answer(2)], "1")
    assert other.load(case_id) == (replay([FIRST, answer(1)]), "2")


def test_events_that_do_not_follow_are_refused_all_together(store: CaseStore) -> None:
    case_id = store.begin([FIRST])
    with pytest.raises(EventError):
        store.append(case_id, [answer(1), Forgotten(on=DAY, round=0, key="a.never")], "1")
    with pytest.raises(EventError):
        store.begin([answer(1)])
    assert store.load(case_id) == (replay([FIRST]), "1")
    assert [kept.id for kept in store.all()] == [case_id]


def test_what_no_case_file_could_keep_is_refused_without_quoting_it(store: CaseStore) -> None:
    case_id = store.begin([FIRST])
    for bad in ("a bell \x07 in the words", "half a sign \ud800 in the words"):
        with pytest.raises(CaseError, match="control character") as refused:
            store.append(case_id, [Answered(on=DAY, round=0, key="a.b", value=bad)], "1")
        assert "in the words" not in str(refused.value) + refused.value.help
    assert store.load(case_id)[1] == "1"


def test_no_events_change_nothing(store: CaseStore) -> None:
    case_id = store.begin([FIRST])
    assert store.append(case_id, [], "1") == "1"
    assert len(store.history(case_id)) == 1


def test_a_case_that_is_not_there(store: CaseStore) -> None:
    gone = "a" * 26
    for ask in (store.load, store.history, store.delete, store.export_case):
        with pytest.raises(NoCaseError):
            ask(gone)
    with pytest.raises(NoCaseError):
        store.draft(gone, "a.b")
    with pytest.raises(ConflictError):
        store.append(gone, [answer(1)], "1")


def test_nobody_sees_the_cases_of_another_owner(store: CaseStore, ground: Ground) -> None:
    case_id = store.begin([FIRST])
    other = ground.open("somebody else")
    assert other.all() == []
    with pytest.raises(NoCaseError):
        other.load(case_id)
    with pytest.raises(ConflictError):
        other.append(case_id, [answer(1)], "1")
    with pytest.raises(ConflictError):
        other.append(case_id, [FIRST], NOTHING)
    with pytest.raises(NoCaseError):
        other.keep_standing(case_id, "1", {})
    with pytest.raises(NoCaseError):
        other.delete(case_id)
    assert store.load(case_id) == (replay([FIRST]), "1")


def test_the_history_says_what_was_recorded_by_whom(store: CaseStore, ground: Ground) -> None:
    case_id = ground.open("ada").begin([FIRST, answer(1)])
    history = ground.open("ada").history(case_id)
    assert [(one.seq, one.by, one.event) for one in history] == [(1, "ada", FIRST), (2, "ada", answer(1))]
    assert all(one.recorded_at.tzinfo is not None for one in history)


def test_a_clock_that_was_set_back_changes_no_order(store: CaseStore, ground: Ground) -> None:
    times = iter(datetime.datetime(2026, 3, 9 - n, tzinfo=datetime.UTC) for n in range(8))
    wrong = CaseStore(store.keys, clock=lambda: next(times))
    case_id = wrong.begin([FIRST])
    for n in range(1, 4):
        wrong.append(case_id, [answer(n)], str(n))
    history = ground.open().history(case_id)
    assert [one.event for one in history] == [FIRST, answer(1), answer(2), answer(3)]
    assert sorted(one.recorded_at for one in history) == [one.recorded_at for one in reversed(history)]
    assert ground.open().load(case_id) == (replay([FIRST, answer(1), answer(2), answer(3)]), "4")


def test_of_many_threads_one_wins_each_version_and_nothing_is_lost(store: CaseStore, ground: Ground) -> None:
    case_id = store.begin([FIRST])
    won: dict[str, list[int]] = {}
    failed: list[BaseException] = []

    def write(writer: int) -> None:
        try:
            mine = ground.open()
            for n in range(10):
                while True:
                    version = mine.load(case_id)[1]
                    try:
                        made = mine.append(case_id, [answer(writer * 100 + n)], version)
                    except ConflictError:
                        continue
                    won.setdefault(made, []).append(writer * 100 + n)
                    break
        except BaseException as error:  # noqa: BLE001 -- a thread has nowhere else to say it
            failed.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=write, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert sorted(won, key=int) == [str(n) for n in range(2, 42)]
    assert all(len(writers) == 1 for writers in won.values())
    written = [won[str(one.seq)][0] for one in ground.open().history(case_id)[1:]]
    assert [one.event for one in ground.open().history(case_id)[1:]] == [answer(n) for n in written]


def test_all_gives_each_case_with_the_standing_that_was_kept(store: CaseStore, ground: Ground) -> None:
    first, second = store.begin([FIRST]), store.begin(many(3))
    store.keep_standing(first, "1", {"client": "Wren", "open": 3})
    store.append(first, [answer(1)], "1")
    found = {kept.id: kept for kept in ground.open().all()}
    assert (found[first].version, found[first].standing) == ("2", {"client": "Wren", "open": 3})
    assert found[first].standing_version == "1"
    assert (found[second].version, found[second].standing, found[second].standing_version) == ("4", None, "")
    store.keep_standing(first, "2", {"open": 2})
    assert next(kept for kept in store.all() if kept.id == first).standing == {"open": 2}
    assert [kept.id for kept in store.all()] == [first, second]
    assert store.all(archived=True) == []


def test_a_draft_is_kept_until_it_is_dropped(store: CaseStore, ground: Ground) -> None:
    case_id, other_id = store.begin([FIRST]), store.begin([FIRST])
    typed: Any = {"text": "half a sent", "date": ["", "2026"]}
    store.keep_draft(case_id, "a.b", {"text": "ha"})
    store.keep_draft(case_id, "a.b", typed)
    store.keep_draft(case_id, "a.c", {"text": "other"})
    assert ground.open().draft(case_id, "a.b") == typed
    assert store.draft(other_id, "a.b") is None
    store.drop_draft(case_id, "a.b")
    store.drop_draft(case_id, "a.b")
    assert store.draft(case_id, "a.b") is None
    assert store.draft(case_id, "a.c") == {"text": "other"}


def test_a_case_file_of_the_terminal_comes_in_and_goes_out(store: CaseStore) -> None:
    case_id = store.begin(many(3))
    blob = store.export_case(case_id)
    again = store.import_case(blob)
    assert store.load(again)[0] == store.load(case_id)[0]
    assert store.export_case(again) == blob
    assert sorted(store.named("Wren")) == sorted([case_id, again])
    store.append(again, [Renamed(on=DAY, client="Lark")], "1")
    assert store.named("Lark") == [again]
    with pytest.raises(CaseError, match="not a case file"):
        store.import_case(b"not: a case\n")
    assert len(store.all()) == 2


def test_a_case_that_was_deleted_is_gone_from_memory_too(store: CaseStore, ground: Ground) -> None:
    case_id, stays = store.begin(many(3)), store.begin([FIRST])
    store.keep_standing(case_id, "4", {"a": 1})
    store.keep_draft(case_id, "a.b", "x")
    other = ground.open()
    other.load(case_id)
    assert store.delete(case_id)
    for one in (store, other):
        with pytest.raises(NoCaseError):
            one.load(case_id)
        assert [kept.id for kept in one.all()] == [stays]


def test_neither_ids_nor_columns_hold_a_word_of_the_client(store: CaseStore) -> None:
    case_id = store.begin(many(2))
    store.keep_draft(case_id, "planning.q1", {"text": "so it is"})
    store.keep_standing(case_id, "3", {"client": "Wren"})
    held = b""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {table}")  # noqa: S608 -- names that the database gave
            held += b"".join(
                bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
                for row in cursor.fetchall()
                for value in row
            )
    assert case_id.encode() in held
    assert not re.search(rb"wren|so it is|planning|answered", held, re.IGNORECASE)
