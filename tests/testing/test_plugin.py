"""The pytest plugin, run as people run it: in a pytest of its own, loaded by name and with no other plugin."""

import subprocess
import sys
import tomllib
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest

pytest_plugins = ["pytester"]

PLUGIN = "ostiary.testing.plugin"
DEPLOYER = """
{"Version": "2012-10-17", "Statement": [
  {"Sid": "Uploads", "Effect": "Allow", "Action": "s3:PutObject", "Resource": "arn:aws:s3:::site/*",
   "Condition": {"StringEquals": {"aws:RequestedRegion": "eu-west-1"}}},
  {"Sid": "Read", "Effect": "Allow", "Action": "s3:Get*", "Resource": "*"}]}
"""
GUARD = '{"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": "s3:GetObject", "Resource": "*"}}'
PAGE = "arn:aws:s3:::site/index.html"
HEAD = """
def test_deployer(policies):
    deployer = policies("policies/deployer.json", principal="arn:aws:iam::111122223333:role/Deployer"{more})
    {line}
"""


def _with(member: str, value: str) -> str:
    """Return a file of one case, with one member as it is given."""
    members = {"principal": '"*"', "tests": '[{"action": "s3:GetObject", "expect": "deny"}]', member: value}
    return "{" + ", ".join(f'"{name}": {each}' for name, each in members.items()) + "}"


Run = Callable[..., pytest.RunResult]


@pytest.fixture
def run(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    folder = pytester.mkdir("policies")
    (folder / "deployer.json").write_text(DEPLOYER)
    levels = pytester.mkdir("levels")
    (levels / "guard.json").write_text(GUARD)

    def run(*words: str) -> pytest.RunResult:
        return pytester.runpytest_inprocess("-p", PLUGIN, "--import-mode=importlib", "-W", "error", *words)

    return run


@pytest.mark.parametrize(
    ("line", "more"),
    [
        (f'assert deployer.allows("s3:PutObject", "{PAGE}", context={{"aws:RequestedRegion": "eu-west-1"}})', ""),
        (f'assert deployer.allows("s3:PutObject", "{PAGE}")', ', context={"aws:RequestedRegion": "eu-west-1"}'),
        (f'assert deployer.denies("s3:PutObject", "{PAGE}")', ""),
        (f'assert not deployer.allows("s3:DeleteObject", "{PAGE}")', ""),
        (f'assert deployer.denies("s3:GetObject", "{PAGE}")', ', scp=["levels"]'),
        (f'assert deployer.denies("s3:GetObject", "{PAGE}")', ', boundary="levels/guard.json"'),
        (f'assert deployer.denies("s3:GetObject", "{PAGE}")', ", session=[]"),
        (f'assert deployer.denies("s3:GetObject", "{PAGE}", resource_account="444455556666")', ""),
        (f'assert deployer.allows("s3:GetObject", "{PAGE}")', ""),
    ],
)
def test_three_lines_are_a_test(run: Run, pytester: pytest.Pytester, line: str, more: str) -> None:
    pytester.makepyfile(HEAD.format(line=line, more=more))
    run().assert_outcomes(passed=1)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            f'assert deployer.allows("s3:PutObject", "{PAGE}")',
            [
                "*what the policies say*",
                f"DENIED: s3:PutObject on {PAGE} because no identity-based policy allows the",
                "The closest is Allow statement 1 (Uploads) of policies/deployer.json, but the condition*",
            ],
        ),
        (
            f'assert deployer.denies("s3:GetObject", "{PAGE}")',
            ["*what the policies say*", f"ALLOWED: s3:GetObject on {PAGE}", "Allow statement 2 (Read) of*"],
        ),
    ],
)
def test_a_failure_says_why(run: Run, pytester: pytest.Pytester, line: str, expected: list[str]) -> None:
    pytester.makepyfile(HEAD.format(line=line, more=""))
    result = run()
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(expected)
    result.stdout.fnmatch_lines([f"*assert <{expected[1].split()[0]}*"])


def test_the_last_answer_looked_at_is_the_one_explained(run: Run, pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        HEAD.format(
            line=f'results = [deployer.allows("s3:PutObject", "{PAGE}"), deployer.allows("s3:GetObject", "{PAGE}")]\n'
            "    assert results[0]",
            more="",
        )
    )
    run().stdout.fnmatch_lines(["*what the policies say*", "DENIED: s3:PutObject*"])


