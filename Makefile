# Everything a newcomer needs. A fresh machine has python3 (3.11 or newer), make and a package index; the rest is pinned.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet
JOBS ?= 2
# One thread a process: the tests and --jobs use several processes already.
export OMP_NUM_THREADS ?= 1

.DEFAULT_GOAL := help
.PHONY: help demo test browser lint types contracts check format bench locks clean

help: ## what there is
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

demo: $(VENV)/.run-installed ## install, code the bundled sample reports, print the surest claims
	@$(BIN)/python scripts/demo.py

test: $(VENV)/.dev-installed ## the whole test suite, except what needs a browser
	$(BIN)/python -m pytest -n $(JOBS) --dist loadfile -m "not browser"

browser: $(VENV)/.dev-installed ## the desk in a real browser; needs chromium
	$(BIN)/python -m pytest -m browser tests/browser

lint: $(VENV)/.dev-installed ## style
	$(BIN)/ruff check --output-format concise src tests scripts benchmarks
	$(BIN)/ruff format --check src tests scripts benchmarks

types: $(VENV)/.dev-installed ## static types
	$(BIN)/mypy

contracts: $(VENV)/.dev-installed ## which module may import which
	$(BIN)/lint-imports --no-logo

check: lint types contracts test ## all four

format: $(VENV)/.dev-installed ## rewrite the sources in the house style
	$(BIN)/ruff check --fix src tests scripts benchmarks
	$(BIN)/ruff format src tests scripts benchmarks

bench: $(VENV)/.dev-installed ## score the public development sets (they lie beside the repository)
	$(BIN)/python -m benchmarks run

locks: ## pin what pyproject.toml asks for; needs uv
	uv pip compile $(LOCK) --extra build -o requirements.txt
	uv pip compile $(LOCK) --extra build --extra dev --extra postgres -o requirements-dev.txt

LOCK := --quiet --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 \
	--constraint constraints.txt pyproject.toml

clean: ## remove what the targets above have made
	rm -rf $(VENV) demo-output dist build .pytest_cache .mypy_cache .ruff_cache .import_linter_cache

# --- the virtual environment; the stamps say for which lock it was made -------------------------------------------------

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "reportedly needs Python 3.11 or newer: make PYTHON=…")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run-installed: requirements.txt pyproject.toml | $(BIN)/python
	$(PIP) --require-hashes -r requirements.txt
	$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev-installed: requirements-dev.txt pyproject.toml | $(BIN)/python
	$(PIP) --require-hashes -r requirements-dev.txt
	$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@
