# Everything a contributor runs. `make help` lists it; `make demo` and `make test` work on a bare machine
# with Python 3.11, make and git.

PYTHON ?= $(shell command -v python3.11 || command -v python3 || echo python3.11)
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.gouvernail-setup
CATALOGUES := $(wildcard src/gouvernail/locale/*/LC_MESSAGES/*.po)
UV := $(BIN)/uv

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup demo test test-slow test-spark readings check format lint types imports messages-check audit docs docs-check \
	docs-reference bench truth coverage messages new-check new-kpi new-source lock changelog clean

help:  ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  %-15s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# --- set up ----------------------------------------------------------------------------------------------

setup: $(STAMP) catalogues  ## Build .venv from requirements.lock (only what changed since last time)

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null \
		|| { echo "Gouvernail needs Python 3.11. Install it, or name it: make setup PYTHON=/path/to/python3.11"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(UV): | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check "uv==0.13.9"

# Bytecode is compiled once here: imports are two to four times slower without it.
$(STAMP): requirements.lock pyproject.toml hatch_build.py | $(UV)
	$(UV) pip install --quiet --python $(BIN)/python --require-hashes --compile-bytecode -r requirements.lock
	$(UV) pip install --quiet --python $(BIN)/python --no-build-isolation --no-deps --editable .
	@touch $@

.PHONY: catalogues
catalogues: $(STAMP) $(CATALOGUES:.po=.mo)

%.mo: %.po | $(STAMP)
	@$(BIN)/pybabel --quiet compile --input-file $< --output-file $@ --locale $(notdir $(patsubst %/LC_MESSAGES/,%,$(dir $<)))

lock: $(UV)  ## Pin the dependencies anew into requirements.lock (add UPGRADE=1 for newer versions)
	$(UV) pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes --no-header \
		--extra web --extra dev $(if $(UPGRADE),--upgrade) --output-file requirements.lock

# --- see it ----------------------------------------------------------------------------------------------

demo: setup  ## Build the demo company and its report, load it into the web application, run that
	$(BIN)/gouvernail demo --serve

# --- test ------------------------------------------------------------------------------------------------

# Two workers; tests of one file stay together, so that costly fixtures are made once.
PYTEST := $(BIN)/pytest -q -n 2 --dist loadfile
PYTEST_ARGS ?=

test: setup  ## Run the tests, but for the slow ones
	$(PYTEST) -m "not slow" $(PYTEST_ARGS)

test-slow: setup  ## Run the slow tests
	$(PYTEST) -m slow $(PYTEST_ARGS)

readings: setup  ## Write anew what the demos say (tests/simulate/readings); then read what changed
	$(BIN)/pytest -q tests/simulate/test_measured.py -k read_aloud --rewrite-readings

# The crawl reads streamed answers, whose end closes the connection that the test's transaction stands on.
test-postgres: setup  ## Run the web application's quick tests on a real PostgreSQL, where it is installed
	$(BIN)/python -m tools.with_postgres $(PYTEST) -m "not slow and not browser" --ignore=tests/web/journeys tests/web $(PYTEST_ARGS)

test-spark: setup  ## Compare the numbers of Spark and DuckDB, in an environment of its own (Java; fetches 450 MB once)
	@$(BIN)/python -m tools.with_spark -m pytest -q -m spark tests/simulate/test_spark.py $(PYTEST_ARGS)

coverage: setup  ## Run every test and say which lines none of them reaches
	$(PYTEST) --cov --cov-report=term --cov-report=html $(PYTEST_ARGS)

# --- check -----------------------------------------------------------------------------------------------

check: lint types imports messages-check docs-check audit  ## Format, lint, types, imports, translations, docs, known flaws
	@echo "check: all good."

format: setup  ## Put the code in form
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format --quiet .

lint: setup
	$(BIN)/ruff format --check --quiet . || { echo "Run: make format"; exit 1; }
	$(BIN)/ruff check .

types: setup
	$(BIN)/mypy

imports: setup
	$(BIN)/lint-imports

messages-check: setup
	$(BIN)/python -m tools.messages --check

audit: setup
	$(BIN)/python -m tools.audit

# --- words -----------------------------------------------------------------------------------------------

messages: setup  ## Bring the French catalogues up to date with the sentences in the code
	$(BIN)/python -m tools.messages

docs-reference: setup  ## Write the generated reference pages
	$(BIN)/python -m tools.generate_docs

docs: docs-reference  ## Build the documentation into site/
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet
	@echo "Documentation: site/index.html"

docs-check: setup  ## Fail when a generated reference page is stale
	$(BIN)/python -m tools.generate_docs --check

changelog: setup  ## Show the changelog as the fragments would make it
	$(BIN)/towncrier build --draft --version next

# --- measure ---------------------------------------------------------------------------------------------

bench: setup  ## Measure speed and memory, as ratios (ONLY=name for one; QUICK=1 for a tenth of the size)
	$(BIN)/python -m benchmarks.run $(if $(QUICK),--quick) $(ONLY)

truth: setup  ## Try measurement against known truth and other packages, and print every bar (ONLY=name for one)
	$(BIN)/python -m tools.truth $(ONLY)

# --- add -------------------------------------------------------------------------------------------------

new-check: setup  ## Scaffold a rule: make new-check CODE=VAL02 NAME=commonplace_value TITLE="Commonplace value"
	$(BIN)/python -m tools.scaffold check "$(CODE)" "$(NAME)" "$(TITLE)"

new-kpi: setup  ## Scaffold a metric: make new-kpi FAMILY=marketing NAME=cost_per_demo TITLE="Cost per demo"
	$(BIN)/python -m tools.scaffold kpi "$(FAMILY)" "$(NAME)" "$(TITLE)"

new-source: setup  ## Scaffold a vendor: make new-source NAME=tiktok_ads TITLE="TikTok Ads"
	$(BIN)/python -m tools.scaffold source "$(NAME)" "$(TITLE)"

clean:  ## Remove what was built, but for .venv
	rm -rf site htmlcov .coverage .coverage.* .mypy_cache .ruff_cache .pytest_cache benchmarks/out demo
