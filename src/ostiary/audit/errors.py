"""What can be wrong with a trail.

AuditError
└── TrailDamaged    what is kept is not what was recorded
"""


class AuditError(Exception):
    """A trail cannot be worked with as it is."""


class TrailDamaged(AuditError):  # noqa: N818 - named after what happened
    """What is kept is not what was recorded; the message says where it shows first."""
