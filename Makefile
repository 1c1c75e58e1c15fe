# Five commands: run, test, check, format, bench. Each sets up what it needs first.
export PYTHON ?= python3
BIN := .venv/bin
ONLY ?=

.PHONY: run test check format bench soak package package-test repository medium release lock clean run-set dev-set

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
	$(BIN)/python -m tools.apis

format: dev-set
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

bench: dev-set
	@QT_QPA_PLATFORM=$${QT_QPA_PLATFORM:-offscreen} $(BIN)/python -m tests.benchmarks.run $(if $(ONLY),--only $(ONLY))

# What takes long: ten minutes of a room in trouble, two hundred kills, forty times a server that fails.
# SOAK_S, SOAK_KILLS, SOAK_ROUNDS and SOAK_SEED change it; SOAK=stalls runs that one alone.
SOAK ?= room kills stalls
soak: dev-set
	@QT_QPA_PLATFORM=$${QT_QPA_PLATFORM:-offscreen} $(BIN)/python -m pytest -s -o faulthandler_timeout=0 $(SOAK:%=tests/soak/test_%.py) $(ARGS)

# The signed package, its repository, and the medium to carry: docs/manual/releasing.md. KEYS names
# the releaser's keys; without it throw-away ones are made.
# A Python of Debian's keeps its library, which is frozen too, in a package of its own.
LIBPYTHON = import sys; print("libpython%d.%d" % sys.version_info[:2] * (sys.base_prefix == "/usr"))

package:
	@tools/system-packages.sh binutils dpkg-dev patchelf $$($(PYTHON) -c '$(LIBPYTHON)')
	@$(PYTHON) -m tools.package.build

repository: run-set
	@tools/system-packages.sh reprepro gnupg
	@$(BIN)/python -m tools.package.repository

medium: run-set
	@tools/system-packages.sh reprepro gnupg
	@$(BIN)/python -m tools.package.medium

# Installs, upgrades, attacks and removes the package in clean roots; as root. SHORT=1: what CI runs.
# UBUNTU_MIRROR=URL: on Ubuntu 24.04 too.
package-test: dev-set medium
	@tools/system-packages.sh debootstrap reprepro gnupg minisign xvfb iproute2 \
	  $(if $(SHORT),,systemd-container xdotool openbox lintian)
	@PASER_PACKAGE_TEST=1 QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest --durations=10 \
	  tests/package/install $(if $(SHORT),-m short) $(ARGS)

release: dev-set
	@$(BIN)/python -m tools.package.release

# Needs `uv`; the lock files keep hashes and no address of any index.
lock:
	for set in build dev package; do \
	  uv pip compile --quiet --generate-hashes --no-emit-index-url --universal \
	    --python-version 3.11 --custom-compile-command "make lock" \
	    requirements/$$set.in -o requirements/$$set.lock; \
	done

clean:
	rm -rf .venv out build dist
