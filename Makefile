# Five commands: run, test, check, format, bench. Each sets up what it needs first.
PYTHON ?= python3
BIN := .venv/bin
RUN_ENV := .venv/.run
DEV_ENV := .venv/.dev
# pip is told not to ask about versions, so that a closed network says nothing of it.
PIP := $(BIN)/pip --disable-pip-version-check --quiet
ONLY ?=

.PHONY: run test check format bench lock clean

run: $(RUN_ENV)
	@tools/run.sh

test: $(DEV_ENV)
	@QT_QPA_PLATFORM=$${QT_QPA_PLATFORM:-offscreen} $(BIN)/python -m pytest $(ARGS)

check: $(DEV_ENV)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(DEV_ENV)
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

bench: $(DEV_ENV)
	@QT_QPA_PLATFORM=$${QT_QPA_PLATFORM:-offscreen} $(BIN)/python -m tests.benchmarks.run $(if $(ONLY),--only $(ONLY))

# Needs `uv`; the lock files keep hashes and no address of any index.
lock:
	for set in build dev; do \
	  uv pip compile --quiet --generate-hashes --no-emit-index-url --universal \
	    --python-version 3.11 --custom-compile-command "make lock" \
	    requirements/$$set.in -o requirements/$$set.lock; \
	done

clean:
	rm -rf .venv out build dist

.venv/bin/python:
	@tools/system-packages.sh
	$(PYTHON) -m venv .venv

$(RUN_ENV): requirements/build.lock pyproject.toml | .venv/bin/python
	$(PIP) install --require-hashes -r requirements/build.lock
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(DEV_ENV): requirements/dev.lock pyproject.toml | .venv/bin/python
	$(PIP) install --require-hashes -r requirements/dev.lock
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@ $(RUN_ENV)
