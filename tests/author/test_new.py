"""What `new` writes is sound at once, in the house form, and overwrites nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from goldenthread.author.new import FOLDERS, as_id

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result

SOUND = "No errors, no warnings.\n"


@pytest.mark.parametrize("kind", FOLDERS)
@pytest.mark.parametrize("name", ["Own thing", 'Über "all": #1, 99 {SAMPLE} \\ it\'s', "x"])
def test_a_new_file_is_sound_and_in_form_and_its_schema_is_there(
    kind: str, name: str, tmp_path: Path, run: Callable[..., Result]
) -> None:
    run("new", kind, name, "--into", tmp_path)
    file = tmp_path / FOLDERS[kind][0] / f"{as_id(name)}.yaml"
    first = file.read_text(encoding="utf-8").split("\n")[0]
    assert (file.parent / first.partition("$schema=")[2]).resolve().is_file()
    assert (tmp_path / "schemas" / "common.schema.json").is_file()
    assert run("check", tmp_path if kind != "vignette" else file).stdout == SOUND
    run("fmt", "--check", tmp_path)


def test_a_new_vignette_comes_out_as_it_says(tmp_path: Path, run: Callable[..., Result]) -> None:
    run("new", "vignette", "Too young", "--into", tmp_path)
    assert "ok      too_young" in run("test", tmp_path / "flowcharts" / "vignettes" / "too_young.yaml").stdout


def test_a_library_with_one_of_each_is_sound(tmp_path: Path, run: Callable[..., Result]) -> None:
    run("new", "library", "Our clinic", "--into", tmp_path)
    home = tmp_path / "our_clinic"
    assert "# Our clinic" in (home / "README.md").read_text(encoding="utf-8")
    assert run("check", home).stdout == SOUND
    for kind in FOLDERS:
        run("new", kind, f"Fresh {kind}", "--into", home)
    assert run("check", home).stdout == SOUND


def test_two_new_flowcharts_share_no_number(tmp_path: Path, run: Callable[..., Result]) -> None:
    run("new", "flowchart", "One", "--into", tmp_path)
    run("new", "flowchart", "Two", "--into", tmp_path)
    assert run("check", tmp_path).stdout == SOUND


def test_nothing_is_overwritten(tmp_path: Path, run: Callable[..., Result]) -> None:
    run("new", "vignette", "Own", "--into", tmp_path)
    file = tmp_path / "flowcharts" / "vignettes" / "own.yaml"
    file.write_text("mine", encoding="utf-8")
    assert "is there already" in run("new", "vignette", "own!", "--into", tmp_path, code=1).stderr
    assert file.read_text(encoding="utf-8") == "mine"
    run("new", "library", "Lib", "--into", tmp_path)
    assert "is there already" in run("new", "library", "lib", "--into", tmp_path, code=1).stderr


def test_a_schema_that_is_there_is_kept(tmp_path: Path, run: Callable[..., Result]) -> None:
    (tmp_path / "schemas").mkdir()
    (tmp_path / "schemas" / "goals.schema.json").write_text("{}", encoding="utf-8")
    run("new", "goal", "Own", "--into", tmp_path)
    assert (tmp_path / "schemas" / "goals.schema.json").read_text(encoding="utf-8") == "{}"


def test_what_is_wrong_is_said(tmp_path: Path, run: Callable[..., Result]) -> None:
    assert "did you mean `flowchart`?" in run("new", "flowchrt", "x", "--into", tmp_path, code=1).stderr
    assert "no id can be made of `123`" in run("new", "goal", "123", "--into", tmp_path, code=1).stderr
    assert (
        "the id `panic_disorder` is taken"
        in run("new", "goal", "Panic disorder", "--into", tmp_path, code=1).stderr
    )
    assert "there is no folder" in run("new", "goal", "Own", "--into", tmp_path / "no", code=1).stderr
    run("new", "goal", "Own", "--into", tmp_path)
    file = tmp_path / "goalbank" / "goals" / "own.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("[avoidance]", "[avoidence]"), encoding="utf-8")
    assert "mend them first" in run("new", "goal", "Other", "--into", tmp_path, code=1).stderr
    assert list((tmp_path / "goalbank" / "goals").iterdir()) == [file]


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("Fear of flying", "fear_of_flying"),
        ("  Größe -- Café 2! ", "grosse_cafe_2"),
        ("2nd visit", "nd_visit"),
        ("日本", ""),
    ],
)
def test_a_name_becomes_an_id(name: str, id_: str) -> None:
    assert as_id(name) == id_
