"""What is there but empty.

AWS's findings take such statements for harmless; IAM refuses some of them all the same.
"""

from collections.abc import Iterator

from ostiary.analysis.lint.draft import Draft, WrittenCondition
from ostiary.analysis.lint.issue import Issue
from ostiary.analysis.lint.operators import FOR_ALL, FOR_ANY

_USE_NULL = 'test for the key\'s absence with `"Null": {…: "true"}` if that is meant'


def check_empty_elements(draft: Draft) -> Iterator[Issue]:
    """Check that lists of actions, resources and principals are not empty, nor statement IDs."""
    for clause in draft.clauses:
        if clause.written.get("Sid") == "":
            yield Issue("EMPTY_SID_VALUE", (*clause.path, "Sid"), "the statement ID is empty", "name it, or remove it")
        for element in clause.elements:
            if clause.written[element.name] == []:
                what = "action" if element.name.endswith("Action") else "resource"
                message = f"`{element.name}` lists no {what}"
                help_ = f"list the {what}s, or remove the statement"
                yield Issue(f"EMPTY_ARRAY_{what.upper()}", element.path, message, help_)
        for principal in clause.principals:
            message, help_ = f"`{principal.name}` lists nobody", "list the principals, or remove the statement"
            if principal.written == {}:
                yield Issue("EMPTY_OBJECT_PRINCIPAL", principal.path, message, help_)
            elif isinstance(principal.written, dict):
                for kind, listed in principal.written.items():
                    if listed == []:
                        yield Issue("EMPTY_ARRAY_PRINCIPAL", (*principal.path, kind), message, help_)


def check_empty_conditions(draft: Draft) -> Iterator[Issue]:
    """Check that condition blocks have keys, and keys values."""
    for clause in draft.clauses:
        block = clause.written.get("Condition")
        path = (*clause.path, "Condition")
        if block == {}:
            yield Issue("EMPTY_OBJECT_CONDITION", path, "the condition block is empty", "fill it, or remove it")
        elif isinstance(block, dict):
            for operator, keys in block.items():
                if keys == {}:
                    message = "the operator has no condition key"
                    yield Issue("EMPTY_OBJECT_CONDITION", (*path, operator), message, "give it one, or remove it")
        for condition in clause.conditions:
            if condition.listed == []:
                yield _without_values(condition)


def _without_values(condition: WrittenCondition) -> Issue:
    operator = condition.operator
    if operator.set_prefix == FOR_ALL:
        code, message = (
            "EMPTY_ARRAY_CONDITION_FORALLVALUES",
            "without values the condition is met only by a missing key",
        )
        return Issue(code, condition.path, message, _USE_NULL)
    if operator.set_prefix == FOR_ANY:
        code, message = "EMPTY_ARRAY_CONDITION_FORANYVALUE", "without values the condition is never met"
        return Issue(code, condition.path, message, "list the values, or remove the statement")
    if operator.if_exists:
        code, message = "EMPTY_ARRAY_CONDITION_IFEXISTS", "without values the condition is met only by a missing key"
        return Issue(code, condition.path, message, _USE_NULL)
    message = "the condition has no value to compare with"
    return Issue("EMPTY_ARRAY_CONDITION", condition.path, message, "list the values, or remove the condition")
