"""What is kept of callers' access: the same while nothing changes, apart for each session policy, and bounded."""

import json
from datetime import timedelta

import pytest

from ostiary.directory.directory import Directory
from ostiary.gate.access import AccessCache
from ostiary.policy import AccessRequest, Principal, PrincipalKind, decide
from ostiary.values.caller import Caller, CallerKind, Session
from ostiary.values.identifiers import AccessKeyId
from tests.directory.facts import ACCOUNT, NOW

ROOT = Principal(PrincipalKind.ROOT, f"arn:aws:iam::{ACCOUNT}:root", ACCOUNT)


def caller(bucket: str) -> Caller:
    resources = [f"arn:aws:s3:::{bucket}", f"arn:aws:s3:::{bucket}/*"]
    statement = {"Effect": "Allow", "Action": "s3:*", "Resource": resources}
    policy = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    session = Session(NOW, NOW + timedelta(hours=1), policies=(policy,))
    return Caller(CallerKind.ROOT, ACCOUNT, ROOT.arn, ACCOUNT, AccessKeyId("ASIAEXAMPLEEXAMPLE00"), session=session)


def allowed(cache: AccessCache, directory: Directory, bucket: str, action: str = "s3:GetObject") -> bool:
    access = cache.get(directory, caller(bucket))
    return decide(AccessRequest(ROOT, action, "arn:aws:s3:::a/x"), access.policies).allowed


def test_sessions_are_told_apart_by_their_policies(directory: Directory) -> None:
    cache = AccessCache()
    assert allowed(cache, directory, "a")
    assert not allowed(cache, directory, "b")
    assert cache.get(directory, caller("a")) is cache.get(directory, caller("a"))


@pytest.mark.parametrize(("most", "most_kept"), [(1, 1_000), (1_000, 4)])
def test_the_least_recently_used_goes_first(directory: Directory, most: int, most_kept: int) -> None:
    cache = AccessCache(most, most_kept)
    first = cache.get(directory, caller("a"))
    assert allowed(cache, directory, "a")
    assert allowed(cache, directory, "a")
    assert not allowed(cache, directory, "b")
    assert cache.get(directory, caller("b")).kept == 3
    assert cache.get(directory, caller("a")) is not first
    assert allowed(cache, directory, "a")
