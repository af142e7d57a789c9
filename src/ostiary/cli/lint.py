"""`ostiary lint`."""

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from ostiary.analysis.lint import CHECKS, LintedPolicy, Severity, lint_text
from ostiary.analysis.lint.report import LintedFile, github_report, json_report, sarif_report, text_report
from ostiary.policy import PolicyKind

_KINDS = {
    "identity": PolicyKind.IDENTITY,
    "trust": PolicyKind.TRUST,
    "resource": PolicyKind.RESOURCE,
    "boundary": PolicyKind.BOUNDARY,
    "session": PolicyKind.SESSION,
    "scp": PolicyKind.SERVICE_CONTROL,
    "rcp": PolicyKind.RESOURCE_CONTROL,
}
_SEVERITIES = {severity.label.replace(" ", "-"): severity for severity in Severity}
_REPORTS = {"json": json_report, "sarif": sarif_report, "github": github_report}
_STANDARD_INPUT = "-"
_FOUND, _UNREADABLE = 1, 2


def _codes(_context: click.Context, _parameter: click.Parameter, codes: Sequence[str]) -> frozenset[str]:
    folded = [code.upper().replace("-", "_") for code in codes]
    unknown = [code for code in folded if code not in CHECKS]
    if unknown:
        raise click.BadParameter(f"there is no check {unknown[0]}")
    return frozenset(folded)


@click.command()
@click.argument("files", nargs=-1, required=True)
@click.option("--kind", type=click.Choice(list(_KINDS)), help="What the policies are; guessed for each when not given.")
@click.option("--format", "output_format", type=click.Choice(["text", *_REPORTS]), default="text", show_default=True)
@click.option(
    "--fail-on",
    type=click.Choice(list(_SEVERITIES)),
    default="warning",
    show_default=True,
    help="The least grave finding that makes the exit status 1.",
)
@click.option("--ignore", metavar="CODE", multiple=True, callback=_codes, help="A check to leave out; may be repeated.")
def lint(files: Sequence[str], kind: str | None, output_format: str, fail_on: str, ignore: frozenset[str]) -> None:
    """Check policies: what AWS would refuse, what gives away more than is meant, what has no effect.

    FILES are JSON files with a policy, or with several anywhere in them; of a directory all files *.json are read, and
    - is standard input. The checks are those of IAM Access Analyzer.

    The exit status is 0 when nothing was found that counts, 1 when something was, and 2 when a file cannot be read.
    """
    linted, unreadable = [], False
    for name in _expand(files):
        try:
            text = _read(name)
        except (OSError, UnicodeDecodeError) as error:
            reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
            click.echo(f"ostiary: cannot read {name}: {reason}", err=True)
            unreadable = True
            continue
        policies = lint_text(text, _KINDS[kind] if kind else None)
        shown = "<stdin>" if name == _STANDARD_INPUT else name
        linted.append(LintedFile(shown, text, tuple(_without(policy, ignore) for policy in policies)))
    _print(linted, output_format)
    counted = any(f.severity >= _SEVERITIES[fail_on] for file in linted for f in file.findings)
    sys.exit(_UNREADABLE if unreadable else _FOUND if counted else 0)


def _expand(names: Sequence[str]) -> Iterator[str]:
    """Yield the names, with the JSON files in it in the place of a directory."""
    for name in names:
        path = Path(name)
        if name != _STANDARD_INPUT and path.is_dir():
            yield from map(str, sorted(path.rglob("*.json")))
        else:
            yield name


def _read(name: str) -> str:
    content = sys.stdin.buffer.read() if name == _STANDARD_INPUT else Path(name).read_bytes()
    # Some editors put a byte order mark in front.
    return content.decode("utf-8-sig")


def _without(policy: LintedPolicy, ignored: frozenset[str]) -> LintedPolicy:
    findings = tuple(finding for finding in policy.findings if finding.code not in ignored)
    return LintedPolicy(policy.path, policy.kind, findings)


def _print(linted: Sequence[LintedFile], output_format: str) -> None:
    if output_format in _REPORTS:
        report = _REPORTS[output_format](linted)
    else:
        report = text_report(linted, colour=sys.stdout.isatty() and not os.environ.get("NO_COLOR"))
    if report:
        click.echo(report)
