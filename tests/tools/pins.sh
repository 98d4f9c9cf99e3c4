#!/bin/sh
# Compiles pyproject.toml into pins with hashes, without the address of any package index.
set -eu
cd "$(dirname "$0")/../.."

uv=$(command -v uv || echo .tools/bin/uv)
pin() {
    "$uv" pip compile --quiet --universal --generate-hashes --no-header --python-version 3.11 "$@"
}

pin pyproject.toml --output-file requirements/base.txt
pin pyproject.toml --group dev --output-file requirements/dev.txt
pin --group pyproject.toml:tools --output-file requirements/tools.txt
