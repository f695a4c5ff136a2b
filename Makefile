# `make` lists the targets.
.DEFAULT_GOAL := help
PYTHON ?= python3
# Red-DiscordBot runs on nothing newer.
STRANGERS_PYTHON ?= python3.11
VENV := .venv
RUN := $(VENV)/bin/python
DOC ?= samples/open-plan.txt
KILLS ?= 50
SEED ?= 1
BENCH ?= all
PIP := $(RUN) -m pip install --quiet --disable-pip-version-check --constraint constraints.txt

.PHONY: help setup try test long check format commands picture bench chaos stranger pins

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | awk -F'\t' '{printf "  make %-9s %s\n", $$1, $$2}'

setup: $(VENV)/.try ## make .venv and install the pinned dependencies

try: $(VENV)/.try ## rehearse the sample document, or another: make try DOC=path
	@$(RUN) -m bot rehearse "$(DOC)"

test: $(VENV)/.test ## run the tests
	@$(RUN) -m pytest -n auto

long: $(VENV)/.test ## run the tests that take long: hostile texts, more kills, all kinds of server
	@$(RUN) -m pytest -n auto -m long --timeout 900

check: $(VENV)/.check ## formatting, lint, types, imports
	@$(VENV)/bin/ruff format --check .
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/pyright
	@$(VENV)/bin/lint-imports

format: $(VENV)/.check ## format the code and mend what lint can mend
	@$(VENV)/bin/ruff format .
	@$(VENV)/bin/ruff check --fix .

commands: $(VENV)/.test ## renew the snapshot of all slash commands
	@SNAPSHOT=renew $(RUN) -m pytest -q tests/house/test_commands.py

picture: $(VENV)/.try ## renew the README's picture of a report
	@$(RUN) -m bot rehearse "$(DOC)" --picture docs/report.svg

bench: $(VENV)/.try ## measure everything: make bench BENCH="votes --quick" measures less
	@$(RUN) -m bench $(BENCH)

chaos: $(VENV)/.try ## kill the bot again and again: make chaos KILLS=50 SEED=1
	@$(RUN) -m chaos --kills $(KILLS) --seed $(SEED)

stranger: $(VENV)/.test build/stranger/.installed ## run a stranger's bot, Red-DiscordBot, on the stand-in
	@$(RUN) -m rehearsal.stranger

pins: ## upgrade every pin in constraints.txt
	@$(PYTHON) -m venv --clear build/pins
	@build/pins/bin/python -m pip install --quiet --disable-pip-version-check --upgrade '.[test,check]'
	@(head -2 constraints.txt; build/pins/bin/python -m pip freeze --exclude point-eleven) > build/constraints.txt
	@mv build/constraints.txt constraints.txt

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; name one with make PYTHON=python3.12 …")'
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.try: $(VENV)/bin/python pyproject.toml constraints.txt
	@echo "Installing the pinned dependencies into $(VENV) …"
	@$(PIP) --editable '.[rehearsal]'
	@touch $@

$(VENV)/.test: $(VENV)/.try
	@echo "Installing what the tests need …"
	@$(PIP) --editable '.[test]'
	@touch $@

$(VENV)/.check: $(VENV)/.test
	@echo "Installing what the checks need …"
	@$(PIP) --editable '.[test,check]'
	@touch $@

build/stranger/.installed: rehearsal/stranger/requirements.txt
	@echo "Installing Red-DiscordBot into build/stranger …"
	@$(STRANGERS_PYTHON) -m venv --clear build/stranger
	@build/stranger/bin/python -m pip install --quiet --disable-pip-version-check --requirement $<
	@touch $@
