"""Findings as calls name them: by `Id` and `ProductArn`."""

from collections.abc import Iterable, Mapping
from typing import Any

from ostiary.directory.directory import Directory
from ostiary.directory.findings import KeptFinding, get_findings
from ostiary.governance.findings import list_controls
from ostiary.services.securityhub.naming import PRODUCT_ARN, finding_arn
from ostiary.values.identifiers import AccountId


def find_identified(
    directory: Directory, account: AccountId, identifiers: Iterable[Mapping[str, Any]]
) -> Mapping[tuple[str, str], KeptFinding]:
    """Return the findings of an account that are named, by `Id` and `ProductArn`; what there is not is left out."""
    named = {(each["Id"], each["ProductArn"]) for each in identifiers}
    kept = get_findings(directory, account, {arn.rpartition("/")[2] for arn, _ in named})
    controls = list_controls()
    there = {
        (finding_arn(account, controls[each.control], each.finding_id), PRODUCT_ARN): each
        for each in kept.values()
        if each.control in controls
    }
    return {names: there[names] for names in named if names in there}
