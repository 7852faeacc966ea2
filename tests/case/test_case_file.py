"""A case file is private, written whole or not at all, and never written over what somebody else wrote."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from goldenthread.case import (
    NOTHING,
    Answered,
    Began,
    Case,
    CaseError,
    CaseFile,
    ConflictError,
    EventError,
    FolderStore,
    NoCaseError,
    Renamed,
    default_folder,
    inside_git,
)
from goldenthread.walk import Round

posix = pytest.mark.skipif(os.name != "posix", reason="modes and pipes are POSIX's")
CASE = Case(client="A.", flowchart="planning", created="2026-01-31", saved="2026-01-31")
ANSWER = Answered(on="2026-02-01", round=0, key="a.b", value="yes")
NAMED = Renamed(on="2026-02-01", client="B.")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    CaseFile.create(tmp_path / "anna.yaml", CASE)
    return tmp_path / "anna.yaml"


def names(folder: Path) -> list[str]:
    return sorted(found.name for found in folder.iterdir())


def test_what_is_added_is_there_when_it_is_opened_again(path: Path) -> None:
    CaseFile.open(path).add(ANSWER, NAMED)
    found = CaseFile.open(path).case
    assert found.rounds == (Round({"a.b": "yes"}),)
    assert (found.client, found.saved) == ("B.", "2026-02-01")
    assert names(path.parent) == ["anna.yaml"]


@posix
def test_only_the_owner_can_read_it_whatever_the_umask(tmp_path: Path) -> None:
    old = os.umask(0)
    try:
        file = CaseFile.create(tmp_path / "anna.yaml", CASE)
        assert file.path.stat().st_mode & 0o777 == 0o600
        file.path.chmod(0o644)
        file.add(ANSWER)
    finally:
        os.umask(old)
    assert file.path.stat().st_mode & 0o777 == 0o600


@posix
def test_the_temporary_file_is_private_from_the_start(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    modes = []
    replace = os.replace

    def seen(source: str, target: Path) -> None:
        modes.append((Path(source).stat().st_mode & 0o777, Path(source).parent))
        replace(source, target)

    monkeypatch.setattr(os, "replace", seen)
    CaseFile.open(path).add(ANSWER)
    assert modes == [(0o600, path.parent)]


def test_two_who_opened_the_same_file_do_not_write_over_each_other(path: Path) -> None:
    mine, yours = CaseFile.open(path), CaseFile.open(path)
    yours.add(NAMED)
    before = path.read_bytes()
    with pytest.raises(ConflictError, match=r"anna\.yaml was changed.*nothing was written") as raised:
        mine.add(ANSWER)
    assert raised.value.help
    assert path.read_bytes() == before
    assert mine.case == CASE, "what is held is what was read"
    yours.add(ANSWER)
    assert CaseFile.open(path).case.client == "B."


def test_a_change_of_the_same_length_in_the_same_moment_is_seen(path: Path) -> None:
    file, seen = CaseFile.open(path), path.stat()
    path.write_text(path.read_text(encoding="utf-8").replace("client: A.", "client: C."), encoding="utf-8")
    os.utime(path, ns=(seen.st_atime_ns, seen.st_mtime_ns))
    with pytest.raises(ConflictError):
        file.add(ANSWER)


def test_a_copy_with_the_same_words_is_no_conflict(path: Path) -> None:
    file = CaseFile.open(path)
    path.write_bytes(path.read_bytes())
    os.utime(path, (1, 1))
    file.add(ANSWER)
    assert CaseFile.open(path).case.rounds[0].answers == {"a.b": "yes"}


def test_a_file_that_was_taken_away_is_not_made_again(path: Path) -> None:
    file = CaseFile.open(path)
    path.unlink()
    with pytest.raises(ConflictError, match="no longer there"):
        file.add(ANSWER)
    assert names(path.parent) == []


@pytest.mark.parametrize("there", ["case: 3\n", "case: [damaged\n", "my diary\n", ""])
def test_what_cannot_be_read_is_never_written_over(path: Path, there: str) -> None:
    file = CaseFile.open(path)
    path.write_text(there, encoding="utf-8")
    with pytest.raises(CaseError):
        CaseFile.open(path)
    with pytest.raises(ConflictError):
        file.add(ANSWER)
    with pytest.raises(ConflictError, match="there already"):
        CaseFile.create(path, CASE)
    assert path.read_text(encoding="utf-8") == there


def test_an_answer_that_cannot_be_kept_leaves_the_file_and_the_case_as_they_were(path: Path) -> None:
    file, before = CaseFile.open(path), path.read_bytes()
    with pytest.raises(CaseError, match="control character"):
        file.add(Answered(on="2026-02-01", round=0, key="a.b", value="bell\a"))
    with pytest.raises(EventError):
        file.add(Answered(on="2026-02-01", round=7, key="a.b", value="yes"))
    assert path.read_bytes() == before
    file.add(ANSWER)


@pytest.mark.parametrize("fails", ["fsync", "replace", "fdopen"])
@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_a_failure_at_any_step_leaves_the_old_file_and_nothing_else(
    path: Path, monkeypatch: pytest.MonkeyPatch, fails: str, error: BaseException
) -> None:
    file, before = CaseFile.open(path), path.read_bytes()

    def fail(*_: Any) -> None:
        raise error

    with monkeypatch.context() as broken:
        broken.setattr(os, fails, fail)
        with pytest.raises(CaseError if isinstance(error, OSError) else KeyboardInterrupt) as raised:
            file.add(ANSWER)
    if isinstance(error, OSError):
        assert "No space left" in str(raised.value)
    assert path.read_bytes() == before
    assert names(path.parent) == ["anna.yaml"]
    file.add(ANSWER)


def test_a_folder_a_missing_file_and_a_closed_one_are_told_apart(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(CaseError, match="is a folder"):
        CaseFile.open(path.parent)
    with pytest.raises(NoCaseError, match=r"no case file bert\.yaml"):
        CaseFile.open(path.parent / "bert.yaml")
    with pytest.raises(CaseError, match="cannot be written"):
        CaseFile.create(path.parent / "nowhere" / "anna.yaml", CASE)

    def closed(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", closed)
    with pytest.raises(CaseError, match="Permission denied"):
        CaseFile.open(path)


@posix
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(CaseError, match="not a file"):
        CaseFile.open(tmp_path / "pipe")


@posix
def test_a_link_stays_a_link(path: Path, tmp_path: Path) -> None:
    folder = tmp_path / "links"
    folder.mkdir()
    (folder / "a.yaml").symlink_to(path)
    CaseFile.open(folder / "a.yaml").add(NAMED)
    assert (folder / "a.yaml").is_symlink()
    assert CaseFile.open(path).case.client == "B."


WRITER = """
import sys
from goldenthread.case import Answered, CaseFile
file = CaseFile.open(sys.argv[1])
n = 0
while True:
    n += 1
    said = f"{n} " + "words " * (n % 40)
    file.add(*(Answered(on="2026-02-01", round=0, key=f"a.q{k}", value=said) for k in "abcdef"))
    if n == 1:
        print("ready", flush=True)
