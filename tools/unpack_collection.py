"""Takes one of Ansible's collections out of the package that holds them all.

Usage: unpack_collection.py PACKAGE.whl NAMESPACE.NAME DIRECTORY
"""

import sys
import zipfile
from pathlib import Path


def unpack(package: Path, collection: str, directory: Path) -> None:
    """Write a collection's files below a directory, as Ansible looks for them; ValueError when there are none."""
    folder = f"ansible_collections/{collection.replace('.', '/')}/"
    with zipfile.ZipFile(package) as archive:
        members = [name for name in archive.namelist() if name.startswith(folder)]
        if not members:
            raise ValueError(f"there is no `{collection}` in {package.name}")
        archive.extractall(directory, members)


if __name__ == "__main__":
    unpack(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]))
