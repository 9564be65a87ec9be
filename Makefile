# Bare `make` lists the targets.
PYTHON ?= python3.11
PORT ?= 8901
ROUTE ?= direct
DOCUMENTS ?= ../shared/documents
VENV := .venv
LOWEST := .venv-lowest
RUN := $(VENV)/bin/python
READY := $(VENV)/.ready
PEERS := $(VENV)/.peers
# The last report, in which `make accept` looks findings up. Git ignores it.
REPORT := tests/contract/report.json

.DEFAULT_GOAL := help

.PHONY: help
help:  ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: demo
demo: generate  ## Generate the client and make the vendor's example image with it, in out/ (ROUTE=queue: over the queue)
	@$(RUN) -m tests.demo --route $(ROUTE)

.PHONY: generate
generate: $(READY)  ## Write generated/ again, from openapi/
	@$(RUN) openapi/generate.py --strict

.PHONY: check
check: $(READY)  ## Fail if generated/ is not what `make generate` writes
	@$(RUN) openapi/generate.py --strict --check

.PHONY: changes
changes: $(READY)  ## Say what edits since the last release (or BASE=ref) mean for users (DRAFT, MARKDOWN, JSON: a file, or -)
	@$(RUN) openapi/changes.py $${BASE:+--base "$$BASE"} $${DRAFT:+--draft "$$DRAFT"} \
		$${MARKDOWN:+--markdown "$$MARKDOWN"} $${JSON:+--json "$$JSON"}

.PHONY: lint
lint: $(READY)  ## Check types, style, imports, the YAML and the workflows
	@$(RUN) -m ruff check
	@$(RUN) -m ruff format --check --quiet
	@PYTHONPATH=openapi $(VENV)/bin/lint-imports --no-cache --no-logo
	@$(RUN) -m yamllint --strict -c openapi/.yamllint openapi .github .pre-commit-config.yaml
	@$(VENV)/bin/actionlint -shellcheck= -pyflakes=
	@$(RUN) -m mypy
	@$(RUN) -m pyright

.PHONY: test
test: $(READY)  ## Check generated/, run all tests and replay the recordings (no network but loopback)
	@status=0; $(RUN) openapi/generate.py --strict --check || status=1; $(RUN) -m pytest || status=1; exit $$status

.PHONY: test-lowest
test-lowest: $(LOWEST)/.ready  ## Run the client's tests with the lowest versions of what the package declares
	@$(LOWEST)/bin/python -m pytest tests/client

.PHONY: coverage
coverage: $(READY)  ## Run all tests, and print how much of the package and the generator they run
	@$(RUN) -m pytest --cov --cov-report=term:skip-covered

.PHONY: record
record: $(READY)  ## Record all contract probes: from the sandbox, or from BASE_URL with a key
	@JSON=$${JSON:-$(REPORT)} $(RUN) -m tests.contract record

.PHONY: adopt
adopt: $(READY)  ## Edit the document as the last recording of the service says, and generate the client again
	@$(RUN) -m tests.contract adopt

.PHONY: drift
drift: $(READY)  ## Judge BASE_URL (or the sandbox) against the document, change nothing
	@JSON=$${JSON:-$(REPORT)} $(RUN) -m tests.contract drift

.PHONY: accept
accept: $(READY)  ## Accept a finding of the last report (FINDING=steps/maximum) for a REASON, UNTIL=2027-01-31
	@JSON=$${JSON:-$(REPORT)} $(RUN) -m tests.contract accept "$$FINDING" --reason "$$REASON" --until "$$UNTIL"

.PHONY: documentation
documentation: $(READY)  ## Compare the vendor's page (PAGE, a file or URL) with the document; needs no key
	@JSON=$${JSON:-$(REPORT)} $(RUN) -m tests.contract documentation $(PAGE)

.PHONY: mutants
mutants: $(READY)  ## Measure how much drift the contract tests notice (about half an hour)
	@$(RUN) -m tests.contract mutants

.PHONY: faults
faults: $(READY)  ## Print how the client handles each fault of a service, and what each costs
	@$(RUN) -m tests.client.faults

.PHONY: edits
edits: $(READY)  ## Make each kind of edit of the document in a copy, and name the tests that fail (about an hour)
	@$(RUN) -m tests.edits

.PHONY: documents
documents: $(READY)  ## Try the generator on the public documents of DOCUMENTS: generate, import, check, call (10 minutes)
	@$(RUN) -m tests.generator.public_documents $(DOCUMENTS) $(FLAGS)

.PHONY: bench
bench: $(PEERS)  ## Measure speed and memory beside other clients (about 5 minutes)
	@$(RUN) -m tests.bench

.PHONY: sandbox
sandbox: $(READY)  ## Serve the stand-in of the service on PORT (8901) until Ctrl-C
	@$(RUN) -m segmind_flux_schnell_sandbox --port $(PORT)

.PHONY: build
build: check  ## Build the wheel and the source archive into dist/
	@$(RUN) -m build --outdir dist .

$(READY): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(RUN) -m pip install --quiet --disable-pip-version-check pip==26.3
	$(RUN) -m pip install --quiet --disable-pip-version-check --group dev
	$(RUN) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(LOWEST)/.ready: pyproject.toml
	$(PYTHON) -m venv $(LOWEST)
	$(LOWEST)/bin/python -m pip install --quiet --disable-pip-version-check pip==26.3
	$(LOWEST)/bin/python -m pip install --quiet --disable-pip-version-check --group dev
	$(LOWEST)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	$(LOWEST)/bin/python -m tests.lowest_versions > $(LOWEST)/lowest.txt
	@# pip then names tools that want newer ones. The tests of the client do not start them.
	$(LOWEST)/bin/python -m pip install --quiet --disable-pip-version-check --requirement $(LOWEST)/lowest.txt
	@touch $@

$(PEERS): $(READY)
	$(RUN) -m pip install --quiet --disable-pip-version-check --group bench
	@touch $@
