# The one front door: the same commands for a newcomer, a maintainer and CI.
# Every target does its own set-up in .venv; nothing but Python 3.11 or later and make is needed beforehand.

PY    := .venv/bin/python
PIP   := $(PY) -m pip --disable-pip-version-check --no-input install -qq
FIND  := for p in $(PYTHON) python3.11 python3 python3.12 python3.13 python3.14; do \
           "$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo "$$p"; break; }; done

.DEFAULT_GOAL := help
.PHONY: help demo test torture check eval docs bench pins clean

help:  ## show this list
	@echo "make TARGET, where TARGET is one of"
	@sed -n 's/^\([a-z]*\):[^#]*## \(.*\)/  \1\t\2/p' $(MAKEFILE_LIST) | expand -t 10

demo: .venv/.runtime  ## install what the program needs and run it on samples/
	@$(PY) -m tweetrecon demo -o out/demo

test: .venv/.dev  ## install the development tools too and run the whole test suite
	@$(PY) -m pytest -q $(ARGS)

torture: .venv/.dev  ## the tests of kills, damage and hostile pages with their full numbers: some minutes
	@TWEETRECON_TORTURE=1 $(PY) -m pytest -q tests/torture tests/end_to_end/test_resume.py tests/unit/test_verify.py tests/unit/test_workers.py $(ARGS)

check: .venv/.dev  ## style, types and layers
	@status=0; \
	$(PY) -m ruff check --output-format concise || status=1; \
	$(PY) -m ruff format --check --quiet || { echo "run: $(PY) -m ruff format"; status=1; }; \
	$(PY) -m mypy || status=1; \
	.venv/bin/lint-imports --no-logo || status=1; \
	exit $$status

eval: .venv/.dev  ## measure against the labelled corpora of ../shared, one table
	@$(PY) scripts/evaluate.py $(ARGS)

docs: .venv/.dev  ## regenerate the generated pages of docs/
	@$(PY) scripts/generate_docs.py

bench: .venv/.dev  ## time the program; compare only figures of one machine
	@$(PY) scripts/benchmark.py $(ARGS)

pins: .venv/.dev  ## pin the newest versions that pyproject.toml allows, with hashes
	@$(PIP) pip-tools
	@$(PY) scripts/pin_requirements.py

clean:  ## remove .venv and all caches
	@rm -rf .venv out .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

# ---------------------------------------------------------------- set-up
# A stamp is touched only when the whole step went well, and is older than the files that it depends on when they change.

.venv/bin/python:
	@python=$$($(FIND)); \
	if [ -z "$$python" ]; then echo "tweetrecon needs Python 3.11 or later: none of python3.11, python3 … is one. Install it, or say make PYTHON=/path/to/python3.11" >&2; exit 1; fi; \
	if ! "$$python" -c 'import ensurepip, venv' 2>/dev/null; then echo "$$python cannot make virtual environments: install its venv package (on Debian: apt install python3-venv)" >&2; exit 1; fi; \
	echo "Making .venv with $$("$$python" --version) …"; \
	"$$python" -m venv .venv

.venv/.runtime: requirements/runtime.txt pyproject.toml | .venv/bin/python
	@echo "Installing the pinned versions of requirements/runtime.txt …"
	@$(PIP) --require-hashes -r requirements/runtime.txt
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.dev: requirements/dev.txt .venv/.runtime
	@echo "Installing the pinned versions of requirements/dev.txt …"
	@$(PIP) --require-hashes -r requirements/dev.txt
	@touch $@
