SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.PHONY: help run build web test e2e netlab lint format fuzz bench soak clean

help: ## what can be made
	@grep -E '^[a-z0-9-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z0-9-]+):.*## /\1\t/' | expand -t 10

run: build ## builds everything and serves the demo on http://localhost:8080
	@exec out/parley demo --http http://localhost:8080

build: web ## the release build; leaves out/parley
	@eng/build.sh

web: ## the web client and app
	@eng/web.sh build

test: ## installs what the tests need and runs them all
	@eng/test.sh

e2e: build ## the tests in real browsers alone
	@eng/test.sh e2e

netlab: build ## real nodes and browsers on an emulated network, every packet captured (root)
	@eng/test.sh netlab

lint: ## formatting and linters, as the tests check them
	@eng/lint.sh

format: ## formats the C# and the web sources
	@dotnet format Parley.slnx
	@eng/web.sh format

fuzz: ## fuzzes every parser of network bytes, MINUTES each (10)
	@eng/fuzz.sh

bench: web ## the hot path in nanoseconds, and the load comparison with Janus
	@eng/bench.sh

soak: ## the long runs: simulation over many seeds, NETLAB_SEEDS (50) scenarios on real nodes, then fuzzing
	@eng/soak.sh

clean: ## removes all that was built
	rm -rf artifacts out web/app/dist web/client/dist
