python := .venv/bin/python
export PYTHONPATH := site:tests

.PHONY: help bootstrap serve show check test test-long test-fresh bench pins system-packages clean

help:  ## What can be made
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | expand -t 20

bootstrap:  ## Make .venv with the pinned packages
	@./bootstrap

serve: bootstrap  ## Run the product with its sample country
	@exec $(python) manage.py serve

show: bootstrap  ## Print addresses, log-ins and what to click
	@exec $(python) manage.py show

check: bootstrap  ## Lint, types, layers, migrations, translations
	@exec $(python) tests/tools/run.py check

test: bootstrap  ## Everything that guards a change
	@exec $(python) tests/tools/run.py test

test-long: bootstrap  ## Tests that take minutes each
	@exec $(python) tests/tools/run.py long

bench: bootstrap  ## Measure, and print medians
	@exec $(python) tests/tools/run.py bench

test-fresh:  ## Prove serve and test in a clean Debian root (needs root)
	@exec tests/tools/fresh.sh

pins: bootstrap  ## Pin anew what pyproject.toml asks for
	@exec tests/tools/pins.sh

system-packages:  ## Install what tests need from Debian (needs root)
	@exec tests/tools/system_packages.sh

clean:  ## Remove what was built
	rm -rf build dist .mypy_cache .ruff_cache .import_linter_cache .pytest_cache
