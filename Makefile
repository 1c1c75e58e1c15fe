# Five commands: run, test, check, format, bench. Each sets up what it needs first.
export PYTHON ?= python3
BIN := .venv/bin
ONLY ?=

.PHONY: run test check format bench lock clean run-set dev-set

run-set:
	@tools/venv.sh build

dev-set:
	@tools/venv.sh dev

run: run-set
	@tools/run.sh

test: dev-set
	@QT_QPA_PLATFORM=$${QT_QPA_PLATFORM:-offscreen} $(BIN)/python -m pytest $(ARGS)

check: dev-set
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: dev-set
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

bench: dev-set
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
