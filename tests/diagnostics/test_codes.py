"""The catalogue of codes is whole, and its samples show what they say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import goldenthread.diagnostics.codes as catalogue
from goldenthread.check import apply_rules, check_library
from goldenthread.diagnostics import Report
from goldenthread.diagnostics.codes import AREAS, CODES, Code, Sample, explain
from goldenthread.diagnostics.printers import as_text
from goldenthread.loading import load
from goldenthread.trial import read_vignettes, run_vignette
from goldenthread.walk import compile_library

ENGINE = Path(catalogue.__file__).resolve().parents[1]
_A_CODE = re.compile(r'"([A-Z][0-9]{3})"')


def used() -> set[str]:
    """Give every code that stands in the engine's rooms, but for the catalogue."""
    apart = set((ENGINE / "diagnostics").glob("code*.py"))
    files = [path for path in ENGINE.rglob("*.py") if path not in apart]
    return {code for path in files for code in _A_CODE.findall(path.read_text(encoding="utf-8"))}


def test_every_code_in_use_is_in_the_catalogue() -> None:
    assert used() - set(CODES) == set()


def test_every_code_of_the_catalogue_is_in_use() -> None:
    assert set(CODES) - used() == set()


def test_no_code_stands_twice() -> None:
    codes = [code.code for area in AREAS for code in area]
    assert len(codes) == len(set(codes)) == len(CODES)


def laid_out(sample: Sample, folder: Path) -> list[Path]:
    """Write a sample into folders, the earlier library first."""
    own = folder / "own"
    own.mkdir()
    if sample.text is None:
        return [own / "sample.yaml"]
    path = own / "sample.yaml"
    path.write_bytes(sample.text if isinstance(sample.text, bytes) else sample.text.encode())
    if sample.size:
        with path.open("r+b") as file:
            file.truncate(sample.size)
    for n, other in enumerate(sample.others):
        (own / f"beside_{n}.yaml").write_text(other, encoding="utf-8")
    if not sample.under:
        return [own]
    earlier = folder / "earlier"
    earlier.mkdir()
    (earlier / "sample.yaml").write_text(sample.under, encoding="utf-8")
    return [earlier, own]


def report_of(sample: Sample, code: str, folder: Path) -> Report:
    """Give what is found in a sample, looking no further than to where its code comes from."""
    layers = laid_out(sample, folder)
    if code.startswith("V"):
        return vignette_report(layers[0])
    library, report = load(layers, only=True)
    if code.startswith("P"):
        check_library(library, report)
    elif code.startswith("G") or (code.startswith("K") and code != "K001"):
        apply_rules(library, report)
    return report


def vignette_report(folder: Path) -> Report:
    vignettes, found, texts = read_vignettes([folder / "sample.yaml"])
    library, report = load([folder / "beside_0.yaml"], only=True)
    apply_rules(library, report)
    assert not len(report), as_text(report)
    for vignette in vignettes:
        found += run_vignette(compile_library(library), vignette).found
    return Report(found, texts)


@pytest.mark.parametrize("code", CODES.values(), ids=lambda code: code.code)
def test_the_failing_sample_gives_its_code_and_no_other(code: Code, tmp_path: Path) -> None:
    report = report_of(code.fails, code.code, tmp_path)
    assert [(d.code, d.level) for d in report] == [(code.code, code.level)], as_text(report)


@pytest.mark.parametrize("code", CODES.values(), ids=lambda code: code.code)
def test_the_mended_sample_gives_nothing(code: Code, tmp_path: Path) -> None:
    report = report_of(code.passes, code.code, tmp_path)
    assert not len(report), as_text(report)


@pytest.mark.parametrize("code", CODES.values(), ids=lambda code: code.code)
def test_a_code_is_explained_in_two_to_four_plain_sentences(code: Code) -> None:
    sentences = re.findall(r"[.?!](?:\s|$)", code.means)
    assert 2 <= len(sentences) <= 4
    assert code.title[0].islower() or code.title.startswith("YAML")
    assert not code.title.endswith(".")
    assert code.fails != code.passes


@pytest.mark.parametrize("code", CODES)
def test_explain_prints_the_meaning_and_both_samples(code: str) -> None:
    text = explain(code.lower())
    assert text.startswith(f"{code}: {CODES[code].title}\n")
    assert " ".join(CODES[code].means.split()) in " ".join(text.split())
    assert "Mended:" in text
    assert "\t" not in text
    assert "\\n" not in text


def test_explain_shows_what_stands_around_a_sample() -> None:
    assert "there is no such file" in explain("S001")
    assert "\\xe9" in explain("S002")
    assert "10,000,001 bytes" in explain("S003")
    assert "→done" in explain("S005")
    assert "# the earlier library holds" in explain("R002")
    assert "# another file of the library" in explain("R006")


def test_a_code_that_there_is_not_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        explain("Z999")
