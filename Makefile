# Jieyou on a bare Linux machine: Python 3.11 or newer, make and pip are enough. `make` alone lists what there is.

PORT ?= 8000
SERVE ?= yes
BIN := .venv/bin
PIP := $(BIN)/python -m pip install -qq --disable-pip-version-check
VENDOR := src/jieyou/interfaces/static/vendor/.stamp
BASE := .venv/.base-installed
TEST := .venv/.test-installed
RUN := PYTHONPATH=tests $(BIN)/python -m support.run

.PHONY: help setup demo test test-face lint format screens walk journeys dist lock clean

help:
	@echo 'make demo     set up, load the demo once, serve it on 127.0.0.1:$(PORT) (SERVE=no: only set up and load)'
	@echo 'make test     the whole suite: linters, SQLite, PostgreSQL, browser (LEGS="sqlite browser": only these)'
	@echo 'make lint     ruff, import-linter, pyright, migrations'
	@echo 'make test-face  every page at four widths, light, dark, 长辈版: axe-core, width, touch (minutes; not in make test)'
	@echo 'make screens  a picture of every page, into docs/screens/pages'
	@echo 'make walk     every exit and return pressed in a browser, a picture of each into docs/screens/exits'
	@echo 'make journeys measures the journeys of a resident, into docs/usability.md'
	@echo 'make format   put the code into shape'
	@echo 'make dist     wheel and sdist, into dist'
	@echo 'make lock     new requirements/*.txt from pyproject.toml (UPGRADE=--upgrade: newest versions)'
	@echo 'make clean    remove all that was set up or built here; the data in JIEYOU_HOME stays'

setup: $(BASE) $(VENDOR)

demo: setup
	@$(BIN)/jieyou demo load
	@if [ "$(SERVE)" != no ]; then exec $(BIN)/jieyou serve --port $(PORT); fi

test: setup $(TEST) node_modules/.package-lock.json
	@$(RUN) $(LEGS)

lint: setup $(TEST) node_modules/.package-lock.json
	@$(RUN) lint

test-face: setup $(TEST) node_modules/.package-lock.json
	@$(RUN) browser -- tests/face/matrix.py

screens: setup $(TEST) node_modules/.package-lock.json
	@mkdir -p docs/screens
	@JIEYOU_SCREENS="$(CURDIR)/docs/screens" $(RUN) browser -- tests/face/album.py

walk: setup $(TEST) node_modules/.package-lock.json
	@mkdir -p docs/screens/exits
	@JIEYOU_SCREENS="$(CURDIR)/docs/screens/exits" $(RUN) browser -- tests/journeys/exits.py

journeys: setup $(TEST) node_modules/.package-lock.json
	@$(BIN)/python bench/journeys.py

format: $(TEST)
	@$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format .

dist: setup
	@$(BIN)/python -m hatchling build

lock: $(BIN)/python
	@$(PIP) uv
	@set -e; export UV_CUSTOM_COMPILE_COMMAND='make lock'; \
	compile="$(BIN)/python -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-annotate $(UPGRADE)"; \
	$$compile pyproject.toml -o requirements/base.txt; \
	$$compile --extra test -c requirements/base.txt pyproject.toml -o requirements/test.txt; \
	$(BIN)/python -c 'import tomllib; from pathlib import Path; \
	wanted = tomllib.loads(Path("pyproject.toml").read_text())["build-system"]["requires"]; \
	print("\n".join([*wanted, "editables"]))' | $$compile -c requirements/test.txt - -o requirements/build.txt

clean:
	rm -rf .venv node_modules build dist src/jieyou/interfaces/static/vendor
	rm -rf .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find src tests bench -name __pycache__ -type d -prune -exec rm -rf {} +

# A Python that is new enough, and a virtual environment even where the system left out ensurepip.
$(BIN)/python:
	@py=''; for p in $(PYTHON) python3 python3.13 python3.12 python3.11; do \
	  if "$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then py="$$p"; break; fi; \
	done; \
	if [ -z "$$py" ]; then \
	  echo 'Jieyou needs Python 3.11 or newer and found none. Install one (Debian, Ubuntu: apt-get install python3 python3-pip), or name it: make demo PYTHON=/path/to/python3' >&2; exit 1; fi; \
	"$$py" -m venv .venv >/dev/null 2>&1 \
	|| { rm -rf .venv; "$$py" -m venv --without-pip .venv && "$$py" -m pip --python .venv/bin/python install -qq pip; } \
	|| { rm -rf .venv; echo "$$py can make no virtual environment: its venv module, or pip 22.3 or newer, is missing. Install it (Debian, Ubuntu: apt-get install python3-venv python3-pip) and try again." >&2; exit 1; }

# What Jieyou runs on, and Jieyou itself; the editable install makes the front-end files (hatch_build.py).
$(BASE): requirements/base.txt requirements/build.txt pyproject.toml | $(BIN)/python
	@echo 'installing Python packages …' >&2
	@$(PIP) --require-hashes --only-binary :all: -r requirements/base.txt -r requirements/build.txt
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(TEST): requirements/test.txt $(BASE)
	@echo 'installing the tools of the tests …' >&2
	@$(PIP) --require-hashes --only-binary :all: -r requirements/test.txt
	@touch $@

$(VENDOR): package-lock.json frontend/icons.txt hatch_build.py | $(BASE)
	@$(BIN)/python hatch_build.py

node_modules/.package-lock.json: package-lock.json | $(BASE)
	@$(BIN)/python hatch_build.py --again
