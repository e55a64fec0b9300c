# A thin face: each target sets .venv up for what it needs (tools/bootstrap.py, nothing to do the second time) and runs.
# ARGS is handed on: make demo ARGS="--for 30s", make test ARGS="-k layers".

PYTHON ?= python3
ARGS ?=
PYTEST = .venv/bin/python -m pytest
.DEFAULT_GOAL = help
.PHONY: help demo picture test check interop npm soak bench docs lock clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-9s %s\n", $$1, $$2 }' Makefile

# The trap keeps the shell alive while Ctrl-C ends the demo, so that make has nothing to complain about.
demo: ## the smallest venue and its visitors on this machine, in a live view; q or Ctrl-C ends it
	@$(PYTHON) tools/bootstrap.py --for demo
	@trap : INT; .venv/bin/ringmaster demo $(ARGS); code=$$?; [ $$code -eq 130 ] || exit $$code

picture: ## docs/pictures/demo.svg anew, from forty seconds of a real demo
	@$(PYTHON) tools/bootstrap.py --for demo
	@.venv/bin/ringmaster demo --for 38s --picture docs/pictures/demo.svg

test: ## all tests that end within minutes
	@$(PYTHON) tools/bootstrap.py --for test
	@$(PYTEST) -m "not interop and not soak" $(ARGS)

check: ## style, types, imports, length of files and functions
	@$(PYTHON) tools/bootstrap.py --for check
	@.venv/bin/python tools/check.py

interop: ## tests with other people's programs, many repetitions
	@$(PYTHON) tools/bootstrap.py --for test
	@command -v npm >/dev/null && $(MAKE) --no-print-directory npm || echo "without build/npm: its tests are skipped"
	@$(PYTEST) -m interop $(ARGS)

npm: build/npm/node_modules/.package-lock.json ## programs for Node that interop tests ask, in build/npm
	@:

build/npm/node_modules/.package-lock.json: tests/editor/package.json tests/editor/package-lock.json
	@mkdir -p build/npm && cp $^ build/npm/
	@npm ci --prefix build/npm --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

soak: ## long random runs
	@$(PYTHON) tools/bootstrap.py --for test
	@RINGMASTER_SOAK=1 $(PYTEST) -m soak $(ARGS)

bench: ## measurements, each beside a reference in the same run
	@$(PYTHON) tools/bootstrap.py --for test
	@.venv/bin/python -m bench $(ARGS)

docs: ## the pages that are written from the code: docs/devices.md
	@$(PYTHON) tools/bootstrap.py --for demo
	@mkdir -p build && .venv/bin/ringmaster export devices > build/devices.md && mv build/devices.md docs/devices.md

lock: ## requirements/*.lock anew from pyproject.toml; ARGS=--upgrade for newer releases
	@$(PYTHON) tools/lock.py $(ARGS)

clean: ## away with .venv and all caches; what the demo keeps in .ringmaster stays
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build dist
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
