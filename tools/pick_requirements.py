"""Leaves only the named distributions in a hashed requirement file.

Usage: pick_requirements.py REQUIREMENTS NAMES; NAMES has one normalised name a line.
"""

import re
import sys
from pathlib import Path


def main(requirements: Path, names: Path) -> None:
    """Rewrite the requirement file; a name that it does not have is an error."""
    wanted = set(names.read_text().split())
    blocks = re.split(r"^(?=[^\s#])", requirements.read_text(), flags=re.MULTILINE)
    picked = {name: block for block in blocks if (name := _name(block)) in wanted}
    if missing := wanted - picked.keys():
        sys.exit(f"{requirements} does not have {', '.join(sorted(missing))}")
    requirements.write_text("".join(block for block in blocks if _name(block) in wanted))


def _name(block: str) -> str:
    return re.sub(r"[-_.]+", "-", re.split(r"[=; ]", block, maxsplit=1)[0]).lower()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
