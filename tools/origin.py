"""Says where a data file comes from, in a small JSON file beside it."""

import json
from collections.abc import Mapping
from importlib.metadata import metadata
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent / "src" / "ostiary" / "catalogue" / "data"


def write_origin(path: Path, package: str, facts: Mapping[str, object]) -> None:
    """Write `path` for data taken from the installed `package`, with the facts that the data itself tells.

    Raises:
        ValueError: the package names no licence, so that its data cannot be passed on in good conscience.
    """
    about = metadata(package)
    licence = about["License-Expression"] or about["License"]
    if not licence:
        raise ValueError(f"{package} names no licence")
    origin = {"package": about["Name"], "version": about["Version"], "licence": licence, **facts}
    path.write_text(json.dumps(origin, indent=2) + "\n", encoding="utf-8")
