"""What somebody may do to oneself by a rule rather than a policy."""

import json


def allowing_oneself(action: str, user_arn: str) -> str:
    """Return what stands for such a rule: a document that allows as a resource's own policy would."""
    statement = {"Effect": "Allow", "Principal": {"AWS": user_arn}, "Action": action, "Resource": user_arn}
    return json.dumps({"Version": "2012-10-17", "Statement": statement})
