# Two commands for a newcomer: `make demo` and `make test`. Each does all of its own set-up.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
RUN_STAMP := .venv/.installed-run
DEV_STAMP := .venv/.installed-dev

.PHONY: demo test lint bench chaos lock clean

demo: $(RUN_STAMP)
	$(BIN)/microblog demo --out demo-out

test: $(DEV_STAMP) lint
	sh tests/install_browser.sh
	rm -f .coverage .coverage.*
	$(BIN)/coverage run -m pytest -n 2 --dist worksteal tests
	$(BIN)/coverage combine -q
	$(BIN)/coverage report

lint: $(DEV_STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(DEV_STAMP)
	$(BIN)/python -m bench

# Random interviews under faults, kills and hurried people; docs/reliability.md says what is judged.
chaos: $(DEV_STAMP)
	$(BIN)/python -m bench.chaos --scenarios $(or $(SCENARIOS),10000) --seed $(or $(SEED),1)

# Locks are written without the address of any package index.
lock: $(DEV_STAMP)
	$(BIN)/pip install -q pip-tools
	$(BIN)/pip-compile -q --no-header --no-emit-index-url --no-emit-trusted-host --strip-extras --allow-unsafe -o requirements.lock pyproject.toml
	$(BIN)/pip-compile -q --no-header --no-emit-index-url --no-emit-trusted-host --strip-extras --allow-unsafe --extra dev -c requirements.lock -o requirements-dev.lock pyproject.toml

$(RUN_STAMP): requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed: install python3.11 and python3.11-venv"; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/pip install -q --disable-pip-version-check -r requirements.lock
	$(BIN)/pip install -q --disable-pip-version-check --no-deps -e .
	$(BIN)/python -c "from microblog.text.grouping import compile_ahead; compile_ahead()"
	@touch $@

$(DEV_STAMP): $(RUN_STAMP) requirements-dev.lock
	$(BIN)/pip install -q --disable-pip-version-check -r requirements-dev.lock
	@touch $@

clean:
	rm -rf .venv demo-out .coverage .coverage.* .mypy_cache .ruff_cache .pytest_cache
