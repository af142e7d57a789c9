"""Which kind of policy a text is likely to be, where nobody says."""

from ostiary.analysis.lint.draft import Draft
from ostiary.policy import MalformedPolicy, PolicyKind
from ostiary.policy.json_text import read_json

_TRUST_ACTIONS = ("sts:assumerole", "sts:tagsession", "sts:setsourceidentity", "sts:setcontext")


def guess_kind(text: str) -> PolicyKind:
    """Return the kind of policy that the text is likely to be.

    A policy that names principals is a role trust policy when all its actions are those of assuming a role, and else a
    resource-based policy; every other is identity-based. Control policies, boundaries and session policies look the
    same as others, so for them somebody has to say.
    """
    try:
        draft = Draft(text, PolicyKind.IDENTITY, read_json(text))
    except MalformedPolicy:
        return PolicyKind.IDENTITY
    if not any(clause.principals for clause in draft.clauses):
        return PolicyKind.IDENTITY
    actions = [word.text for clause in draft.clauses if clause.actions for word in clause.actions.words]
    if actions and all(action.lower().startswith(_TRUST_ACTIONS) for action in actions):
        return PolicyKind.TRUST
    return PolicyKind.RESOURCE
