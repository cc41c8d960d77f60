# Needs Python 3.11 or later, git and make. Everything else is installed into .venv, with the hashes of requirements.txt.

PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: help release test score deploy lint format bench layout lock clean
.DEFAULT_GOAL := help

help: ## what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

release: $(READY) ## a release of raw/ into releases/; its path is the last line (ARGS="--workers 1" adds options)
	@$(RUN)/shegong release $(ARGS)

test: $(READY) ## every test, two files at a time (ARGS="-m 'not slow'" leaves out those that start servers and processes)
	@$(RUN)/python -m pytest -n 2 --dist loadfile $(ARGS)

score: $(READY) ## each field on the gold pages, compared with the committed baseline (ARGS=--misses shows what is wrong)
	@$(RUN)/shegong score --compare $(ARGS)

deploy: $(READY) ## prefect.yaml with the paths of this machine, for a Prefect work pool
	@$(RUN)/shegong deploy $(ARGS)

lint: $(READY) ## style, format and types
	@$(RUN)/ruff check .
	@$(RUN)/ruff format --check .
	@$(RUN)/mypy

format: $(READY) ## lets ruff mend style and format
	@$(RUN)/ruff check --fix --quiet .
	@$(RUN)/ruff format .

bench: $(READY) .venv-bench/.ready .venv-bench-opencc/.ready ## speed, beside other tools, into tests/benchmarks/RESULTS.md (minutes)
	@$(RUN)/python -m tests.benchmarks.suite --peers .venv-bench/bin/python .venv-bench-opencc/bin/python $(ARGS)
	@$(RUN)/python -m tests.benchmarks.growth

layout: .venv-layout/.ready ## trains the page layout anew from PAGES=FOLDER with reference answers, into schemas/layout/ (minutes)
	@.venv-layout/bin/python -m tests.layout.train $(PAGES) $(ARGS)

.venv-layout/.ready: requirements.txt tests/layout/requirements.txt | $(READY)
	@echo "installing into $(@D) ..." >&2
	@$(RUN)/uv venv --quiet --clear --python $(RUN)/python $(@D)
	@$(RUN)/uv pip sync --python $(@D)/bin/python --quiet --system-certs --require-hashes $^
	@touch $@

# Other tools stand in environments of their own; the two packages named opencc exclude each other.
.venv-bench/.ready: tests/benchmarks/requirements.txt
.venv-bench-opencc/.ready: tests/benchmarks/requirements-opencc.txt
# One of them, magic-html, needs Python 3.12: BENCH_PYTHON=/path/to/python3.12.
BENCH_PYTHON ?= $(RUN)/python
.venv-bench/.ready .venv-bench-opencc/.ready: | $(READY)
	@echo "installing into $(@D) ..." >&2
	@$(RUN)/uv venv --quiet --clear --python $(BENCH_PYTHON) $(@D)
	@$(RUN)/uv pip sync --python $(@D)/bin/python --quiet --system-certs --require-hashes $<
	@touch $@

lock: $(READY) ## requirements.txt anew from pyproject.toml
	@$(RUN)/uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-emit-find-links --no-header --no-annotate --quiet --output-file requirements.txt

clean: ## removes .venv and all state; releases stay
	rm -rf $(VENV) .venv-bench .venv-bench-opencc .venv-layout .state build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis

# pip installs uv by its hash, then uv the rest in seconds; where uv does not run, pip installs all of it in a minute.
# Who has no home gets uv's cache beside. The package itself comes last, from this folder, without any download.
PIP := $(RUN)/python -m pip --disable-pip-version-check --quiet
UV := $(RUN)/uv pip
ifneq ($(shell test -w "$$HOME" && echo home),home)
export UV_CACHE_DIR := $(abspath $(VENV))/uv-cache
endif
$(READY): requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed: make PYTHON=...")'
	@test -x $(RUN)/pip || $(PYTHON) -m venv $(VENV)
	@sed -n '/^uv==/,/[^\\]$$/p' requirements.txt > $(VENV)/uv.txt
	@echo "installing into $(VENV) ..." >&2
	@{ $(PIP) install --require-hashes --no-deps --requirement $(VENV)/uv.txt \
		&& $(UV) sync --python $(RUN)/python --quiet --system-certs --require-hashes requirements.txt; } \
		|| $(PIP) install --require-hashes --no-deps --requirement requirements.txt
	@$(PIP) install --no-index --no-deps --no-build-isolation --editable .
	@touch $@
