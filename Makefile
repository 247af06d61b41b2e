# make run and make test set up all they need in .venv; nothing else has to be installed but Python 3.11+, git and make.
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/ready
LOCKING := --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url --upgrade

.DEFAULT_GOAL := help

$(STAMP): requirements.lock pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check "uv>=0.9,<1"
	@$(BIN)/uv pip sync --quiet --compile-bytecode --python $(BIN)/python --require-hashes requirements.lock
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m compileall -q -j 0 helpers >/dev/null
	@$(BIN)/python -m helpers warm
	@touch $(STAMP)

.venv/spark: $(STAMP) requirements-spark.lock
	@$(BIN)/uv pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes --requirement requirements-spark.lock
	@touch $@

.PHONY: spark help setup run test lab data notebooks lock bench browser-test clean

help: ## List what can be made
	@grep -E '^[a-z-]+:.*## ' Makefile | awk -F ':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

setup: $(STAMP) ## Set everything up in .venv

spark: .venv/spark ## Add Spark, for logs that outgrow one machine (needs Java)

run: $(STAMP) ## Run both case notebooks; pages, findings and memos go to runs/
	@$(BIN)/python -m helpers run

test: $(STAMP) ## Pass all tests
	@$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder -q
	
lab: $(STAMP) ## Open JupyterLab on the start page
	@$(BIN)/jupyter lab --LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate --LabApp.news_url=None notebooks/0_start_here.ipynb

data: $(STAMP) ## Write the shipped data again from its seed
	@$(BIN)/python -m helpers data

notebooks: $(STAMP) ## Execute the committed notebooks and write them back
	@$(BIN)/python -m helpers notebooks

bench: $(STAMP) ## Run the benchmarks behind the README's figures
	@for file in tests/benchmarks/bench_*.py; do $(BIN)/python $$file || exit 1; done

lock: ## Resolve the dependencies anew into requirements.lock
	@$(BIN)/uv pip compile --quiet pyproject.toml --extra test --extra setup --extra postgres --extra cluster $(LOCKING) --output-file requirements.lock
	@sed -n 's/^ *"\(pyspark[^"]*\)".*/\1/p' pyproject.toml | $(BIN)/uv pip compile --quiet - --constraint requirements.lock $(LOCKING) --output-file requirements-spark.lock

clean: ## Remove the environment and all runs
	@rm -rf .venv runs
