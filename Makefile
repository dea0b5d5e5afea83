PYTHON ?= python3
BIN := .venv/bin
SEED := seeds/000_81c95b44cc63d709.txt
DATA ?= ../shared

.PHONY: run test evaluate benchmark clean

run: .venv/installed  ## restore the seed: coloured diff on the terminal, text and HTML report in out/
	@mkdir -p out
	@$(BIN)/cleaner restore $(SEED) -o out/restored.txt --report html=out/report.html --report diff
	@echo "restored text: out/restored.txt, report: out/report.html"

test: .venv/dev  ## everything that must hold: lint, types, dictionaries, tests
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/cleaner pack test
	$(BIN)/pytest -rs $(PYTEST_ARGS)

evaluate: .venv/installed  ## all figures against their pinned floors; the corpora are read from DATA
	$(BIN)/python -m cleaner.evaluate.gate --data $(DATA)

benchmark: .venv/bench  ## speed and growth beside other tools into benchmarks/RESULTS.md; Harper only where npm is
	$(BIN)/python -m benchmarks.run --data $(DATA) --write $(BENCHMARK_ARGS)

.venv/installed: pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "setting up .venv (once) …" >&2
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	@touch $@

.venv/dev: .venv/installed
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $@

.venv/bench: .venv/installed benchmarks/package.json
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[bench]'
	@! command -v npm >/dev/null || npm install --silent --no-package-lock --prefix benchmarks
	@touch $@

clean:
	rm -rf .venv out build dist benchmarks/node_modules
