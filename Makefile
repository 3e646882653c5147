# Everything a newcomer needs. A fresh machine has python3 (3.11 or newer), make and a package index; the rest is pinned.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet
JOBS ?= 2
# One thread a process: the tests and --jobs use several processes already.
export OMP_NUM_THREADS ?= 1

.DEFAULT_GOAL := help
PORT ?= 8000
.PHONY: help demo desk audit test browser lint types contracts check format bench locks clean

help: ## what there is
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

demo: $(VENV)/.run-installed ## install, code the bundled sample reports, print the surest claims
	@$(BIN)/python scripts/demo.py

desk: $(VENV)/.run-installed ## code the bundled sample reports into a store and open the desk on it
	@mkdir -p desk-output
	@$(BIN)/reportedly ingest "$$($(BIN)/reportedly samples)" --store desk-output/samples.db
	@echo "Begin with the tour: http://127.0.0.1:$(PORT)/tour"
	@$(BIN)/reportedly serve --store desk-output/samples.db --port $(PORT)

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

audit: $(VENV)/.dev-installed ## known weaknesses: of the sources, and of what is installed where the network allows
	$(BIN)/bandit --quiet --recursive --severity-level medium src
	$(BIN)/python -m pip check
	@if $(BIN)/python -c "import pip_audit" 2>/dev/null; then $(BIN)/pip-audit --require-hashes --disable-pip -r requirements.txt; \
	else echo "pip-audit is not installed, so what is installed was not compared with known weaknesses"; fi

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
	rm -rf $(VENV) demo-output desk-output dist build .pytest_cache .mypy_cache .ruff_cache .import_linter_cache

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
