"""Which members of a structure stand in a message's body, and which where else."""

from ostiary.wire.shapes import Structure


def in_body(shape: Structure) -> Structure:
    """Return the structure as the body has it: without the members that stand elsewhere."""
    members = {name: member for name, member in shape.members.items() if member.binding is None}
    return Structure(shape.name, members, shape.required & members.keys())


def named_in(shape: Structure, binding: str) -> dict[str, str]:
    """Return the members that stand in one place outside of the body, by the names that they have there."""
    return {member.location or name: name for name, member in shape.members.items() if member.binding == binding}
