# Everything a newcomer needs: `make run`, `make test`, `make help`.

PYTHON3 ?= python3
VENV    := .venv
PYTHON  := $(VENV)/bin/python
STAMPS  := var/stamps
BROWSER ?= yes

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev run worker test check bench fix schema migration migrate seed reindex \
        doctor lock clean

help: ## Show this list
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  \033[1m%-10s\033[0m %s\n", $$1, $$2}' \
		$(MAKEFILE_LIST)

setup: ## Install what running needs (python ≥ 3.11, node ≥ 20), both kinds at the same time
	@$(MAKE) --silent --no-print-directory --jobs=2 $(STAMPS)/project $(STAMPS)/assets

run: setup ## Start everything: http://localhost:8000
	@exec $(PYTHON) -m marketplace.app up

worker: setup ## Start only a worker
	@exec $(PYTHON) -m marketplace.app worker

test: setup-dev ## Run the tests in a real browser, too; without one: make test BROWSER=no
	@[ "$(BROWSER)" = no ] || scripts/ensure-chromium
	$(PYTHON) -m pytest --numprocesses=2 $(if $(filter no,$(BROWSER)),-m "not browser") $(ARGS)

check: setup-dev ## Check style, types, layers, templates and spelling
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m mypy
	$(VENV)/bin/lint-imports
	$(VENV)/bin/djlint frontend/templates --lint --quiet
	$(VENV)/bin/codespell
	$(PYTHON) -m pytest -q --numprocesses=2 tests/house

bench: setup-dev ## Measure requests, processor time and relevance
	$(PYTHON) -m tests.bench $(ARGS)

fix: setup-dev ## Mend what can be mended by itself
	$(PYTHON) -m ruff check --fix .
	$(PYTHON) -m ruff format .

schema: setup ## Write graphql/schema.graphql from the code
	$(PYTHON) -m marketplace.app schema

migration: setup-dev ## Write a migration: make migration SENTENCE="add the price lists"
	$(PYTHON) -m marketplace.app migration "$(SENTENCE)"

migrate: setup ## Bring the database up to date
	$(PYTHON) -m marketplace.app migrate

seed: setup ## Load the demo (again): make seed PRODUCTS=5000 for more
	$(PYTHON) -m marketplace.app seed $(if $(PRODUCTS),--products $(PRODUCTS))

reindex: setup ## Build the search index anew, without a gap
	$(PYTHON) -m marketplace.app reindex

doctor: setup ## Say what is configured, reachable, missing, and how to mend it
	@$(PYTHON) -m marketplace.app doctor

lock: ## Write the lock files anew from pyproject.toml (needs uv)
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-annotate --custom-compile-command "make lock" -o requirements.lock pyproject.toml
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-annotate --custom-compile-command "make lock" -c requirements.lock --extra dev \
		-o requirements-dev.lock pyproject.toml

clean: ## Remove everything that was made, the demo's data included
	@$(PYTHON3) scripts/clean.py

# What follows is done again only when its inputs have changed.

setup-dev: setup
	@$(MAKE) --silent --no-print-directory $(STAMPS)/dev

$(STAMPS)/venv:
	@$(PYTHON3) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed: make run PYTHON3=/path/to/python3.11"; exit 1; }
	@[ -x $(PYTHON) ] || $(PYTHON3) -m venv $(VENV)
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/runtime: requirements.lock $(STAMPS)/venv
	echo 'Installing Python packages …'
	scripts/install-packages $(PYTHON) requirements.lock
	@touch $@

$(STAMPS)/project: pyproject.toml $(STAMPS)/runtime
	@$(PYTHON) scripts/link_project.py
	@touch $@

$(STAMPS)/dev: requirements-dev.lock $(STAMPS)/runtime
	echo 'Installing the tools of development …'
	scripts/install-packages $(PYTHON) requirements-dev.lock
	@touch $@

$(STAMPS)/packages: package.json package-lock.json .npmrc
	@node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)' || \
		{ echo "Node 20 or newer is needed."; exit 1; }
	echo 'Installing node packages …'
	npm ci --no-audit --no-fund --loglevel=error > /dev/null
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/assets: $(STAMPS)/packages $(shell find frontend/assets frontend/templates -type f 2>/dev/null)
	echo 'Building styles and scripts …'
	npm run --silent build > /dev/null 2>&1 || npm run build
	@touch $@
