# `make help` lists what there is. Everything works without root and without installed servers.

SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
PORT ?= 8000
export PORT

.DEFAULT_GOAL := help
.PHONY: help install browser screenshots lock demo serve test check lint types contracts deploy-check migrations-check prove faults fuzz audit sbom bench measure words clean

help: ## List the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  %-18s %s\n", $$1, $$2}'

install: .venv/.installed ## Make .venv and install the locked requirements

.venv/.installed: requirements.txt requirements-dev.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; set PYTHON=...")'
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt -r requirements-dev.txt
	@touch $@

LOCK := uv pip compile --quiet --no-strip-extras --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock"
lock: install ## Lock the requirements anew
	$(BIN)/$(LOCK) requirements.in -o requirements.txt
	$(BIN)/$(LOCK) requirements-dev.in -o requirements-dev.txt

demo: install ## Play the main job on real parts, then serve (ONCE=1 ends after the scenario)
	@exec $(BIN)/python -m config.stack demo $(if $(ONCE),--once)

serve: install ## Serve on PORT until told to stop (DEMO=1 loads the demonstration clinic)
	@exec $(BIN)/python -m config.stack serve $(if $(DEMO),--demo-data)

BROWSERS := chromium chromium-browser google-chrome
browser: ## Get a browser for the tests from the system's packages, when there is none and we are root
	@for name in $(BROWSERS); do command -v $$name >/dev/null && exit 0; done; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get update -qq \
		&& DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null; then exit 0; fi; \
	echo "NO BROWSER: the tests of the clinician site will be skipped (under CI they fail). Install chromium." >&2

test: install browser ## Run all tests on embedded PostgreSQL and Redis
	$(BIN)/python -m pytest -q -n logical --dist worksteal $(ARGS)

screenshots: install browser ## Take a picture of every page of the clinician site, into .local/screenshots
	$(BIN)/python -m pytest -q -p no:randomly --timeout 1800 tests/browser/look.py

check: lint contracts deploy-check migrations-check ## All that CI runs
	@$(MAKE) --no-print-directory --jobs=2 types test

lint: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: install
	$(BIN)/mypy .

contracts: install
	$(BIN)/lint-imports

deploy-check: install
	DATABASE_URL=postgres://user@db.example/symptoms REDIS_URL=redis://broker.example/0 LOCAL_STACK=0 DEBUG=0 \
		SITE_URL=https://symptoms.example ALLOWED_HOSTS=symptoms.example \
		DEFAULT_FROM_EMAIL=alerts@symptoms.example METRICS_TOKEN=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(32))') \
		SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(64))') \
		$(BIN)/python manage.py check --deploy --fail-level WARNING

migrations-check: install
	$(BIN)/python manage.py makemigrations --check --dry-run

prove: install ## Prove the laws of the rules over the whole answer space
	$(BIN)/python -m tests.proof

faults: install ## Break a real site in every known way; writes the table of docs/operations.md (ten minutes)
	$(BIN)/python -m pytest -q -s -p no:randomly -m faults tests/faults

fuzz: install ## Call every operation of the API by machine, ten thousands of times (long)
	FUZZ_EXAMPLES=200 $(BIN)/python -m pytest -q -p no:randomly --timeout 7200 tests/fuzz $(ARGS)

audit: install ## Look the locked requirements up in the database of known weaknesses (needs the network)
	@$(BIN)/python -m tests.audit

SBOM ?= .local/sbom.json
sbom: ## Write what the product is made of into .local/sbom.json (CycloneDX, the same each time)
	@mkdir -p $(dir $(SBOM))
	@$(BIN)/python -W ignore -m cyclonedx_py requirements --pyproject pyproject.toml --output-reproducible --of JSON --sv 1.6 \
		-o $(SBOM) requirements.txt

bench: install ## Measure, each figure as a ratio to a floor of the same run
	$(BIN)/python -m benchmarks

measure: install ## Measure the understanding of typed words, and write the figures into docs/understanding.md
	$(BIN)/python -m tests.symptoms.language

words: install ## Gather the words that staff read, and compile their translations (needs gettext)
	$(BIN)/python manage.py gather_words
	$(BIN)/python manage.py makemessages --locale fr --locale nl --locale de --locale es --no-location --no-wrap \
		--ignore .venv --ignore .local --ignore tests --ignore benchmarks
	sed -i '/^"POT-Creation-Date/d' config/locale/*/LC_MESSAGES/django.po
	$(BIN)/python manage.py compilemessages --ignore .venv

clean: ## Remove what was made here, local data too
	rm -rf .venv .local .mypy_cache .ruff_cache .pytest_cache .coverage
