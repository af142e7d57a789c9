# The one door to the project. `make` says what there is.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DATA ?= data
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet install
CLIENT_PIP = $(BIN)/python -m pip --python $(@D)/bin/python --disable-pip-version-check --quiet install --no-compile
JAVASCRIPT := tests/clients/javascript
CONSOLE := src/ostiary/server/console/files/index.html
# Without Node.js 20.19, 22.12 or newer the server runs without its console, and says so there.
NODE_FITS := const [a, b] = process.versions.node.split('.').map(Number); a > 22 || (a === 22 && b > 11) || (a === 20 && b > 18) || ''
CONSOLE_IF_NODE := $(if $(shell node -p "$(NODE_FITS)" 2>/dev/null),$(CONSOLE))
CHROMIUM := $(if $(shell command -v chromium),,chromium)
CLIENTS := $(patsubst %,.venv-clients-%/set-up.done,ansible cloudsplaining custodian prowler) $(JAVASCRIPT)/node_modules/set-up.done

.DEFAULT_GOAL := help

## -- Use ------------------------------------------------------------------------------------------------------------

.PHONY: serve
serve: $(VENV)/runtime.done $(CONSOLE_IF_NODE) ## Start the server on ./data (DATA=DIR for another place), set up on the first start
	@$(BIN)/ostiary serve --data $(DATA) $(ARGS)

## -- Work -----------------------------------------------------------------------------------------------------------

.PHONY: test
test: ## Lint, check types and layers, and run the tests
	@$(MAKE) --no-print-directory --jobs 4 $(VENV)/test.done lint clients $(CONSOLE) $(CHROMIUM)
	@$(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder $(ARGS)

.PHONY: thorough
thorough: $(VENV)/test.done $(CONSOLE) $(CHROMIUM) ## Run the browser tests that `make test` leaves out
	@$(BIN)/python -m pytest -n 2 --dist loadfile -m thorough tests/browser $(ARGS)

.PHONY: lint
lint: $(VENV)/test.done console/node_modules/set-up.done ## Check style, types and the direction of imports
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo
	@npm --prefix console run --silent check

.PHONY: clients
clients: $(CLIENTS) ## Set up the stock clients that tests run: see docs/clients.md

.PHONY: console
console: $(CONSOLE) ## Build the web console (needs Node.js)

.PHONY: chromium
chromium: # The browser that tests drive; from Debian's packages, when it is not there.
	@echo "Installing chromium (once) ..."
	@export DEBIAN_FRONTEND=noninteractive; apt-get install -qq chromium > /dev/null || \
		{ apt-get update -qq && apt-get install -qq chromium > /dev/null; }

.PHONY: fuzz
fuzz: $(VENV)/test.done ## Try twenty times the examples, and put a million questions to engine, reference and checker
	@EXAMPLES_TIMES=20 $(BIN)/python -m pytest -n 2 --quiet -m hypothesis
	@PYTHONPATH=src $(BIN)/python -m tests.differential.fuzz $(ARGS)

.PHONY: bench
bench: bench-decisions ## Measure decisions beside other engines, signed calls and the cold start beside moto's, and large accounts
	@$(BIN)/python -m benches.calls
	@$(BIN)/python -m benches.scale
	@$(BIN)/python -m benches.trail

.PHONY: bench-decisions
bench-decisions: $(VENV)/bench.done ## Measure decisions only
	@$(BIN)/python -m benches.decisions

.PHONY: clean
clean: ## Remove what was built; data directories stay
	@rm -rf $(VENV) .venv-clients-* $(JAVASCRIPT)/node_modules console/node_modules src/ostiary/server/console/files build dist src/*.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
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

# A stock client has an environment of its own, so that its versions and the server's do not bind each other.
# Its tests import a small part of it, so nothing is compiled before it is needed.
.venv-clients-%/packages.done: requirements/clients-%.txt | $(VENV)/base.done
	@echo "Setting up $(@D) (once) ..."
	@$(PYTHON) -m venv --without-pip $(@D)
	@$(CLIENT_PIP) --require-hashes -r $<
	@touch $@

# What this one declares but a scan of IAM does not import is left out: see tools/lock.sh.
.venv-clients-prowler/packages.done: requirements/clients-prowler.txt | $(VENV)/base.done
	@echo "Setting up $(@D) (once) ..."
	@$(PYTHON) -m venv --without-pip $(@D)
	@$(CLIENT_PIP) --no-deps --require-hashes -r $<
	@touch $@

.venv-clients-%/set-up.done: .venv-clients-%/packages.done
	@touch $@

.PRECIOUS: .venv-clients-%/packages.done

# The package of all of Ansible's collections unpacks to half a gigabyte, of which a hundredth is AWS's.
.venv-clients-ansible/set-up.done: .venv-clients-ansible/packages.done requirements/clients-ansible-collections.txt
	@rm -rf $(@D)/collections $(@D)/download
	@$(BIN)/python -m pip --disable-pip-version-check --quiet download --no-deps --require-hashes --only-binary :all: \
		--dest $(@D)/download -r requirements/clients-ansible-collections.txt
	@$(@D)/bin/python tools/unpack_collection.py $(@D)/download/*.whl amazon.aws $(@D)/collections
	@rm -rf $(@D)/download
	@touch $@

console/node_modules/set-up.done: console/package-lock.json
	@echo "Setting up the console (once) ..."
	@npm --prefix console ci --silent --ignore-scripts
	@touch $@

$(CONSOLE): console/node_modules/set-up.done console/index.html console/vite.config.ts $(shell find console/src console/public -type f)
	@npm --prefix console run --silent build -- --logLevel warn
	@touch $@

$(JAVASCRIPT)/node_modules/set-up.done: $(JAVASCRIPT)/package-lock.json
	@echo "Setting up $(@D) (once) ..."
	@npm --prefix $(JAVASCRIPT) ci --silent --ignore-scripts
	@touch $@

.PHONY: help
help: ## Say what there is
	@awk -F ':.*## ' '/^## --/ { gsub(/^## -- | -+$$/, ""); print "\n" $$0 } \
		/^[a-z-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
