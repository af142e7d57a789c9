"""What somebody may do to oneself by a rule rather than a policy."""

import json


def allowing_oneself(action: str, user_arn: str, resource: str | None = None) -> str:
    """Return what stands for such a rule: a document that allows as a resource's own policy would.

    Args:
        action: what the user may do.
        user_arn: who may.
        resource: what it is done to; None means the user.
    """
    on = resource or user_arn
    statement = {"Effect": "Allow", "Principal": {"AWS": user_arn}, "Action": action, "Resource": on}
    return json.dumps({"Version": "2012-10-17", "Statement": statement})
