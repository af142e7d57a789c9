"""The BinaryEquals operator: bytes, written in base 64 in the policy and in the request's context alike.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_BinaryEquals
"""

import base64
import binascii
import operator

from ostiary.policy.match.compared import comparing


def read_base64(text: str) -> bytes | None:
    """Return the bytes that `text` writes, or None when it is not the base 64 of any.

    Bits left over in the last character must be zero: RFC 4648, 3.5 lets a decoder refuse others, and so it is that no
    two texts write the same bytes.
    """
    try:
        read = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    return read if base64.b64encode(read).decode() == text else None


equals = comparing(read_base64, read_base64, operator.eq)
