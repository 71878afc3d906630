# Thin: every target is a script of tools/ or a preset of CMakePresets.json. `make help` lists them.
.DEFAULT_GOAL := help
.PHONY: help run setup build test bench lint format check asan fuzz journeys clean
JOBS ?= $(shell nproc)
export JOBS

help: ## montre cette liste
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' Makefile

run: ## installe ce qui manque, construit, importe la base et sert http://localhost:8080
	@tools/setup run $(ARGS)

setup: ## comme run, sans servir
	@tools/setup

build: ## compile le programme (Release) sans importer la base
	@tools/setup program

test: ## construit tout et passe tous les essais
	@tools/test

journeys: ## passe les parcours dans un vrai navigateur
	@tools/test journeys

bench: ## mesure vitesse et mémoire, en rapports
	@tools/setup
	@tools/setup packages bench
	@tools/deps run python bench/bench.py $(ARGS)

check: ## tient les règles de la maison (flèches, tailles, dépendances)
	@tools/check --self-test
	@tools/check

lint: ## analyse statique du C++, des scripts et de l'interface
	@tools/lint

format: ## met le C++ en forme
	@tools/format

asan: ## essais C++ sous les détecteurs d'erreurs de mémoire
	@tools/test asan

fuzz: ## 60 s de données hostiles par porte
	@tools/fuzz

clean: ## efface ce qui est construit (garde la base et les pièces téléchargées)
	@rm -rf build ui/dist