def test_other_errors_are_left_alone(run: Run, pytester: pytest.Pytester) -> None:
    pytester.makepyfile(HEAD.format(line=f'assert deployer.allows("s3:GetObject", "{PAGE}"); 1 / 0', more=""))
    result = run()
    result.assert_outcomes(failed=1)
    result.stdout.no_fnmatch_line("*what the policies say*")


@pytest.mark.parametrize(
    ("call", "complaint"),
    [
        ('policies("nowhere.json", principal="*")', "*UnreadableFile: *nowhere.json: no such file or directory"),
        (
            'policies({"Statement": 1}, principal="*")',
            "*UnusableQuestion: the document given: no identity-based policy:*",
        ),
        ('policies(principal="nobody")', "*UnusableQuestion: `nobody` is no principal*"),
        ('policies(principal="*").allows("GetObject")', "*UnusableQuestion: `GetObject` is no action*"),
        ('policies(principal="*").allows("s3:GetObject", "bucket")', "*UnusableQuestion: `bucket` is no resource*"),
    ],
)
def test_what_cannot_be_asked_is_an_error(run: Run, pytester: pytest.Pytester, call: str, complaint: str) -> None:
    pytester.makepyfile(f"def test(policies):\n    {call}\n")
    result = run()
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines([complaint])


MISTYPED = "s3:GetObjekt is not known as an action of Amazon S3; was s3:GetObject meant?"


@pytest.mark.parametrize("method", ["allows", "denies"])
def test_a_mistyped_action_is_warned_of(run: Run, pytester: pytest.Pytester, method: str) -> None:
    pytester.makepyfile(HEAD.format(line=f'deployer.{method}("s3:GetObjekt", "{PAGE}")', more=""))
    result = run("-W", "default::ostiary.testing.UnknownActionWarning")
    result.assert_outcomes(passed=1, warnings=1)
    result.stdout.fnmatch_lines([f"*test_a_mistyped_action_is_warned_of.py:3: UnknownActionWarning: {MISTYPED}"])
    result = run()
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines([f"*UnknownActionWarning: {MISTYPED}"])


def test_a_mistyped_action_in_a_file_of_cases_is_warned_of(run: Run, pytester: pytest.Pytester) -> None:
    tests = f'[{{"action": "s3:GetObjekt", "resource": "{PAGE}", "expect": "deny"}}]'
    (pytester.path / "x.policytest.json").write_text(_with("tests", tests))
    result = run("-W", "default::ostiary.testing.UnknownActionWarning")
    result.assert_outcomes(passed=1, warnings=1)
    result.stdout.fnmatch_lines([f"*UnknownActionWarning: {MISTYPED}"])
    result = run()
    result.assert_outcomes(failed=1)
    assert MISTYPED in result.outlines  # And no traceback, which would be one of Ostiary's own code.


def test_names_in_files_stay_on_their_line(run: Run, pytester: pytest.Pytester) -> None:
    tests = '[{"name": "a\\u001b[2J\\nb", "action": "s3:X\\u001b[2J", "expect": "deny"}]'
    (pytester.path / "x.policytest.json").write_text(_with("tests", tests))
    result = run("-v")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [r"*::a\x1b[[]2J\nb: s3:X\x1b[[]2J on [*]: deny FAILED*", "*is no action: expected one such*"]
    )
    assert "\x1b" not in result.stdout.str()


CASES = f"""
principal: arn:aws:iam::111122223333:role/Deployer
policies: [policies/deployer.json]
scp: [levels]
context:
  aws:RequestedRegion: eu-west-1
tests:
  - {{action: s3:GetObject, resource: "{PAGE}", expect: explicit_deny}}
  - {{name: uploads, action: [s3:PutObject, s3:DeleteObject], resource: "{PAGE}", expect: allow}}
  - {{action: s3:DeleteObject, resource: "{PAGE}", expect: explicit_deny}}
"""


def test_files_of_cases_are_tests(run: Run, pytester: pytest.Pytester) -> None:
    (pytester.path / "levels" / "full.json").write_text(DEPLOYER.replace('"s3:Get*"', '"s3:*"'))
    (pytester.path / "site.policytest.yaml").write_text(CASES)
    result = run("-v")
    result.assert_outcomes(passed=2, failed=2)
    result.stdout.fnmatch_lines(
        [
            f"site.policytest.yaml::s3:GetObject on {PAGE}: explicit_deny PASSED*",
            f"site.policytest.yaml::uploads: s3:PutObject on {PAGE}: allow PASSED*",
            f"site.policytest.yaml::uploads: s3:DeleteObject on {PAGE}: allow FAILED*",
            f"site.policytest.yaml::s3:DeleteObject on {PAGE}: explicit_deny FAILED*",
            "expected: allow",
            f"DENIED: s3:DeleteObject on {PAGE} because no identity-based policy allows the",
            "expected: explicit_deny",
        ]
    )


