# make demo: reads the bundled examples and shows them. make test: all checks. make bench: figures. Each builds .venv first where needed.
PYTHON ?= $(firstword $(foreach python,python3.11 python3.12 python3.13 python3,$(shell $(python) -c 'import sys; sys.version_info >= (3, 11) and print("$(python)")' 2>/dev/null)))
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
WEIGHTS := packages/dragoman-weights-en
DEMO ?= $(VENV)/demo

.PHONY: demo test bench readme lock clean

demo: $(VENV)/.run
	$(BIN)/dragoman demo --project $(DEMO)

test: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/pytest -q

bench: $(VENV)/.dev
	$(BIN)/python bench/speed.py

# The screen and the pictures in README.md; the tests compare the one and take the others again.
readme: $(VENV)/.dev
	$(BIN)/python docs/fill_readme.py
	DRAGOMAN_PICTURES=docs/images $(BIN)/pytest -q tests/browser/test_screenshots.py

# The lock files name each version with its hashes, for every platform. Run this after a change of dependencies in pyproject.toml.
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-emit-package dragoman-weights-en --custom-compile-command "make lock" pyproject.toml
lock: $(VENV)/.dev
	$(LOCK) --upgrade --output-file requirements.lock
	$(LOCK) --upgrade --group dev --output-file requirements-dev.lock

$(VENV)/.python:
	@test -n "$(PYTHON)" || { echo "Dragoman needs Python 3.11 or newer: install it, or name it with 'make PYTHON=...'" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	touch $@

$(VENV)/.run: requirements.lock pyproject.toml $(WEIGHTS)/pyproject.toml | $(VENV)/.python
	$(PIP) install --require-hashes -r requirements.lock
	$(PIP) install --no-deps --editable $(WEIGHTS) --editable .
	touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.run
	$(PIP) install --require-hashes -r requirements-dev.lock
	touch $@

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache build dist
	find src bench tests packages -name __pycache__ -prune -exec rm -rf {} +
