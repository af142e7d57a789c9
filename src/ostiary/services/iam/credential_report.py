"""IAM's operations on the credential report.

A report is made while it is asked for. Clients wait for one all the same, so the first answer says that it was started
and the next that it is complete.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from ostiary.directory.credential_reports import (
    CredentialReport,
    find_credential_report,
    note_announced,
    put_credential_report,
)
from ostiary.directory.directory import Directory
from ostiary.governance import credential_report
from ostiary.services.iam import targets
from ostiary.values.call import AuthorizedCall
from ostiary.values.fault import Fault
from ostiary.values.operation import Operation

Output = Mapping[str, Any]

_KEPT = timedelta(hours=4)
"""How long a report can be fetched.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html
"""

_WAITED_FOR = timedelta(minutes=10)
"""How long somebody may take to ask for a report that was started, however short the time of reuse."""


def generate_credential_report(call: AuthorizedCall, directory: Directory) -> Output:
    """Make a credential report, unless there is one that is young enough."""
    report = find_credential_report(directory, call.account)
    if report is not None and _is_good(report, call, directory):
        if not report.announced:
            note_announced(directory, call.account)
        return {"State": "COMPLETE"}
    put_credential_report(directory, call.account, credential_report(directory, call.account), now=call.now)
    return {"State": "STARTED", "Description": "No report exists. Starting a new report generation task"}


def get_credential_report(call: AuthorizedCall, directory: Directory) -> Output:
    """Return the latest credential report.

    Raises:
        Fault: `ReportNotPresent`, none was made yet; `ReportExpired`, it is too old.
    """
    report = find_credential_report(directory, call.account)
    # For either IAM says nothing but the code; clients show that as `Unknown`.
    if report is None:
        raise Fault("ReportNotPresent", "", status=410)
    if call.now - report.generated_at > max(_KEPT, directory.settings.credential_report_reuse):
        raise Fault("ReportExpired", "", status=410)
    return {"Content": report.content.encode(), "ReportFormat": "text/csv", "GeneratedTime": report.generated_at}


def _is_good(report: CredentialReport, call: AuthorizedCall, directory: Directory) -> bool:
    reuse = directory.settings.credential_report_reuse
    # Who waits for a report must find it complete once, or it would be made anew for ever.
    return call.now - report.generated_at < (reuse if report.announced else max(reuse, _WAITED_FOR))


OPERATIONS = (
    Operation(
        "iam",
        "GenerateCredentialReport",
        targets.anything("iam:GenerateCredentialReport"),
        generate_credential_report,
        # It reads, as AWS has it, but the report is kept.
        writes=False,
        writes_if=lambda _: True,
        changes_access=False,
    ),
    Operation(
        "iam",
        "GetCredentialReport",
        targets.anything("iam:GetCredentialReport"),
        get_credential_report,
        writes=False,
    ),
)
