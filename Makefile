# `make start` begins; `make test` proves. Both build what they need.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUN := $(VENV)/.installed
TESTING := $(VENV)/.installed-test
BENCHING := $(VENV)/.installed-bench
# The tests of a file share what they make, and stay together, in the order of tests/selection.py. There is one process more
# than cores: whoever drives a browser waits for it.
WORKERS = $(shell $(PYTHON) -c 'import os; print((os.cpu_count() or 1) + 1)')
PYTEST = $(BIN)/pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder

# What Python compiles is kept, whatever the environment says: each worker and each command of a test imports it again.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: start test lint types imports listed tests sweep coverage bench browser pictures clean

start: $(RUN)
	@if [ -t 0 ] && [ -t 1 ]; then $(BIN)/goldenthread serve; else $(BIN)/goldenthread walk --sample; fi

# What is quick goes first, while the browser is installed; the tests then have every core, and are compiled once for all
# workers.
test:
	$(MAKE) --no-print-directory --jobs=2 types lint imports listed browser
	$(MAKE) --no-print-directory tests

lint: $(TESTING)
	$(BIN)/ruff check engine tests
	$(BIN)/ruff format --check engine tests

types: $(TESTING)
	$(BIN)/mypy

imports: $(TESTING)
	$(BIN)/lint-imports

listed: $(TESTING)
	@said=$$($(BIN)/pytest --collect-only -qq 2>&1) || { echo "$$said"; exit 1; }

# Coverage, with its floor, is measured over the tests of single cases. Property tests, and tests that sweep over the whole
# library, run untraced (tests/selection.py): tracing makes them several times slower. Rooms that only those reach are not
# measured (pyproject.toml).
tests: $(TESTING) browser
	$(PYTEST) --cov --cov-report=

# Every case of the tests that sweep over the whole library, of which `tests` runs one in ten, and those that take longest;
# proofs of thousands of random libraries, held against every walk through them.
sweep: $(TESTING) browser
	$(PYTEST) --sweep tests/author tests/check tests/cli tests/draw tests/export tests/preview tests/print tests/prove tests/trial tests/web

coverage: $(TESTING) browser
	$(PYTEST) --cov --cov-report=term:skip-covered

bench: $(BENCHING)
	$(BIN)/python -m tests.bench

# The picture of the preview in docs/ is made from the library that the authors' guide writes, those of sheets by the
# commands of the gallery.
pictures: $(TESTING) browser
	$(BIN)/python tests/preview/screenshot.py docs/preview.png
	$(BIN)/python tests/print/pictures.py

# The tests of the page drive a real browser, best without its windows: a page then takes a third of the time. Nothing of it
# is fetched by Python.
browser:
	@command -v chromium-headless-shell >/dev/null || \
	{ test "$$(id -u)" = 0 && command -v apt-get >/dev/null && apt-get update -qq && \
	  { apt-get install -y -qq chromium-headless-shell || apt-get install -y -qq chromium; } >/dev/null 2>&1; } || \
	command -v chromium >/dev/null || command -v chromium-browser >/dev/null || \
	{ echo "The tests of the page need the browser Chromium. Install it (Debian: apt-get install chromium-headless-shell; Ubuntu: apt-get install chromium), and run this again."; exit 1; }

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage*

$(VENV)/pyvenv.cfg:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Golden Thread needs Python 3.11 or newer: set PYTHON=python3.12, say"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(RUN): $(VENV)/pyvenv.cfg pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[web]'
	@touch $@

$(TESTING): $(VENV)/pyvenv.cfg pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	@touch $(RUN) $@

$(BENCHING): $(TESTING)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test,bench]'
	@touch $@
