"""What a member is called on the wire, which is where the query protocol is least regular."""

from ostiary.wire.shapes import ListOf, Member


def wire_name(name: str, member: Member) -> str:
    """Return the wire's name for the structure member that the model calls `name`.

    A flattened list takes the place of its own elements, and so goes by their name when they have one.

    Source: https://smithy.io/2.0/aws/protocols/aws-query-protocol.html#xmlflattened-trait
    """
    if isinstance(member.shape, ListOf) and member.shape.flattened and member.shape.element.location:
        return member.shape.element.location
    return member.location or name


def element_name(shape: ListOf) -> str:
    """Return the wire's name for each element of a list that is not flattened."""
    return shape.element.location or "member"
