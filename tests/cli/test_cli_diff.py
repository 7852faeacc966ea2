"""`goldenthread diff` over real repositories: the report in its three forms, and what is said where there is none."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from goldenthread.loading import shipped
from small import REFERENCE, bank, chart

if TYPE_CHECKING:
    from collections.abc import Callable

    from click.testing import Result

GOLDEN = Path(__file__).parent / "golden"
ROLES = bank(
    "roles",
    {
        "age": {"answer": "number", "between": [0, 120]},
        "concern": {"answer": "choices", "options": {"panic": "panic", "sleep": "sleep"}},
        "danger": {"answer": "yes_no", "safety": True},
        "kind": {"answer": "text", "safety": True},
    },
)
FILES = {
    "flowcharts/planning.yaml": chart(
        "planning",
        """
        age:
          number: 1.1
          ask: How old is the client?
          as: age
          next: [{when: age < 18, go: child}, {otherwise: concern}]
        concern:
          number: 1.2
          ask: What is it about?
          as: concern
          next: [{when: sleep in concern, go: nights}, {otherwise: danger}]
        nights: {number: 1.3, ask: How are the nights?, answer: text, next: danger}
        danger: {number: 1.4, ask: Is there danger?, as: danger, next: done}
        child: {end: A child, stop: true}
        done: {end: Done}
        """,
        root=True,
    ),
    "flowcharts/risk.yaml": chart(
        "risk", "kind: {number: 2.1, ask: Which?, as: kind, next: done}\ndone: {end: Done}", phase="safety"
    ),
    "flowcharts/vignettes/old.yaml": (
        "vignette: old\nabout: A case.\nrest: later\nanswers: {planning.age: 70, planning.concern: [sleep]}\n"
        "expect: {ends: planning.done}\n"
    ),
    "goalbank/roles.yaml": ROLES,
    "goalbank/references.yaml": REFERENCE,
    "goalbank/alerts.yaml": bank(
        "alerts", {"alarm": {"raise_when": "danger", "opens": "risk", "cleared_when": "known(kind)"}}
    ),
    "goalbank/goals.yaml": bank(
        "goals",
        {
            "go_out": {"suggest": "panic in concern", "name": "Go out"},
            "sleep_well": {"suggest": "sleep in concern", "rule_out": "age >= 65", "name": "Sleep well"},
        },
    ),
}
EDITS = (
    ("goalbank/goals.yaml", "age >= 65", "age >= 75"),
    ("flowcharts/planning.yaml", "sleep in concern, go: nights", "panic in concern, go: nights"),
    ("flowcharts/planning.yaml", "How are the nights?", "What are the nights like?"),
)


def git(*words: str) -> None:
    identity = (
        "-c",
        "user.name=A. Author",
        "-c",
        "user.email=author@example.org",
        "-c",
        "commit.gpgsign=false",
    )
    subprocess.run(["git", *identity, *words], check=True, capture_output=True)  # noqa: S603, S607 -- git, in a folder of our own


def edit(file: str, old: str, new: str) -> None:
    path = Path(file)
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Lay a small library out, and stand in it."""
    for name, text in FILES.items():
        path = tmp_path / "own" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path / "own")
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    return tmp_path / "own"


@pytest.fixture
def committed(library: Path) -> Path:
    """Commit it."""
    git("init", "-q")
    git("add", ".")
    git("commit", "-q", "-m", "Begin")
    return library


@pytest.fixture
def diff(run: Callable[..., Result]) -> Callable[..., Result]:
    def ran(*args: object, code: int = 0) -> Result:
        return run("diff", *args, "--library", ".", "--only", "--walks", "60", code=code)

    return ran


@pytest.fixture
def edited(committed: Path) -> Path:
    for one in EDITS:
        edit(*one)
    return committed


@pytest.mark.parametrize(("form", "ending"), [("text", "txt"), ("markdown", "md"), ("json", "json")])
def test_the_report(
    form: str, ending: str, edited: Path, diff: Callable[..., Result], golden: Callable[[Path, str], None]
) -> None:
    why = ("--author", "A. Author", "--reviewer", "R. Reviewer", "--reason", "The guideline changed")
    golden(GOLDEN / f"diff.{ending}", diff("HEAD", "--format", form, *why, code=1).stdout)


