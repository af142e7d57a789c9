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
for client in ansible cloudsplaining custodian; do
    compile "clients-$client" "$@" --group "clients-$client"
done
# Prowler brings the clients of eight clouds along, two gigabytes of them; a scan of IAM imports these.
compile clients-prowler "$@" --group clients-prowler
python tools/pick_requirements.py requirements/clients-prowler.txt tools/prowler_imports.txt
# Only the collections' files are taken from this package; what it needs is in clients-ansible.
compile clients-ansible-collections "$@" --no-deps --group clients-ansible-collections