"""


@posix
def test_a_killed_writer_leaves_the_old_or_the_new_whole(path: Path) -> None:
    killed_while_writing = 0
    for n in range(12):
        with subprocess.Popen([sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE) as writer:  # noqa: S603
            assert writer.stdout is not None
            assert writer.stdout.readline() == b"ready\n"
            time.sleep(0.02 + 0.0037 * n)
            writer.kill()
        answers = CaseFile.open(path).case.rounds[0].answers
        assert len({str(value).split()[0] for value in answers.values()}) == 1, "all six of one save"
        assert len(answers) == 6
        killed_while_writing += len(names(path.parent)) > 1
    CaseFile.open(path).add(NAMED)
    assert names(path.parent) == ["anna.yaml"], (
        f"{killed_while_writing} temporary files were left by killed writers"
    )


@posix
def test_of_many_who_write_at_once_only_one_does(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made, start = tempfile.mkstemp, threading.Barrier(4)

    def slowly(**where: Any) -> tuple[int, str]:
        # Between the check and the writing there is time enough for all the others to check as well.
        time.sleep(0.1)
        return made(**where)

    monkeypatch.setattr(tempfile, "mkstemp", slowly)

    def write(who: str) -> str:
        file = CaseFile.open(path)
        start.wait()
        try:
            file.add(Renamed(on="2026-02-01", client=who))
        except ConflictError:
            return ""
        return who

    with ThreadPoolExecutor(4) as pool:
        wrote = [who for who in pool.map(write, "WXYZ") if who]
    assert wrote == [CaseFile.open(path).case.client]


def test_a_git_work_tree_is_found_from_inside(tmp_path: Path) -> None:
    deep = tmp_path / "a" / "b"
    deep.mkdir(parents=True)
    assert inside_git(deep / "anna.yaml") is None
    (tmp_path / ".git").mkdir()
    assert inside_git(deep / "anna.yaml") == tmp_path.resolve()
    (tmp_path / "a" / ".git").write_text("gitdir: elsewhere\n", encoding="utf-8")
    assert inside_git(deep) == (tmp_path / "a").resolve(), "a work tree made beside another has a file there"


@posix
def test_a_link_into_a_git_work_tree_is_seen_through(tmp_path: Path) -> None:
    (tmp_path / "repo" / ".git").mkdir(parents=True)
    (tmp_path / "cases").symlink_to(tmp_path / "repo")
    assert inside_git(tmp_path / "cases" / "anna.yaml") == (tmp_path / "repo").resolve()


@posix
def test_the_default_folder_is_closed_to_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    folder = default_folder()
    assert folder.is_relative_to(tmp_path)
    assert folder.name == "cases"
    folder.chmod(0o755)
    assert default_folder().stat().st_mode & 0o777 == 0o700


def test_a_folder_is_a_store(tmp_path: Path) -> None:
    store = FolderStore(tmp_path / "cases")
    assert store.ids() == []
    with pytest.raises(NoCaseError):
        store.load("anna")
    with pytest.raises(ConflictError):
        store.append("anna", [ANSWER], "some version")
    first = store.append("anna", [Began(on="2026-01-01", client="A.", flowchart="planning")], NOTHING)
    assert store.load("anna")[1] == first
    second = store.append("anna", [ANSWER, NAMED], first)
    case, version = store.load("anna")
    assert (version, case.client, case.rounds[0].answers) == (second, "B.", {"a.b": "yes"})
    with pytest.raises(ConflictError):
        store.append("anna", [ANSWER], first)
    with pytest.raises(ConflictError):
        store.append("anna", [Began(on="2026-01-01", client="X.", flowchart="planning")], NOTHING)
    with pytest.raises(EventError):
        store.append("anna", [NAMED, Answered(on="2026-01-01", round=9, key="a.b", value=1)], second)
    assert store.load("anna") == (case, second), "all events or none"
    assert store.ids() == ["anna"]


@pytest.mark.parametrize(
    "id_", ["", ".", "..", "../anna", "a/b", "a\\b", "/etc/passwd", ".anna", "a\n", "ä", "a" * 81]
)
def test_an_id_cannot_lead_out_of_the_folder(tmp_path: Path, id_: str) -> None:
    with pytest.raises(CaseError, match="cannot name a case"):
        FolderStore(tmp_path).path(id_)
