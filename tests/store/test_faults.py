"""What goes wrong is said, names what it is about, and costs nothing else."""

from __future__ import annotations

import json
import subprocess
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.db import connection, connections

from goldenthread.case import ConflictError, EventError, replay
from goldenthread.store import open_store
from goldenthread.store.checking import check
from goldenthread.store.errors import BusyError, DamagedError, StoreError
from goldenthread.store.models import CaseRow, EventRow, StandingRow
from storing import FIRST, answer, many

if TYPE_CHECKING:
    from goldenthread.store import CaseStore
    from storing import Ground

TESTS = Path(__file__).parent.parent


def _alter(case_id: str, seq: int, how: str) -> None:
    """Change an event as a failing disk would: with no trigger in its way."""
    triggers = {
        "sqlite": ("DROP TRIGGER store_event_no_update", "DROP TRIGGER store_event_no_delete"),
        "postgresql": ("DROP TRIGGER store_event_append_only ON store_event",),
    }
    with connection.cursor() as cursor:
        for statement in triggers[connection.vendor]:
            cursor.execute(statement)
        row = EventRow.objects.get(case=case_id, seq=seq)
        blob = bytes(row.sealed)
        if how == "flipped":
            cursor.execute("UPDATE store_event SET sealed = %s WHERE id = %s", [_flipped(blob), row.pk])
        elif how == "gone":
            cursor.execute("DELETE FROM store_event WHERE id = %s", [row.pk])
        elif how == "renamed":
            cursor.execute("UPDATE store_event SET by = 'somebody else' WHERE id = %s", [row.pk])
        else:
            other = EventRow.objects.get(case=case_id, seq=seq + 1)
            cursor.execute("UPDATE store_event SET sealed = %s WHERE id = %s", [bytes(other.sealed), row.pk])


def _flipped(blob: bytes) -> bytes:
    return bytes([*blob[:-5], blob[-5] ^ 4, *blob[-4:]])


@pytest.mark.parametrize("how", ["flipped", "gone", "swapped", "renamed"])
def test_a_damaged_event_is_named_and_the_other_cases_open(
    store: CaseStore, ground: Ground, how: str
) -> None:
    case_id, sound = store.begin(many(5)), store.begin(many(2))
    store.keep_standing(sound, "3", {"a": 1})
    _alter(case_id, 3, how)
    opened = ground.open()
    with pytest.raises(DamagedError) as found:
        opened.load(case_id)
    assert (found.value.case_id, found.value.seq) == (case_id, 3)
    assert case_id in str(found.value)
    assert "event 3" in str(found.value)
    assert "restore" in found.value.help
    with pytest.raises(DamagedError):
        opened.append(case_id, [answer(9)], "6")
    assert opened.load(sound)[0] == replay(many(2))
    assert {kept.id for kept in opened.all()} == {case_id, sound}
    (wrong,) = check(opened.keys).wrong
    assert (wrong.case_id, str(wrong.error)) == (case_id, str(found.value))


def test_a_case_whose_key_is_damaged_is_named_and_hides_no_other(store: CaseStore, ground: Ground) -> None:
    case_id, sound = store.begin(many(5)), store.begin(many(2))
    for id_ in (case_id, sound):
        store.keep_standing(id_, "1", {"a": 1})
    CaseRow.objects.filter(id=case_id).update(
        wrapped_key=_flipped(bytes(CaseRow.objects.get(id=case_id).wrapped_key))
    )
    opened = ground.open()
    with pytest.raises(DamagedError) as found:
        opened.load(case_id)
    assert (found.value.case_id, found.value.seq) == (case_id, 0)
    assert {kept.id: kept.standing for kept in opened.all()} == {case_id: None, sound: {"a": 1}}
    assert opened.named("Wren") == [sound]


def test_a_damaged_standing_or_draft_is_nothing_that_was_lost(store: CaseStore) -> None:
    case_id = store.begin([FIRST])
    store.keep_standing(case_id, "1", {"a": 1})
    StandingRow.objects.update(sealed=_flipped(bytes(StandingRow.objects.get().sealed)))
    assert [kept.standing for kept in store.all()] == [None]
    store.keep_standing(case_id, "1", {"a": 2})
    assert [kept.standing for kept in store.all()] == [{"a": 2}]


HOLD = """
import sys
from goldenthread.store import open_store
open_store()
from django.db import transaction
from goldenthread.store.models import CaseRow
with transaction.atomic():
    CaseRow.objects.update(archived=False)
    print("held", flush=True)
    sys.stdin.readline()
"""


