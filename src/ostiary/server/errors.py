"""What keeps the server from starting.

SetupError   the message says in one line what is wrong and what would mend it
"""


class SetupError(Exception):
    """The installation cannot be set up or served as it is."""
