"""What every test may use: golden files, libraries laid out in folders, steady settings for Hypothesis."""

from __future__ import annotations

import gc
from importlib import import_module
from pkgutil import walk_packages
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings

import goldenthread
from browsing import browse, chromium
from goldenthread.cli import SELDOM
from goldenthread.diagnostics.printers import as_text
from goldenthread.loading import load
from rereading import remember
from selection import pytest_collection_modifyitems

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Mapping
    from pathlib import Path

    from goldenthread.diagnostics import Report
    from goldenthread.model import Library

__all__ = ["browse", "chromium", "pytest_collection_modifyitems"]

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


def _tracing(config: pytest.Config) -> Any:
    """Give what traces tests for coverage; nothing where nobody asked for it."""
    return getattr(config.pluginmanager.getplugin("_cov"), "cov_controller", None)


def pytest_configure(config: pytest.Config) -> None:
    """Load what is shipped once, and count every line that is run on import, whichever test imports it first.

    Garbage is collected as seldom as a command does.
    """
    remember()
    gc.set_threshold(SELDOM)
    tracing = _tracing(config)
    if tracing is None:
        return
    if hasattr(config, "workerinput"):
        # A worker begins as if it started workers itself, and would trace on beneath its own tracing: each test that is
        # not to be traced, four times slower, for what nobody reads.
        tracing.cov.stop()
    else:
        # With several workers, only the process that starts them traces before the first test.
        for module in walk_packages(goldenthread.__path__, "goldenthread."):
            if module.name != "goldenthread.__main__":
                import_module(module.name)


@pytest.hookimpl(wrapper=True)
def pytest_collection(session: pytest.Session) -> Generator[None, object, object]:
    """Trace nothing of what test files make as they are imported, which every worker does, and collect no garbage."""
    tracing = _tracing(session.config)
    traced = tracing is not None and tracing.started
    if traced:
        tracing.pause()
    gc.disable()
    try:
        return (yield)
    finally:
        # There and back: what was made counts as old, and is not all looked through at the next chance.
        gc.freeze()
        gc.unfreeze()
        gc.enable()
        if traced:
            tracing.resume()


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
