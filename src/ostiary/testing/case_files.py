"""Policy tests without Python: `*.policytest.yaml` and `.json` files, each case of which is a test of its own.

The form is described in docs/testing-policies.md.
"""

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from ostiary.policy.certificate import decision_name
from ostiary.policy.explain_words import show
from ostiary.questions import Answer, QuestionsError, UnreadableFile, UnusableQuestion, printable, read_json_file
from ostiary.testing.under_test import Policies, PoliciesUnderTest
from ostiary.testing.unknown_action import UnknownActionWarning

_EXPECTATIONS = {
    "allow": {"allow"},
    "deny": {"implicit_deny", "explicit_deny"},
    "implicit_deny": {"implicit_deny"},
    "explicit_deny": {"explicit_deny"},
}
_OPTIONS = ("boundary", "session", "scp", "rcp", "resource_policy", "trust_policy", "context", "resource_account")
_MEMBERS = frozenset({"principal", "policies", "tests", *_OPTIONS})
_CASE_MEMBERS = frozenset({"name", "action", "resource", "context", "resource_account", "expect"})
_MOST_BYTES = 4_194_304


class Disagreement(Exception):  # noqa: N818 - what it is, not what is wrong
    """The policies say something else than the case expects."""

    def __init__(self, expected: str, answer: Answer) -> None:
        super().__init__(expected)
        self.expected = expected
        self.answer = answer


@dataclass(frozen=True, slots=True)
class Case:
    """One request, and what is expected of it."""

    name: str
    action: str
    resource: str
    context: Mapping[str, Any]
    resource_account: str | None
    expect: str


class CaseFile(pytest.File):
    """A file of cases about one set of policies."""

    def collect(self) -> Iterator["CaseItem"]:
        """Yield a test for each case."""
        try:
            written = _read(self.path)
            cases = list(_cases(written))
            under_test = _put_under_test(self.path.parent, written)
        except QuestionsError as error:
            raise self.CollectError(printable(f"{self.path.name}: {error}")) from error
        for case in cases:
            yield CaseItem.from_parent(self, name=case.name, case=case, under_test=under_test)


class CaseItem(pytest.Item):
    """One case as a test."""

    def __init__(self, *, case: Case, under_test: PoliciesUnderTest, **options: Any) -> None:
        super().__init__(**options)
        self._case = case
        self._under_test = under_test

    def runtest(self) -> None:
        """Ask, and compare with what is expected."""
        case = self._case
        result = self._under_test.allows(
            case.action, case.resource, context=case.context, resource_account=case.resource_account
        )
        if decision_name(result.answer.explanation) not in _EXPECTATIONS[case.expect]:
            raise Disagreement(case.expect, result.answer)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """Return the explanation, which is all that helps; a request that cannot be asked says so in one line."""
        if isinstance(excinfo.value, Disagreement):
            return "\n".join([f"expected: {excinfo.value.expected}", "", *excinfo.value.answer.lines()])
        if isinstance(excinfo.value, QuestionsError | UnknownActionWarning):
            return printable(str(excinfo.value))
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Return where the case stands and what heads its failure."""
        # Were it the name alone, pytest would write each dot in it as two colons.
        return self.path, 0, f"{self.path.name}: {self.name}"


def _read(path: Path) -> Mapping[str, Any]:
    written = read_json_file(path) if path.suffix == ".json" else _read_yaml(path)
    if not isinstance(written, Mapping):
        raise UnusableQuestion("expected an object with policies and tests")
    _refuse_unknown(written, _MEMBERS)
    return written


def _read_yaml(path: Path) -> Any:
    try:
        import yaml  # noqa: PLC0415 - optional: files in JSON need no YAML
    except ImportError as error:
        raise UnreadableFile("PyYAML is not installed: install it, or write the file in JSON") from error

    class Loader(yaml.BaseLoader):
        """Reads every scalar as text: policies know no other values, and account IDs begin with zeros."""

        def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:  # noqa: FBT001, FBT002 - PyYAML's signature
            members = super().construct_mapping(node, deep)
            if len(members) < len(node.value):
                raise yaml.constructor.ConstructorError(None, None, "a key stands twice in one object", node.start_mark)
            return members

    try:
        if path.stat().st_size > _MOST_BYTES:
            raise UnreadableFile(f"longer than {_MOST_BYTES} bytes")
        return yaml.load(path.read_text(encoding="utf-8"), Loader=Loader)  # noqa: S506 - makes texts only
    except yaml.YAMLError as error:
        raise UnreadableFile(f"no YAML: {' '.join(str(error).split())}") from error
    except RecursionError as error:
        raise UnreadableFile("nested too deeply") from error
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableFile(str(error)) from error


def _put_under_test(folder: Path, written: Mapping[str, Any]) -> PoliciesUnderTest:
    principal = written.get("principal")
    if not isinstance(principal, str | Mapping):
        raise UnusableQuestion("`principal` is missing")
    options = {name: written[name] for name in _OPTIONS if name in written}
    for name in ("scp", "rcp", "session"):
        if name in options and not isinstance(options[name], list):
            raise UnusableQuestion(f"`{name}` must be a list")
    return Policies(folder, lambda _: None)(*_list(written.get("policies", [])), principal=principal, **options)


def _cases(written: Mapping[str, Any]) -> Iterator[Case]:
    """Yield the cases, each name once: lists of actions and resources stand for a case each."""
    tests = written.get("tests")
    if not isinstance(tests, list) or not tests:
        raise UnusableQuestion("`tests` must be a list of cases")
    seen: dict[str, int] = {}
    for number, test in enumerate(tests, 1):
        for case in _unfold(number, test):
            seen[case.name] = seen.get(case.name, 0) + 1
            again = f" ({seen[case.name]})" if seen[case.name] > 1 else ""
            yield Case(case.name + again, case.action, case.resource, case.context, case.resource_account, case.expect)


def _unfold(number: int, test: Any) -> Iterator[Case]:
    if not isinstance(test, Mapping):
        raise UnusableQuestion(f"test {number}: expected an object")
    _refuse_unknown(test, _CASE_MEMBERS, f"test {number}: ")
    expect, context, title = test.get("expect"), test.get("context") or {}, test.get("name")
    if not isinstance(expect, str) or expect not in _EXPECTATIONS:
        raise UnusableQuestion(f"test {number}: `expect` must be one of {', '.join(_EXPECTATIONS)}")
    if not isinstance(context, Mapping):
        raise UnusableQuestion(f"test {number}: `context` must be an object")
    if title is not None and not isinstance(title, str):
        raise UnusableQuestion(f"test {number}: `name` must be a text")
    actions, resources = _list(test.get("action", [])), _list(test.get("resource", "*"))
    if not actions or not all(isinstance(each, str) for each in (*actions, *resources)):
        raise UnusableQuestion(f"test {number}: `action` and `resource` must be texts or lists of texts")
    for action in actions:
        for resource in resources:
            request = f"{show(action)} on {show(resource)}: {expect}"
            name = request if title is None else f"{show(title)}: {request}"
            yield Case(name, action, resource, context, test.get("resource_account"), expect)


def _list(written: Any) -> list[Any]:
    return written if isinstance(written, list) else [written]


def _refuse_unknown(written: Mapping[str, Any], known: frozenset[str], place: str = "") -> None:
    unknown = sorted(map(str, written.keys() - known))
    if unknown:
        raise UnusableQuestion(f"{place}unknown member `{unknown[0]}`; expected {', '.join(sorted(known))}")
