"""What can be wrong with a policy, or with a question about one.

PolicyError
├── MalformedPolicy      the text is no policy of its kind; says so in AWS's sentence
└── MalformedQuestion    the JSON value is no question
"""


class PolicyError(Exception):
    """Whatever the policy language refuses.

    Args:
        message: what is wrong, as a sentence.
    """

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class MalformedPolicy(PolicyError):  # noqa: N818 - AWS's own word, as in MalformedPolicyDocument
    """The document breaks the policy grammar; the message is what AWS sends with the code MalformedPolicyDocument."""


class MalformedQuestion(PolicyError):  # noqa: N818 - beside MalformedPolicy
    """A question in JSON has a member that it should not have, lacks one, or has one of the wrong type."""
