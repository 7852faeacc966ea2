"""`goldenthread store`, as somebody types it."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from goldenthread.case import CaseFile, Renamed, replay
from goldenthread.cli import main
from goldenthread.store.models import CaseRow
from storing import DAY, FIRST, many

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result

    from goldenthread.store import CaseStore
    from storing import Ground

WORDS = "heron kettle ladder moss"


@pytest.fixture
def run(ground: Ground) -> Callable[..., Result]:
    """Run a command of `goldenthread store`."""

    def ran(*args: object, stdin: str | None = None, code: int = 0) -> Result:
        words = ["store", *(str(arg) for arg in args)]
        result = CliRunner().invoke(main, words, input=stdin, prog_name="goldenthread")
        assert "Traceback" not in result.output
        assert "internal error" not in result.output
        assert result.exit_code == code, result.output
        return result

    return ran


def test_where_needs_no_key(run: Callable[..., Result], store: CaseStore, ground: Ground) -> None:
    store.begin([FIRST])
    fingerprint = store.keys.current().fingerprint
    text = run("where").stdout
    assert str(ground.data) in text
    assert re.search(r"cases: +1\n", text)
    assert f"{fingerprint}, in {ground.data / 'keys'}" in text
    ground.key_file.unlink()
    assert f"{fingerprint}, not at hand" in run("where").stdout


def test_where_makes_no_key(run: Callable[..., Result], ground: Ground) -> None:
    assert "none yet" in run("where").stdout
    assert not (ground.data / "keys").exists()


def test_a_backup_brings_everything_back(
    run: Callable[..., Result], store: CaseStore, tmp_path: Path
) -> None:
    first, second = store.begin(many(4)), store.begin([FIRST])
    text = run("backup", tmp_path / "all.backup").stdout
    assert "2 cases, 6 events" in text
    assert store.keys.current().fingerprint in text
    store.delete(first)
    store.append(second, many(2)[1:], "1")
    text = run("restore", tmp_path / "all.backup").stdout
    assert "1 case brought back" in text
    assert "1 case there already" in text
    assert store.load(first)[0] == replay(many(4))
    assert "1 replaced" in run("restore", tmp_path / "all.backup", "--case", second, "--replace").stdout
    assert store.load(second)[1] == "1"


def test_what_is_damaged_is_named_with_what_to_do(
    run: Callable[..., Result], store: CaseStore, tmp_path: Path
) -> None:
    sound, damaged = store.begin([FIRST]), store.begin(many(2))
    assert "2 cases, 4 events: nothing is wrong" in run("check").stdout
    run("backup", tmp_path / "all.backup")
    CaseRow.objects.filter(id=damaged).update(wrapped_key=b"\0" * 60)
    said = run("check", code=1).stderr
    assert f"the case {damaged} is damaged" in said
    assert f"goldenthread store restore FILE --case {damaged} --replace" in said
    assert "left as it was" in run("backup", tmp_path / "all.backup", code=1).stderr
    assert damaged in run("backup", tmp_path / "newer.backup", code=1).stderr
    run("restore", tmp_path / "all.backup", "--case", damaged, "--replace")
    assert "nothing is wrong" in run("check").stdout
    assert store.load(sound)[1] == "1"


def test_a_lost_key_comes_back_from_its_copy(
    run: Callable[..., Result], store: CaseStore, ground: Ground, tmp_path: Path
) -> None:
    case_id = store.begin([FIRST])
    fingerprint = store.keys.current().fingerprint
    copy = tmp_path / "copy.key"
    assert "at least 12" in run("key", "export", copy, stdin="short\nshort\n", code=1).stderr
    assert "not the same" in run("key", "export", copy, stdin=f"{WORDS}\n{WORDS}s\n", code=1).stderr
    assert not copy.exists()
    assert fingerprint in run("key", "export", copy, stdin=f"{WORDS}\n{WORDS}\n").stdout
    assert "there already" in run("key", "export", copy, code=1).stderr
    ground.key_file.unlink()
    for command in (
        ["check"],
        ["backup", tmp_path / "b"],
        ["rotate"],
        ["export", case_id, tmp_path / "c.yaml"],
    ):
        said = run(*command, code=1).stderr
        assert fingerprint in said
        assert "key import" in said
        assert "nothing was changed" in said
    assert "stays locked" in run("key", "import", copy, stdin="heron kettle ladder mess\n", code=1).stderr
    assert "no locked key" in run("key", "import", __file__, code=1).stderr
    assert "cannot be read" in run("key", "import", tmp_path / "none", code=1).stderr
    assert fingerprint in run("key", "import", copy, stdin=f"{WORDS}\n").stdout
    assert ground.open().load(case_id)[0] == replay([FIRST])


def test_a_key_is_exchanged_and_put_under_a_passphrase(
    run: Callable[..., Result], store: CaseStore, ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    case_id = store.begin([FIRST])
    old = store.keys.current().fingerprint
    text = run("rotate").stdout
    assert f"only with the key {old}" in text
    assert f"{old}.key" in {path.name for path in (ground.data / "keys").iterdir()}
    text = run("rotate", "--key", "passphrase", "--forget-old", stdin=f"{WORDS}\n{WORDS}\n").stdout
    assert "make a new backup" in text
    assert "under a passphrase" in run("where").stdout
    assert "nothing is wrong" in run("check", stdin=f"{WORDS}\n").stdout
    monkeypatch.setenv("GOLDENTHREAD_PASSPHRASE", WORDS)
    # Where it is, it stays.
    run("rotate")
    assert "under a passphrase" in run("where").stdout
    assert ground.open().load(case_id)[0] == replay([FIRST])


def test_case_files_go_in_and_out(run: Callable[..., Result], store: CaseStore, tmp_path: Path) -> None:
    case_id = store.begin(many(3))
    run("export", "Wren", tmp_path / "wren.yaml")
    case = CaseFile.open(tmp_path / "wren.yaml").case
    assert case == replay(many(3))
    assert "there already" in run("export", case_id, tmp_path / "wren.yaml", code=1).stderr
    said = run("import", tmp_path / "wren.yaml", code=1).stderr
    assert case_id in said
    assert "Wren" not in said
    store.append(case_id, [Renamed(on=DAY, client="Lark")], store.load(case_id)[1])
    again = run("import", tmp_path / "wren.yaml").stdout.split()[-1]
    assert store.load(again)[0] == case
    run("export", "Lark", tmp_path / "lark.yaml")
    store.append(case_id, [Renamed(on=DAY, client="Wren")], store.load(case_id)[1])
    said = run("export", "Wren", tmp_path / "which.yaml", code=1).stderr
    assert case_id in said
    assert again in said
    run("export", case_id, tmp_path / "id.yaml")
    said = run("export", "Nobody", tmp_path / "x.yaml", code=1).stderr
    # Whatever is typed as a code may be a client's.
    assert "Nobody" not in said
    (tmp_path / "bad.yaml").write_text("not: a case\n")
    assert "not a case file" in run("import", tmp_path / "bad.yaml", code=1).stderr
    assert len(store.all()) == 2


def test_another_folder_can_be_named(ground: Ground, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "goldenthread", "store", "--data", str(tmp_path / "other"), "where"]
    env = {**ground.env, "GOLDENTHREAD_DATABASE_URL": ""}
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=True)  # noqa: S603 -- our own program
    assert str(tmp_path / "other" / "store.sqlite3") in done.stdout
    assert (tmp_path / "other").stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("command", [("store", "where"), ("serve", "--no-browser")])
def test_a_database_address_that_cannot_be_read_is_said_without_its_password(ground: Ground, command) -> None:
    env = {**ground.env, "GOLDENTHREAD_DATABASE_URL": "postgress://me:pass-word@127.0.0.1/x"}
    run = [sys.executable, "-m", "goldenthread", *command]
    done = subprocess.run(run, env=env, capture_output=True, text=True, check=False)  # noqa: S603 -- our own program
    assert (done.returncode, done.stdout) == (1, "")
    assert "GOLDENTHREAD_DATABASE_URL cannot be read" in done.stderr
    assert "pass-word" not in done.stderr