def test_the_answers_in_the_report_replay_to_what_they_show(
    edited: Path, diff: Callable[..., Result], run: Callable[..., Result]
) -> None:
    data = json.loads(diff("HEAD", "--format", "json", code=1).stdout)
    assert len(data["outcomes"]) >= 3
    for number, outcome in enumerate(data["outcomes"]):
        file = Path(f"answers_{number}.yaml")
        file.write_text(yaml.safe_dump(outcome["answers"], sort_keys=False), encoding="utf-8")
        args = ("walk", "--answers", file, "--library", ".", "--only", "--format", "json")
        now = json.loads(run(*args).stdout)
        assert now["problems"] == []
        for change in outcome["changes"]:
            if change["sort"] == "asks":
                asked = [step["node"] for step in now["trail"]]
                assert (change["id"] in asked) is bool(change["after"])


def test_nothing_differs_from_what_was_committed(committed: Path, diff: Callable[..., Result]) -> None:
    assert diff("HEAD").stdout == "Compared with HEAD: Nothing differs.\n"
    assert "**Nothing differs.**" in diff("HEAD", "--format", "markdown").stdout


def test_wording_alone_is_said_to_change_no_outcome(committed: Path, diff: Callable[..., Result]) -> None:
    edit(*EDITS[2])
    said = diff("HEAD").stdout
    assert "No outcome changes: only what no outcome follows from was edited." in said
    assert "before  How are the nights?" in said
    assert "now     What are the nights like?" in said


def test_a_rule_that_says_the_same_in_other_words_is_proven_to_change_nothing(
    committed: Path, diff: Callable[..., Result]
) -> None:
    edit("goalbank/goals.yaml", "age >= 65", "age >= 65 and age >= 60")
    said = diff("HEAD").stdout
    assert "No outcome changes, whatever is answered: it was proven of each edit." in said
    assert "goal sleep_well, rule out.when" in said
    assert "No outcome follows from it, whatever is answered." in said


def test_what_cannot_be_proven_is_said(committed: Path, diff: Callable[..., Result]) -> None:
    # Nothing leads to it, which `check` calls an error: of such a library nothing is proven.
    edit("flowcharts/planning.yaml", "  done: {end: Done}\n", "  done: {end: Done}\n  stray: {end: Stray}\n")
    said = diff("HEAD").stdout
    assert "No outcome changes in 1 vignette and 60 made-up walks; of one edit it is not proven." in said
    assert "No case was found that shows an outcome of it, and none was excluded." in said


def test_a_way_that_goes_round_has_to_be_mended_first(committed: Path, diff: Callable[..., Result]) -> None:
    edit("flowcharts/planning.yaml", "answer: text, next: danger", "answer: text, next: concern")
    said = diff("HEAD", code=2).stderr
    assert "error[G003]: this edge goes round without end" in said
    assert "the library as it stands has errors" in said


def test_an_earlier_revision_and_a_branch_are_found_by_name(
    edited: Path, diff: Callable[..., Result]
) -> None:
    git("tag", "v1")
    git("commit", "-q", "-a", "-m", "Edit")
    assert "Nothing differs" in diff("HEAD").stdout
    for name in ("HEAD~1", "v1"):
        assert diff(name, code=1).stdout.startswith(f"Compared with {name}: ")


