# The one door to the project. `make` says what there is.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DATA ?= data
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet install

.DEFAULT_GOAL := help

## -- Use ------------------------------------------------------------------------------------------------------------

.PHONY: serve
serve: $(VENV)/runtime.done ## Start the server on ./data (DATA=DIR for another place), set up on the first start
	@$(BIN)/ostiary serve --data $(DATA) $(ARGS)

## -- Work -----------------------------------------------------------------------------------------------------------

.PHONY: test
test: lint ## Lint, check types and layers, and run all tests
	@$(BIN)/python -m pytest -n 2 --dist loadfile $(ARGS)

.PHONY: lint
lint: $(VENV)/test.done ## Check style, types and the direction of imports
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

.PHONY: fuzz
fuzz: $(VENV)/test.done ## Put a million questions to the engine, the reference evaluator and the certificate checker
	@PYTHONPATH=src $(BIN)/python -m tests.differential.fuzz $(ARGS)

.PHONY: bench
bench: bench-decisions ## Measure decisions beside other engines, signed calls and the cold start beside moto's, and large accounts
	@$(BIN)/python -m benches.calls
	@$(BIN)/python -m benches.scale

.PHONY: bench-decisions
bench-decisions: $(VENV)/bench.done ## Measure decisions only
	@$(BIN)/python -m benches.decisions

.PHONY: clean
clean: ## Remove what was built; data directories stay
	@rm -rf $(VENV) build dist src/*.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	@find . -name __pycache__ -prune -exec rm -rf {} +

## -- Upkeep ---------------------------------------------------------------------------------------------------------

.PHONY: lock
lock: $(VENV)/base.done ## Pin the newest versions of everything (needs uv)
	@PATH="$(CURDIR)/$(BIN):$$PATH" tools/lock.sh --upgrade

.PHONY: catalogue
catalogue: $(VENV)/tools.done ## Make the catalogue's data files anew
	@$(BIN)/python tools/build_managed_policies.py
	@$(BIN)/python tools/build_service_linked_roles.py
	@$(BIN)/python tools/build_actions.py
	@$(BIN)/python tools/build_services.py

## -- Set-up ---------------------------------------------------------------------------------------------------------

$(VENV)/base.done: requirements/build.txt
	@$(PYTHON) -c 'import sys; sys.exit("Ostiary needs Python 3.11 or newer") if sys.version_info < (3, 11) else None'
	@echo "Setting up $(VENV) (once) ..."
	@$(PYTHON) -m venv $(VENV)
	@$(PIP) --require-hashes -r requirements/build.txt
	@touch $@

$(VENV)/runtime.done: $(VENV)/base.done requirements/runtime.txt pyproject.toml
	@$(PIP) --require-hashes -r requirements/runtime.txt
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/%.done: $(VENV)/runtime.done requirements/%.txt
	@$(PIP) --require-hashes -r requirements/$*.txt
	@touch $@

.PHONY: help
help: ## Say what there is
	@awk -F ':.*## ' '/^## --/ { gsub(/^## -- | -+$$/, ""); print "\n" $$0 } \
		/^[a-z-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
