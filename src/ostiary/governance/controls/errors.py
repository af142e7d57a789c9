"""What keeps controls from being asked.

FactsFileError   a file does not hold the facts that it should; says in one line which file and why
"""


class FactsFileError(Exception):
    """A file is not what the AWS CLI prints of an account."""
