# Short names for the commands that people know. Everything also works as an npm script.
.DEFAULT_GOAL := help
.PHONY: help setup playwright-install dev start test test-slow lint format coverage openapi bench compose-up compose-down image clean

COMPOSE := docker compose -f deploy/compose.yaml

help: ## Show this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 22

setup: ## Install packages, Node 24, the command and a browser where one is missing
	node scripts/set-up.mjs

playwright-install: ## Install Playwright's own Chromium (needs its download host; a system Chromium does as well)
	npx playwright-core install chromium

dev: ## Serve with restart on change
	npm run dev

start: ## Set up, learn the demo portal, and serve
	npm start

test: ## Set up, then format, lint, types, fences and fast tests
	npm test

test-slow: ## The slow lane: kills, memory, packaging
	npm run test:slow

lint: ## Lint and check types
	npm run lint && npm run types

format: ## Format the code
	npm run format

coverage: ## Measure which lines the tests reach
	npm run coverage

openapi: ## Write openapi.json from the API
	npm run openapi

bench: ## Measure against peers
	npm run bench

compose-up: ## Build the image and start it with PostgreSQL
	$(COMPOSE) up -d --build

compose-down: ## Stop what compose-up started; data stays
	$(COMPOSE) down

image: ## Build the image
	docker build -f deploy/Dockerfile -t gleaner:local .

clean: ## Remove what is built, never data
	rm -rf dist coverage
