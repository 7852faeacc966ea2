"""What every test may use: golden files, libraries laid out in folders, steady settings for Hypothesis."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from browsing import browse, chromium
from goldenthread.diagnostics.printers import as_text
from goldenthread.loading import load

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from goldenthread.diagnostics import Report
    from goldenthread.model import Library

__all__ = ["browse", "chromium"]

settings.register_profile("steady", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("steady")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="write what is printed now into the golden files"
    )
    parser.addoption(
        "--sweep",
        action="store_true",
        help="run every case of the sweeps, not one in ten, and those that take longest",
    )


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers", "untraced: a test that tracing for coverage makes several times slower"
    )


_SWEPT = (
    "tests/author/lsp/",
    "tests/check/",
    "tests/draw/",
    "tests/preview/",
    "tests/print/",
    "tests/trial/",
)
_UNTRACED = (
    *(folder for folder in _SWEPT if folder != "tests/check/"),
    *(f"tests/check/test_{name}.py" for name in ("planted_faults", "proof_golden", "seeded_faults")),
    *(f"tests/cli/test_cli_{name}.py" for name in ("check", "cover", "diff", "draw", "print", "schemas")),
    "tests/docs/",
    "tests/prove/",
)
_LONG = (
    "tests/draw/test_paper.py::test_many_nodes[300-TB]",
    "tests/draw/test_paper.py::test_many_nodes[300-LR]",
    "tests/web/test_accessible.py::test_axe_finds_nothing_on_any_page_and_nothing_runs_over_the_side[desktop]",
    "tests/web/test_whole_cases.py::test_a_case_is_walked_by_the_keyboard_to_the_plan_of_its_answers[disclosure]",
)
"""Cases that take longest, each with a shorter one beside it that always runs."""
_FEW, _OF = 8, 10


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Of a test that sweeps over the whole library, by more cases than a few, run one in ten unless asked for all."""
    for item in items:
        if item.nodeid.startswith(_UNTRACED):
            item.add_marker("untraced")
    if config.getoption("--sweep"):
        return
    cases: dict[str, list[pytest.Item]] = {}
    for item in items:
        if item.nodeid.startswith(_SWEPT):
            cases.setdefault(item.nodeid.partition("[")[0], []).append(item)
    spared = {id(item) for item in items if item.nodeid in _LONG}
    spared |= {
        id(item) for swept in cases.values() if len(swept) > _FEW for n, item in enumerate(swept) if n % _OF
    }
    config.hook.pytest_deselected(items=[item for item in items if id(item) in spared])
    items[:] = [item for item in items if id(item) not in spared]


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[Path, str], None]:
    """Hold a text against a golden file, or write it there with --update-golden."""
    update = bool(request.config.getoption("--update-golden"))

    def check(path: Path, text: str) -> None:
        text = text.rstrip("\n") + "\n"
        if update:
            path.write_text(text, encoding="utf-8", newline="\n")
        assert path.is_file(), f"{path.name} is not there; run pytest --update-golden"
        assert text == path.read_text(encoding="utf-8")

    return check


Layers = tuple["Mapping[str, str]", ...]


@pytest.fixture
def lay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[Library, Report]]:
    """Write one folder a layer, from maps of file name to text, and load them over each other."""

    def loaded(*layers: Mapping[str, str]) -> tuple[Library, Report]:
        monkeypatch.chdir(tmp_path)
        folders = []
        for n, files in enumerate(layers):
            folder = tmp_path / f"layer_{n}"
            for name, text in files.items():
                path = folder / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
            folders.append(folder)
        return load(folders, only=True)

    return loaded


@pytest.fixture
def clean() -> Callable[[Report], None]:
    """Fail with the report in full where it holds anything."""

    def check(report: Report) -> None:
        assert not len(report), "\n" + as_text(report)

    return check