def test_cases_in_json(run: Run, pytester: pytest.Pytester) -> None:
    (pytester.path / "x.policytest.json").write_text(
        '{"principal": "*", "resource_policy": {"Statement": {"Effect": "Allow", "Principal": "*", "Action": '
        '"s3:GetObject", "Resource": "*"}}, "tests": [{"action": "s3:GetObject", "expect": "allow"}, '
        '{"action": "s3:GetObject", "expect": "allow"}, {"action": "s3:PutObject", "expect": "deny"}]}'
    )
    result = run("-v")
    result.assert_outcomes(passed=3)
    result.stdout.fnmatch_lines(["*::s3:GetObject on [*]: allow PASSED*", "*::s3:GetObject on [*]: allow (2) PASSED*"])


@pytest.mark.parametrize(
    ("name", "content", "complaint"),
    [
        ("x.policytest.json", "{", "x.policytest.json: *:1:2: no JSON: *"),
        ("x.policytest.json", "[]", "x.policytest.json: expected an object with policies and tests"),
        ("x.policytest.json", '{"tests": [], "principal": "*"}', "*`tests` must be a list of cases"),
        ("x.policytest.json", '{"tests": [{}]}', "*test 1: `expect` must be one of allow, deny,*"),
        ("x.policytest.json", '{"test": []}', "*unknown member `test`; expected boundary, context,*"),
        ("x.policytest.json", '{"tests": [{"expect": "deny", "action": "s3:X"}]}', "*`principal` is missing"),
        ("x.policytest.json", '{"tests": [], "tests": []}', "*no JSON: the key tests stands twice in one object"),
        ("x.policytest.json", _with("policies", "[5]"), "*a policy must be the path of a file or an object"),
        ("x.policytest.json", _with("policies", "[[5]]"), "*a policy must be the path of a file or an object"),
        ("x.policytest.json", _with("boundary", "true"), "*a policy must be the path of a file or an object"),
        ("x.policytest.json", _with("session", "[null]"), "*a policy must be the path of a file or an object"),
        ("x.policytest.json", _with("scp", "[5]"), "*policies must be paths of files or objects, one or a list of*"),
        ("x.policytest.json", _with("rcp", "[[5]]"), "*a policy must be the path of a file or an object"),
        ("x.policytest.json", _with("context", "5"), "*`context` must be an object"),
        ("x.policytest.json", _with("principal", '{"kind": 5}'), "*`kind` must be a text"),
        ("x.policytest.json", _with("tests", '[{"expect": "deny", "name": 5}]'), "*test 1: `name` must be a text"),
        ("x.policytest.json", _with("x\\u001b[2J", "5"), r"*unknown member `x\x1b[[]2J`; expected*"),
        (
            "x.policytest.yaml",
            "principal: x\ncontext: {a: 1, b: 2, a: 3}\n",
            'x.policytest.yaml: no YAML: a key stands twice in one object in "*", line 2, column 10*',
        ),
        ("x.policytest.yaml", "[" * 10_000, "x.policytest.yaml: nested too deeply"),
        ("x.policytest.yaml", "a: [", "x.policytest.yaml: no YAML: *"),
    ],
)
def test_files_that_are_none(run: Run, pytester: pytest.Pytester, name: str, content: str, complaint: str) -> None:
    (pytester.path / name).write_text(content)
    result = run()
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines([complaint])


def test_without_yaml_it_says_so(run: Run, pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "yaml", None)
    (pytester.path / "site.policytest.yaml").write_text(CASES)
    run().stdout.fnmatch_lines(["*PyYAML is not installed: install it, or write the file in JSON"])


def test_runs_that_do_not_use_it_load_nothing_of_it(run: Run, pytester: pytest.Pytester) -> None:
    del run  # The plugin's own pytest must be a fresh process, to see what it imports.
    pytester.makepyfile(
        "import sys\ndef test():\n    assert not [m for m in sys.modules if m.startswith(('ostiary.policy', 'yaml'))]\n"
    )
    words = [sys.executable, "-m", "pytest", "-q", "-W", "error", "-p", PLUGIN]
    result = subprocess.run(words, cwd=pytester.path, capture_output=True, text=True, timeout=60, check=False)
    assert result.returncode == 0, result.stdout


def test_pytest_finds_it_by_itself() -> None:
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    (declared,) = project["entry-points"]["pytest11"].values()
    assert declared == PLUGIN
    assert import_module(declared).policies