def test_a_store_that_another_process_holds_is_said_and_free_again_after(
    store: CaseStore, ground: Ground
) -> None:
    case_id = store.begin([FIRST])
    _wait_less()
    with subprocess.Popen(  # noqa: S603 -- this very interpreter
        [sys.executable, "-c", HOLD], env=ground.env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdin is not None
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(BusyError, match="another process") as busy:
            store.append(case_id, [answer(1)], "1")
        assert "try again" in busy.value.help
        assert store.load(case_id) == (replay([FIRST]), "1")
        holder.communicate("go\n")
    assert store.append(case_id, [answer(1)], "1") == "2"


def _wait_less() -> None:
    """Have this test wait a moment for a lock, not as long as somebody at a page would."""
    connection.ensure_connection()
    with connection.cursor() as cursor:
        less = {"sqlite": "PRAGMA busy_timeout = 50", "postgresql": "SET lock_timeout = '50ms'"}
        cursor.execute(less[connection.vendor])


WRITER = """
import json, sys
from goldenthread.case import ConflictError
from goldenthread.store import open_store
from storing import answer
store, case_id, writer, won = open_store(), sys.argv[1], int(sys.argv[2]), []
for n in range(15):
    while True:
        version = store.load(case_id)[1]
        try:
            won.append((int(store.append(case_id, [answer(writer * 100 + n)], version)), writer * 100 + n))
            break
        except ConflictError:
            pass
print(json.dumps(won))
"""


def test_of_several_processes_one_wins_each_version_and_nothing_is_lost(
    store: CaseStore, ground: Ground
) -> None:
    case_id = store.begin([FIRST])
    env = {**ground.env, "PYTHONPATH": str(TESTS)}
    writers = [
        subprocess.Popen(  # noqa: S603 -- this very interpreter
            [sys.executable, "-c", WRITER, case_id, str(n)], env=env, stdout=subprocess.PIPE, text=True
        )
        for n in range(3)
    ]
    said = [writer.communicate()[0] for writer in writers]
    assert [writer.returncode for writer in writers] == [0, 0, 0]
    won = sorted(pair for text in said for pair in json.loads(text))
    assert [version for version, _ in won] == list(range(2, 47))
    assert store.load(case_id) == (replay([FIRST, *(answer(n) for _, n in won)]), "46")


OPEN = """
from goldenthread.store import open_store
store = open_store()
print(store.keys.current().fingerprint)
"""


def test_several_processes_that_make_the_store_agree_on_its_tables_and_its_key(ground: Ground) -> None:
    empty = {"sqlite": ["VACUUM"], "postgresql": ["DROP SCHEMA public CASCADE", "CREATE SCHEMA public"]}
    with connection.cursor() as cursor:
        for statement in empty[connection.vendor]:
            cursor.execute(statement)
    connection.close()
    (ground.data / "store.sqlite3").unlink(missing_ok=True)
    command = [sys.executable, "-c", OPEN]
    openers = [
        subprocess.Popen(command, env=ground.env, stdout=subprocess.PIPE, text=True)  # noqa: S603 -- as above
        for _ in range(3)
    ]
    said = {opener.communicate()[0].strip() for opener in openers}
    assert [opener.returncode for opener in openers] == [0, 0, 0]
    assert said == {ground.key_file.stem}


def test_a_store_of_a_newer_version_is_left_alone(store: CaseStore) -> None:
    case_id = store.begin([FIRST])
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('store', '0099_later', %s)",
            ["2030-01-01 00:00:00+00"],
        )
    with pytest.raises(StoreError, match="newer version") as newer:
        open_store()
    assert "update Golden Thread" in newer.value.help
    assert store.load(case_id)[1] == "1"


CONFIDED = "what nobody may read"


def test_what_is_said_of_a_fault_quotes_no_client(store: CaseStore, ground: Ground) -> None:
    case_id = store.begin([*many(2), answer(3, CONFIDED)])
    raised: list[BaseException] = []

    def tried(what: str, version: str) -> None:
        try:
            ground.open().append(case_id, [answer(4, CONFIDED)], version)
        except (ConflictError, EventError, StoreError) as error:
            raised.append(error)
        else:
            pytest.fail(what)

    tried("an old version", "2")
    _alter(case_id, 4, "flipped")
    tried("a damaged event", "4")
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE store_event RENAME TO store_elsewhere")
    connections.close_all()
    tried("a table that is not there", "4")
    assert len(raised) == 3
    for error in raised:
        assert CONFIDED not in "".join(traceback.format_exception(error))
