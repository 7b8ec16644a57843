# Every target is `uv run …`, which works without make too (README); dev/uv.sh finds uv and a Python, or gets them.
SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.PHONY: help demo test faults check bench schema neo4j docs vendor
run := dev/uv.sh run --locked

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' Makefile

demo: ## start the service with the demo data (embedded store, nothing to install)
	$(run) --no-dev zhenlian demo $(ARGS)

test: ## run the tests; ARGS="-k gaps" or ARGS="--need neo4j" goes to pytest
	$(run) --group oracles pytest $(ARGS)

faults: ## 20 rounds of kill -9, attacks by eight at once, and 100,000 random documents by plan and by graphql-core
	ZHENLIAN_FAULT_ROUNDS=20 $(run) --group oracles pytest -q tests/api/test_fault_rounds.py
	ZHENLIAN_ATTACK_ROUNDS=5 $(run) pytest -q tests/api/http/test_attacks.py
	ZHENLIAN_PLAN_CASES=100000 ZHENLIAN_PLAN_SEED=$$RANDOM $(run) --group oracles pytest -q tests/schema/execution

check: ## format, lint, types, layers, and the committed schema
	$(run) ruff format --check .
	$(run) ruff check .
	$(run) pyright
	$(run) lint-imports
	$(run) zhenlian schema | diff -u schema/schema.graphql - || { echo 'schema/schema.graphql is old: make schema' >&2; exit 1; }

bench: ## measure; ARGS names the benchmarks
	$(run) --group bench python -m benchmarks $(ARGS)

schema: ## write schema/schema.graphql
	$(run) zhenlian schema > schema/schema.graphql.part && mv schema/schema.graphql.part schema/schema.graphql || { rm -f schema/schema.graphql.part; exit 1; }

neo4j: ## start a local Neo4j for tests (needs mvn); dev/neo4j.sh stop ends it
	@echo "export ZHENLIAN_TEST_NEO4J=$$(dev/neo4j.sh start)"

docs: ## ask the examples of the documentation again, and list its pages
	$(run) python -m dev.examples
	$(run) python -m dev.contents

vendor: ## fetch the third-party files of the page again, and check them (npm)
	$(run) python dev/vendor.py $(ARGS)
