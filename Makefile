# Gone Dark. `make` by itself lists what there is to do. Needs Python 3.11 or newer, and make.

VENV := .venv
RUN := $(VENV)/bin/python

# The first Python here that is new enough; `make site PYTHON=/path/to/python3` chooses another.
ifeq ($(origin PYTHON), undefined)
PYTHON := $(shell for name in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$name && break; done)
endif

# An environment is made anew when its lock file's content or Python itself has changed.
locked = $(VENV)/.$(1)-$(shell $(or $(PYTHON),false) -c 'import hashlib, sys; \
	print(hashlib.sha256(open("$(1).txt", "rb").read() + sys.version.encode()).hexdigest()[:16])' 2>/dev/null)
SITE_READY := $(call locked,requirements)
TEST_READY := $(call locked,requirements-test)

BROWSER := "The tests look at the pages in a browser"

# Of its own, so that what is only measured against is never installed where the site is made.
BENCH := build/bench-venv

INSTALL := PIP_ROOT_USER_ACTION=ignore PIP_DISABLE_PIP_VERSION_CHECK=1 $(RUN) -m pip install \
	-qq --no-deps --require-hashes --only-binary=:all:
LOCK := uv pip compile --quiet --universal --generate-hashes --python-version 3.11 \
	--no-header --custom-compile-command "make lock"

.PHONY: help ready new site offline serve check test bench bench-decode bench-tools lock clean
.DEFAULT_GOAL := help

help:
	@echo "Gone Dark, the open archive of Internet outages."
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

ready: $(SITE_READY)

new: $(SITE_READY) ## begin a record: asks, looks for it in the archive, and writes it
	@$(RUN) -m generator new

site: $(SITE_READY) ## check the records and build the site into build/site
	@$(RUN) -m generator check
	@$(RUN) -m generator build

offline: $(SITE_READY) ## build a copy of the site that opens from a folder, without a server
	@$(RUN) -m generator offline

serve: $(SITE_READY) ## show the site on this machine; what is saved is shown at once
	@$(RUN) -m generator serve

check: $(SITE_READY) ## find every problem in the records and their evidence
	@$(RUN) -m generator check

test: $(TEST_READY) ## lint, types, every test with its coverage, and the records
	@command -v chromium >/dev/null \
		|| sh .ci/need chromium-headless-shell chromium-headless-shell $(BROWSER) 2>/dev/null \
		|| sh .ci/need chromium chromium $(BROWSER)
	@$(RUN) -m playwright --version >/dev/null 2>&1 \
		|| sh .ci/need --always libatomic1 "What drives the browser needs this library"
	@echo "Style and types:"
	@$(RUN) -m ruff check .
	@$(RUN) -m ruff format --check .
	@$(RUN) -m mypy --strict generator .github/scripts/*.py
	@echo "Tests:"
	@$(RUN) -m coverage erase
	@$(RUN) -m coverage run --rcfile tests/coverage.toml -m pytest --numprocesses 2
	@$(RUN) -m coverage combine --quiet
	@$(RUN) -m coverage report --fail-under=95
	@echo "Records:"
	@$(RUN) -m generator check

bench: $(TEST_READY) bench-tools ## measure against targets and rivals; SIZE=100, 1000 or 10000
	@$(RUN) -m benchmarks.table $(or $(SIZE),100)
	@$(MAKE) --no-print-directory bench-decode

bench-decode: $(SITE_READY) bench-tools ## only how fast MRT is read; FILES="..." PREFIX=...
	@$(BENCH)/bin/python benchmarks/decode.py $(if $(PREFIX),--prefix $(PREFIX)) $(FILES)

bench-tools: $(SITE_READY)
	@test -x $(BENCH)/bin/python || $(RUN) -m venv $(BENCH)
	@for package in pybgpkit-parser==0.6.2 mrtparse==2.2.0 yamllint==1.37.1 check-jsonschema==0.33.3; do \
		PIP_DISABLE_PIP_VERSION_CHECK=1 $(BENCH)/bin/python -m pip install -qq --only-binary=:all: $$package \
			|| echo "$$package could not be installed: it is left out." >&2; done

lock: ## choose versions anew after a change to requirements.in or requirements-test.in
	@command -v uv >/dev/null || { echo "make lock needs uv, which can be had as the Python package uv." >&2; exit 1; }
	@$(LOCK) --output-file requirements.txt requirements.in >/dev/null
	@$(LOCK) --output-file requirements-test.txt --constraints requirements.txt requirements-test.in >/dev/null
	@echo "Locked. Look at what changed with git diff, then run: make test"

clean: ## remove everything the machine made, the environment included
	@rm -rf build $(VENV) .coverage .hypothesis .mypy_cache .pytest_cache .ruff_cache
	@find generator tests -name __pycache__ -type d -prune -exec rm -rf {} +

$(SITE_READY):
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed and was not found. Install it, or say where it is: make site PYTHON=/path/to/python3" >&2; exit 1; }
	@echo "Making the environment in $(VENV) from requirements.txt. This takes a minute or two, once."
	@rm -rf $(VENV)
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null \
		|| sh .ci/need --always python3-venv "Python's own venv module is missing"
	@$(PYTHON) -m venv $(VENV)
	@$(INSTALL) --requirement requirements.txt || { echo "The packages could not be installed; pip says why above. Then run make again." >&2; exit 1; }
	@touch $@

$(TEST_READY): $(SITE_READY)
	@echo "Adding what the tests need from requirements-test.txt."
	@$(INSTALL) --requirement requirements-test.txt || { echo "The packages could not be installed; pip says why above. Then run make again." >&2; exit 1; }
	@touch $@
