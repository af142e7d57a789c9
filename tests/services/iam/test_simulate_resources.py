"""Which resources go with which actions."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ostiary import catalogue
from ostiary.services.iam.simulate.resources import decided_on

LOGS = "arn:aws:logs:us-east-1:111122223333"

FITTING: list[tuple[str, str, str | None]] = [
    ("s3:GetObject", "arn:aws:s3:::b/k", "arn:aws:s3:::b/k"),
    ("s3:GetObject", "arn:aws:s3:::b", "arn:aws:s3:::b"),
    ("S3:getobject", "arn:aws:s3:::*", "arn:aws:s3:::*"),
    ("s3:GetObject", "arn:aws:s3:us-east-1:111122223333:accesspoint/a/object/k/l", "same"),
    ("s3:GetObject", "arn:aws:sqs:us-east-1:111122223333:b", None),
    ("s3:GetObject", "*", "*"),
    ("s3:ListAllMyBuckets", "arn:aws:s3:::b", "*"),
    ("nimbus:Fly", "arn:aws:s3:::b", "arn:aws:s3:::b"),
    ("iam:GetUser", "arn:aws:iam::111122223333:user/a/b", "same"),
    ("iam:GetUser", "arn:aws-cn:iam::111122223333:user/b", "same"),
    ("iam:GetUser", "arn:aws:iam::111122223333:user/", None),
    ("iam:GetUser", "arn:aws:iam::111122223333:role/b", None),
    ("iam:GetUser", "arn:aws:iam:eu-west-1:111122223333:user/b", None),
    ("logs:PutLogEvents", f"{LOGS}:log-group:g:log-stream:s", "same"),
    ("logs:PutLogEvents", f"{LOGS}:log-group:g", None),
]


@pytest.mark.parametrize(("action", "resource", "expected"), FITTING)
def test_an_action_is_decided_on_what_it_can_work_on(action: str, resource: str, expected: str | None) -> None:
    assert decided_on(action, resource) == (resource if expected == "same" else expected)


def templates_of(action: str) -> list[str]:
    found = catalogue.find_action(action)
    assert found is not None
    return [each.type.arn_pattern for each in found.resources]


def fits_by_expression(resource: str, template: str) -> bool:
    """Say the same in the obvious way, which takes its time."""
    *before, last = template.split(":", 5)
    parts = ["[^:]*" if part.startswith("${") else re.escape(part) for part in before]
    parts.append(".+".join(map(re.escape, re.split(r"[$][{][^}]*[}]", last))))
    return re.fullmatch(":".join(parts), resource, re.DOTALL) is not None


@given(data=st.data())
def test_agrees_with_regular_expressions(data: st.DataObject) -> None:
    action = data.draw(
        st.sampled_from(["iam:GetUser", "dynamodb:Query", "sqs:SendMessage", "ecs:RunTask", "logs:Unmask"])
    )
    templates = templates_of(action)
    filled = re.sub(
        r"[$][{][^}]*[}]", lambda _: data.draw(st.text("ab/:*", max_size=3)), data.draw(st.sampled_from(templates))
    )
    resource = filled + data.draw(st.sampled_from(["", "/x", "/", ":*"]))
    expected = any(fits_by_expression(resource, template) for template in templates)
    assert (decided_on(action, resource) is not None) is expected
