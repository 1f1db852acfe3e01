# What you do with Solidground. `make` alone lists it.
#
# Needed: Python 3.11 or newer, git and make. uv is used where it is there, and pip otherwise;
# both install exactly what requirements.txt pins, by hash.

PYTHON ?= $(shell for name in python3 python3.14 python3.13 python3.12 python3.11; do \
  $$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$name && break; \
  done)
BLUEPRINT ?= examples/field_service.yml
DIR ?= demo
PORT ?= 8000
ARGS ?=

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready
# A file's tests stay together, and begin in the order of files: what they share is made once.
AT_ONCE := --numprocesses=auto --dist=loadfile --no-loadscope-reorder

export UV_PYTHON_DOWNLOADS ?= never
# Many programs of the same code are started: it is compiled once, also where that was switched off.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help env browser demo screenshots test test-all lint format bench mutation starter lock clean

help: ## List what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

env: $(READY) ## Make the environment in .venv

browser: ## Install Chromium, which looks at pages in tests, where it is missing
	@.ci/chromium

demo: $(READY) ## Generate a project, start it, ask it something: BLUEPRINT= DIR=demo PORT=8000
	@$(BIN)/python -m dev.demo --blueprint '$(BLUEPRINT)' --dir '$(DIR)' --port '$(PORT)'

screenshots: DIR = ../screenshots
screenshots: $(READY) browser ## Keep pictures of a working day with the pages: BLUEPRINT= DIR=../screenshots
	@$(BIN)/python -m dev.screenshots --blueprint '$(BLUEPRINT)' --dir '$(DIR)'

test: $(READY) ## Run the tests, all at once or some: ARGS='-k names'
	@$(BIN)/python -m pytest -m 'not full' $(or $(ARGS),$(AT_ONCE))

test-all: export SOLIDGROUND_BLUEPRINTS ?= 200
test-all: export SOLIDGROUND_MIGRATIONS ?= 20
test-all: export SOLIDGROUND_TESTED ?= 5
test-all: $(READY) ## Run the long ones too
	@$(BIN)/python -m pytest $(or $(ARGS),$(AT_ONCE))

lint: $(READY) ## Look for faults, types and forbidden imports
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

format: $(READY) ## Format the code
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

bench: $(READY) ## Measure, as ratios within one run
	@$(BIN)/python -m dev.bench

mutation: $(READY) ## Leave out what policies and models say, and see what tests notice: BLUEPRINT=
	@$(BIN)/python -m dev.mutation '$(BLUEPRINT)'

starter: $(READY) ## Write what follows from examples/starter.yml
	@$(BIN)/python -m dev.starter

lock: $(READY) ## Pin the newest versions that fit pyproject.toml
	@$(BIN)/uv pip compile pyproject.toml --group dev --group browser --group generated --group full --universal \
	  --no-strip-extras --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
	  --no-annotate --no-header --quiet --output-file requirements.txt

clean: ## Remove what tools have left, and the environment
	@rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis build dist

$(READY): requirements.txt pyproject.toml
	@test -n "$(PYTHON)" || { echo 'Python 3.11 or newer is needed; none was found.' >&2; exit 1; }
	@echo 'Making the environment in $(VENV) …' >&2
	@rm -rf $(VENV)
	@$(PYTHON) -m venv $(VENV)
	@if uv --version >/dev/null 2>&1; then \
	  uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements.txt && \
	  uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .; \
	else \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes \
	    -r requirements.txt && \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps \
	    --no-build-isolation --editable .; \
	fi
	@touch $@
