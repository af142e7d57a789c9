"""Action and NotAction: whether what they name exists.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
"""

from collections.abc import Iterator

from ostiary.analysis.lint.draft import Draft, Word
from ostiary.analysis.lint.issue import Issue, quote
from ostiary.analysis.lint.known import actions_of, is_everything, services
from ostiary.analysis.lint.patterns import has_wildcard
from ostiary.catalogue import list_actions

# API operations, methods and permissions whose action has another name.
_CALLED_OTHERWISE = {
    "s3:headobject": "s3:GetObject",
    "s3:headbucket": "s3:ListBucket",
    "s3:listobjects": "s3:ListBucket",
    "s3:listobjectsv2": "s3:ListBucket",
    "s3:listobjectversions": "s3:ListBucketVersions",
    "s3:listbuckets": "s3:ListAllMyBuckets",
    "s3:copyobject": "s3:GetObject` and `s3:PutObject",
    "s3:uploadpart": "s3:PutObject",
    "s3:createmultipartupload": "s3:PutObject",
    "s3:completemultipartupload": "s3:PutObject",
    "s3:deleteobjects": "s3:DeleteObject",
    "s3:listmultipartuploads": "s3:ListBucketMultipartUploads",
    "s3:listparts": "s3:ListMultipartUploadParts",
    "s3:getbucketencryption": "s3:GetEncryptionConfiguration",
    "s3:putbucketencryption": "s3:PutEncryptionConfiguration",
    "s3:getbucketlifecycle": "s3:GetLifecycleConfiguration",
    "s3:putbucketlifecycle": "s3:PutLifecycleConfiguration",
    "s3:getbucketreplication": "s3:GetReplicationConfiguration",
    "s3:putbucketreplication": "s3:PutReplicationConfiguration",
    "lambda:invoke": "lambda:InvokeFunction",
    "kms:reencrypt": "kms:ReEncryptFrom` and `kms:ReEncryptTo",
    "sqs:sendmessagebatch": "sqs:SendMessage",
    "sns:publishbatch": "sns:Publish",
    "dynamodb:transactgetitems": "dynamodb:GetItem",
    "dynamodb:transactwriteitems": "dynamodb:PutItem",
}


def check_actions(draft: Draft) -> Iterator[Issue]:
    """Check that services and actions exist, and that wildcards stand only in the latter."""
    for clause in draft.clauses:
        for element in clause.elements:
            if element.name.endswith("Action"):
                for word in element.words:
                    yield from _check(draft, word)


def _check(draft: Draft, word: Word) -> Iterator[Issue]:
    if is_everything(word.text) or "${" in word.text:
        return
    vendor, colon, name = word.text.partition(":")
    if not colon or not name:
        yield Issue(
            "INVALID_ACTION",
            word.path,
            f"{quote(word.text)} is no action: it does not name a service",
            "write a service and an action, such as `s3:GetObject`",
        )
    elif has_wildcard(vendor):
        yield Issue(
            "WILDCARD_IN_SERVICE_NAME",
            word.path,
            f"the wildcard in {quote(vendor)} stands for services that may not be meant, also ones to come",
            "name each service in an action of its own",
            (0, len(vendor)),
        )
    elif vendor.lower() not in services():
        meant = draft.guesses.nearest(vendor, services())
        yield Issue(
            "INVALID_SERVICE_IN_ACTION",
            word.path,
            f"there is no service {quote(vendor)}",
            f"did you mean `{meant}:{name}`?" if meant else "use the service's prefix, such as `ec2` or `s3`",
            (0, len(vendor)),
        )
    elif not actions_of(word.text):
        yield Issue(
            "INVALID_ACTION",
            word.path,
            f"no action matches {quote(word.text)}" if has_wildcard(name) else f"there is no action {quote(word.text)}",
            _help(draft, vendor.lower(), word.text),
            (len(vendor) + 1, len(word.text)),
        )


def _help(draft: Draft, vendor: str, text: str) -> str:
    other = _CALLED_OTHERWISE.get(text.lower())
    if other:
        return f"that is allowed with `{other}`"
    known = [action.name for action in list_actions(vendor)]
    meant = None if has_wildcard(text) else draft.guesses.nearest(text, known)
    return (
        f"did you mean `{meant}`?" if meant else f"see the actions of `{vendor}` in the Service Authorization Reference"
    )
