"""Only the gate makes authenticated and authorized calls, so that no service can be reached around it."""

import ast
from pathlib import Path

import pytest

import ostiary

SOURCE = Path(ostiary.__file__).parent
MAKERS = {"AuthenticatedCall": "gate/authenticate.py", "AuthorizedCall": "gate/authorize.py"}


def _calls(tree: ast.AST, name: str) -> bool:
    return any(
        isinstance(node, ast.Call)
        and (
            (isinstance(node.func, ast.Name) and node.func.id == name)
            or (isinstance(node.func, ast.Attribute) and node.func.attr == name)
        )
        for node in ast.walk(tree)
    )


@pytest.mark.parametrize("made", MAKERS)
def test_is_made_in_one_module(made: str) -> None:
    makers = [
        str(path.relative_to(SOURCE)) for path in SOURCE.rglob("*.py") if _calls(ast.parse(path.read_text()), made)
    ]
    assert makers == [MAKERS[made]]


def _imports_replace(tree: ast.AST) -> bool:
    return any(
        isinstance(node, ast.ImportFrom) and node.module == "dataclasses" and "replace" in {n.name for n in node.names}
        for node in ast.walk(tree)
    )


def test_neither_is_copied_with_changes() -> None:
    """`dataclasses.replace` would make one from another; the few who need it change other things with it.

    Callers and their sessions in the gate and in STS; how far a sign-in got in the directory; what becomes of findings.
    """
    users = {
        str(path.relative_to(SOURCE)) for path in SOURCE.rglob("*.py") if _imports_replace(ast.parse(path.read_text()))
    }
    assert users == {
        "gate/authenticate.py",
        "services/sts/credentials.py",
        "directory/sign_in_flows.py",
        "governance/findings/lifecycle.py",
    }
