"""What keeps a question from being asked.

QuestionsError
├── UnreadableFile      a file is missing, too long, no text or no JSON; says where
└── UnusableQuestion    a policy is refused, or the request is none; says what
"""


class QuestionsError(Exception):
    """The question cannot be asked; the message says in one line why."""


class UnreadableFile(QuestionsError):  # noqa: N818 - says what the file is
    """A file cannot be read as what it was given for."""


class UnusableQuestion(QuestionsError):  # noqa: N818 - says what the question is
    """What was read is no policy of its kind, or no request."""
