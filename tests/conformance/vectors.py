"""The conformance vectors, and the programs beside them: they stand alone, and so are loaded from their files."""

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

FOLDER = Path(__file__).parents[2] / "conformance"
PATHS = sorted((FOLDER / "vectors").glob("*.json"))

Vector = dict[str, Any]


def load_script(name: str) -> ModuleType:
    """Return a script of `conformance/` as a module."""
    specification = importlib.util.spec_from_file_location(f"conformance_{name}", FOLDER / f"{name}.py")
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    sys.modules[specification.name] = module  # Dataclasses look their module up.
    specification.loader.exec_module(module)
    return module


def read_topics() -> dict[str, list[Vector]]:
    """Return all vectors, by topic."""
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in PATHS}


TOPICS = read_topics()
VECTORS = [vector for vectors in TOPICS.values() for vector in vectors]
