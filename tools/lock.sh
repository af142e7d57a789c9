#!/bin/sh
# Writes the hashed requirement files anew from pyproject.toml. Usage: tools/lock.sh [--upgrade]
set -eu
cd "$(dirname "$0")/.."
compile() {
    output="requirements/$1.txt"
    shift
    uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
        --output-file "$output" "$@"
}
compile runtime "$@" pyproject.toml
compile build "$@" --group build
for group in test bench tools; do
    compile "$group" "$@" pyproject.toml --group "$group" --constraints requirements/runtime.txt
done
