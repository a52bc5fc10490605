# Every command of the project. `make` alone lists them.
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
UV := $(shell command -v uv 2>/dev/null)
# Three processes for two cores, as tests wait a fourth of the time; each takes whole modules, so that what a module needs is made once.
SHARED := -n 3 --dist loadscope --no-loadscope-reorder

.PHONY: help setup run test quick check bench soak docs fix score

help: ## list the commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

setup: $(READY) ## make the environment in .venv, with the `concord` command

$(READY): requirements.lock pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
ifdef UV
	uv pip sync --quiet --compile-bytecode --python $(BIN)/python --require-hashes requirements.lock
	uv pip install --quiet --python $(BIN)/python --no-deps --editable .
else
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
endif
	@$(BIN)/python -m compileall -q app
	@touch $@

run: setup ## audit the demo company, then serve the API on http://127.0.0.1:8000
	@$(BIN)/concord audit app/catalogue/templates/telecom.yaml --exit-zero
	@$(BIN)/concord serve

test: setup ## every test: units, properties, contract, labelled companies, browser
	@tools/chromium.sh
	$(BIN)/python -m pytest $(SHARED) tests

quick: setup ## the tests that take under a minute
	CONCORD_COUNTS=few $(BIN)/python -m pytest -n 2 --dist loadscope -m "not slow" tests

check: setup ## lint, format, types, import contracts, generated files
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m app.catalogue.compile --check
	$(BIN)/python -m tools.openapi --check
	$(BIN)/python -m tools.docs --check

bench: setup ## performance as ratios to stated baselines
	@$(BIN)/python -m compileall -q app
	$(BIN)/python -m tests.bench

soak: setup ## every test with its counts in full
	@tools/chromium.sh
	CONCORD_COUNTS=full $(BIN)/python -m pytest $(SHARED) tests

docs: setup ## write the generated pages and files again
	$(BIN)/python -m app.catalogue.compile
	$(BIN)/python -m tools.openapi
	$(BIN)/python -m tools.docs

fix: setup ## mend what lint and format can mend
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

score: setup ## the figures on the labelled companies
	$(BIN)/python -m tests.cases.table
