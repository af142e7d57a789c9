"""What can be wrong with a policy.

PolicyError
└── MalformedPolicy    the text is no policy of its kind; says so in AWS's sentence
"""


class PolicyError(Exception):
    """Whatever the policy language refuses."""


class MalformedPolicy(PolicyError):  # noqa: N818 - AWS's own word, as in MalformedPolicyDocument
    """The document breaks the policy grammar.

    Args:
        message: the sentence that AWS sends with the code MalformedPolicyDocument.
    """

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message