def test_a_library_that_lies_deeper_in_a_repository(
    tmp_path: Path, edited: Path, run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.rmtree(".git")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GIT_CEILING_DIRECTORIES")
    for one in EDITS:
        edit(f"own/{one[0]}", one[2], one[1])
    git("init", "-q")
    git("add", ".")
    git("commit", "-q", "-m", "Begin")
    edit("own/goalbank/goals.yaml", "age >= 65", "age >= 75")
    said = run("diff", "HEAD", "--library", "own", "--only", "--walks", "40", code=1).stdout
    assert "“Sleep well” [sleep_well]" in said
    assert "own/goalbank/goals.yaml:6" in said


def test_a_place_that_is_gone_is_named_by_the_revision(committed: Path, diff: Callable[..., Result]) -> None:
    edit(
        "goalbank/goals.yaml",
        ', "rule_out": [{"because": "Since age >= 65.", "basis": "clinical_consensus", "when": "age >= 65"}]',
        "",
    )
    said = diff("HEAD", code=1).stdout
    assert "HEAD:goalbank/goals.yaml:" in said


def test_a_folder_is_compared_with(library: Path, tmp_path: Path, diff: Callable[..., Result]) -> None:
    shutil.copytree(library, tmp_path / "before")
    edit(*EDITS[0])
    assert "[sleep_well]" in diff("../before", code=1).stdout
    assert "Nothing differs" in diff(".").stdout


def test_a_vignette_that_is_new_is_walked_over_both(committed: Path, diff: Callable[..., Result]) -> None:
    text = (
        FILES["flowcharts/vignettes/old.yaml"].replace("vignette: old", "vignette: newer").replace("70", "74")
    )
    Path("flowcharts/vignettes/newer.yaml").write_text(text, encoding="utf-8")
    edit(*EDITS[0])
    data = json.loads(diff("HEAD", "--format", "json", code=1).stdout)
    assert data["vignettes"] == 2
    assert data["outcomes"][0]["vignettes"] == ["old", "newer"]


def test_made_up_walks_find_what_no_vignette_shows(committed: Path, diff: Callable[..., Result]) -> None:
    edit("flowcharts/planning.yaml", "age < 18", "age < 16")
    data = json.loads(diff("HEAD", "--format", "json", code=1).stdout)
    (ended,) = data["outcomes"]
    assert "ends" in {change["sort"] for change in ended["changes"]}
    assert ended["vignettes"] == []
    assert ended["walks"] > 0
    assert list(ended["answers"]["answers"]) == ["planning.age"]
    assert ended["answers"]["answers"]["planning.age"] in {16, 17}


def test_a_hook_of_git_compares_the_library_that_it_is_asked_for(
    edited: Path, diff: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_DIR", "/nowhere/.git")
    monkeypatch.setenv("GIT_INDEX_FILE", "/nowhere/index")
    assert diff("HEAD", code=1).stdout.startswith("Compared with HEAD: ")


def test_no_revision_of_that_name(committed: Path, diff: Callable[..., Result]) -> None:
    result = diff("v9", code=2)
    assert result.stdout == ""
    assert result.stderr.splitlines()[0] == "goldenthread: there is no revision and no folder `v9`"
    assert diff("HEAD:flowcharts", code=2).stderr.startswith("goldenthread: there is no revision")


def test_no_repository(library: Path, diff: Callable[..., Result]) -> None:
    first, second = diff("HEAD", code=2).stderr.splitlines()
    assert (
        first
        == "goldenthread: there is no folder `HEAD`, and no revision either: . lies in no git repository"
    )
    assert "name a folder to compare with" in second


def test_no_git(committed: Path, diff: Callable[..., Result], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(committed))
    assert diff("HEAD", code=2).stderr.startswith("goldenthread: git is not installed")


def test_no_library_at_that_revision(committed: Path, run: Callable[..., Result]) -> None:
    shutil.copytree("goalbank", "other/goalbank")
    shutil.copytree("flowcharts", "other/flowcharts")
    result = run("diff", "HEAD", "--library", "other", "--only", code=2)
    assert result.stderr.startswith("goldenthread: there is no library in other at HEAD")


def test_a_side_with_errors_is_named_with_its_places(committed: Path, diff: Callable[..., Result]) -> None:
    edit("flowcharts/planning.yaml", "age < 18", "agee < 18")
    now = diff("HEAD", code=2)
    assert "there is no fact, role or instrument value `agee`" in now.stderr
    assert "the library as it stands has errors" in now.stderr
    git("commit", "-q", "-a", "-m", "Break")
    edit("flowcharts/planning.yaml", "agee < 18", "age < 18")
    then = diff("HEAD", code=2)
    assert "HEAD:flowcharts/planning.yaml:" in then.stderr
    assert "the library at HEAD has errors" in then.stderr


def test_the_shipped_library_is_compared_where_none_is_named(
    run: Callable[..., Result], tmp_path: Path
) -> None:
    for name in ("flowcharts", "goalbank"):
        shutil.copytree(shipped() / name, tmp_path / name)
    path = tmp_path / "flowcharts" / "safety.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("in [video, telephone]", "in [video]", 1), encoding="utf-8")
    result = run("diff", tmp_path, "--walks", "20", "--format", "json", code=1)
    data: Any = json.loads(result.stdout)
    (outcome,) = data["outcomes"]
    assert outcome["answers"]["answers"] == {"safety.session_place": "telephone"}
    assert set(outcome["vignettes"]) == {"immediate_danger", "panic_agoraphobia_by_telephone"}
    assert outcome["changes"][0]["said"] == "now asked"
