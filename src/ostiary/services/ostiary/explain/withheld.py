"""An answer without what the policies of a session say."""

from typing import Any

from ostiary.policy import Explanation
from ostiary.policy.explain_text import verdict

_SESSION = "session"
_NOTE = "The policies of the session have a say in it, and are not shown to the session."


def without_session_policies(shape: dict[str, Any], explanation: Explanation) -> dict[str, Any]:
    """Return an answer in JSON as a session may see it: the decision, and the statements of all other policies.

    There is no certificate, as it would not hold without those policies, and of the text only the verdict.
    """
    layers = [layer for layer in shape["explanation"]["layers"] if layer["layer"] != _SESSION]
    return {
        **{name: value for name, value in shape.items() if name != "certificate"},
        "notes": [*shape.get("notes", ()), _NOTE],
        "explanation": {"lines": [verdict(explanation)], "layers": layers},
    }
