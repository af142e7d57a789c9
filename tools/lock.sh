#!/bin/sh
# Writes the hashed requirement files anew from pyproject.toml. Usage: tools/lock.sh [--upgrade]
set -eu
cd "$(dirname "$0")/.."
compile() {
    uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
        "$@"
}
compile "${@}" pyproject.toml --output-file requirements/runtime.txt
for group in test bench tools; do
    compile "${@}" pyproject.toml --group "$group" --constraints requirements/runtime.txt \
        --output-file "requirements/$group.txt"
done
