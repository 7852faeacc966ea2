"""The key that opens the store: where it is kept, and what is said when it is not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail, null
from keyring.errors import KeyringLocked

from goldenthread.case import replay
from goldenthread.store import open_store
from goldenthread.store.cipher import MasterKey, SealError, seal, unseal
from goldenthread.store.errors import KeyNeededError, StoreError
from goldenthread.store.keys import Keys
from goldenthread.store.models import CaseRow, EventRow, MetaRow
from goldenthread.store.passphrase import PassphraseError, lock, unlock
from goldenthread.store.places import SystemKeyring
from goldenthread.store.rotation import rotate
from storing import FIRST, many

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goldenthread.store import CaseStore
    from storing import Ground

WORDS = "heron kettle ladder moss"


class Desktop(KeyringBackend):
    """A keyring as a desktop has one."""

    priority = 5

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}
        self.locked = False

    def get_password(self, service: str, username: str) -> str | None:
        self._must_be_open()
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._must_be_open()
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self.kept.pop((service, username), None)

    def _must_be_open(self) -> None:
        if self.locked:
            raise KeyringLocked("locked")


@pytest.fixture
def desktop() -> Iterator[Desktop]:
    before = keyring.get_keyring()
    made = Desktop()
    keyring.set_keyring(made)
    yield made
    keyring.set_keyring(before)


def test_a_blob_opens_only_where_it_was_sealed_and_whole() -> None:
    key = MasterKey.new().secret
    sealed = seal(key, b"words", "event/a/1")
    assert unseal(key, sealed, "event/a/1") == b"words"
    assert b"words" not in sealed
    assert seal(key, b"words", "event/a/1") != sealed
    others = [
        (MasterKey.new().secret, sealed, "event/a/1"),
        (key, sealed, "event/a/2"),
        (key, b"", "event/a/1"),
    ]
    flipped = [bytes([*sealed[:n], sealed[n] ^ 1, *sealed[n + 1 :]]) for n in range(len(sealed))]
    for other in [*others, *((key, blob, "event/a/1") for blob in flipped), (key, sealed[:-1], "event/a/1")]:
        with pytest.raises(SealError):
            unseal(*other)


def test_a_key_under_a_passphrase_opens_with_that_one_however_it_was_typed() -> None:
    key = MasterKey.new()
    locked = lock(key, "cafe\u0301 au lait")
    assert '"n": 65536, "r": 8, "p": 1' in locked, "whoever guesses pays for each try"
    assert unlock(locked, "caf\u00e9 au lait") == key
    for words in ("cafe au lait", ""):
        with pytest.raises(PassphraseError, match="does not open"):
            unlock(locked, words)
    for text in ("", "{}", "[]", locked[:-9], locked.replace('"r": 8', '"r": 8000')):
        with pytest.raises(PassphraseError, match="no locked key"):
            unlock(text, "cafe\u0301 au lait")


def test_a_new_key_goes_to_the_keyring_of_the_system(
    ground: Ground, desktop: Desktop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GOLDENTHREAD_KEY")
    told: list[str] = []
    case_id = open_store(tell=told.append).begin([FIRST])
    assert [service for service, _ in desktop.kept] == ["goldenthread"]
    assert list(ground.data.rglob("*.key")) == []
    assert told == []
    assert ground.open().load(case_id)[0] == replay([FIRST])


def test_without_a_keyring_the_key_goes_to_a_file_and_that_is_said(
    ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GOLDENTHREAD_KEY")
    told: list[str] = []
    open_store(tell=told.append)
    assert ground.key_file.stat().st_mode & 0o777 == 0o600
    assert len(told) == 1
    assert str(ground.key_file.parent) in told[0]
    assert "passphrase" in told[0]
    open_store(tell=told.append)
    assert len(told) == 1


@pytest.mark.parametrize("backend", [null.Keyring, fail.Keyring])
def test_what_keeps_no_secrets_is_no_keyring(backend: type[KeyringBackend]) -> None:
    before = keyring.get_keyring()
    try:
        keyring.set_keyring(backend())
        assert not SystemKeyring.works()
    finally:
        keyring.set_keyring(before)


def test_where_the_keyring_does_not_take_the_key_it_goes_to_a_file(
    ground: Ground, desktop: Desktop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GOLDENTHREAD_KEY")
    desktop.locked = True
    told: list[str] = []
    case_id = open_store(tell=told.append).begin([FIRST])
    assert str(ground.key_file.parent) in told[0]
    assert ground.open().load(case_id)[0] == replay([FIRST])
    monkeypatch.setenv("GOLDENTHREAD_KEY", "keyring")
    with pytest.raises(StoreError, match="did not take"):
        rotate(Keys(), "keyring")


def test_a_locked_keyring_is_said(ground: Ground, desktop: Desktop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GOLDENTHREAD_KEY")
    ground.open()
    desktop.locked = True
    with pytest.raises(KeyNeededError, match="did not open") as needed:
        ground.open()
    assert "unlock it" in needed.value.help


def test_a_passphrase_opens_the_store(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GOLDENTHREAD_KEY")
    monkeypatch.setenv("GOLDENTHREAD_PASSPHRASE", WORDS)
    case_id = ground.open().begin([FIRST])
    assert not (ground.data / "keys").exists()
    assert ground.open().load(case_id)[0] == replay([FIRST])
    monkeypatch.delenv("GOLDENTHREAD_PASSPHRASE")
    asked: list[str] = []
    opened = open_store(ask=lambda prompt: asked.append(prompt) or WORDS)  # type: ignore[func-returns-value]
    assert opened.load(case_id)[0] == replay([FIRST])
    assert len(asked) == 1
    fingerprint = MetaRow.objects.get().fingerprint
    for ask in (None, lambda _: "", lambda _: "heron kettle ladder mess"):
        with pytest.raises(KeyNeededError) as needed:
            open_store(ask=ask)
        assert needed.value.fingerprint == fingerprint
        assert fingerprint in str(needed.value)
        assert "nothing was changed" in str(needed.value)


def test_a_new_passphrase_is_long_enough_and_typed_twice(
    ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOLDENTHREAD_KEY", "passphrase")
    with pytest.raises(StoreError, match="at least 12"):
        open_store(ask=lambda _: "too short")
    typed = iter([WORDS, WORDS + "!"])
    with pytest.raises(StoreError, match="not the same"):
        open_store(ask=lambda _: next(typed))
    assert not MetaRow.objects.exists()


def test_a_lost_key_is_named_and_put_back(store: CaseStore, ground: Ground) -> None:
    case_id = store.begin(many(3))
    fingerprint = store.keys.current().fingerprint
    away = ground.key_file.rename(ground.data / "away")
    before = [list(table.objects.order_by("pk").values_list()) for table in (CaseRow, EventRow, MetaRow)]
    with pytest.raises(KeyNeededError, match=fingerprint) as needed:
        ground.open()
    assert needed.value.fingerprint == fingerprint
    assert f"{fingerprint}.key" in needed.value.help
    assert [
        list(table.objects.order_by("pk").values_list()) for table in (CaseRow, EventRow, MetaRow)
    ] == before
    away.rename(ground.data / "keys" / f"{fingerprint}.key")
    assert ground.open().load(case_id)[0] == replay(many(3))


def test_another_key_in_its_place_is_refused(store: CaseStore, ground: Ground) -> None:
    store.begin([FIRST])
    kept = ground.key_file.read_text()
    for wrong in ("AAAA" + kept[4:], "no key at all", ""):
        ground.key_file.write_text(wrong)
        with pytest.raises(KeyNeededError, match="holds another key, or none"):
            ground.open()
