"""Texts that cannot be read as JSON: what is wrong first, and where."""

import json
import re

from ostiary.analysis.lint.issue import quote
from ostiary.policy.json_text import MAX_CHARACTERS, MAX_DEPTH
from ostiary.policy.spans import Span, Spans

_CLOSING = ("}", "]")
_BEFORE_A_STRING = ("{", "[", ",", ":", "")
_COMMENT = ("JSON has no comments", "remove the comment")
_UNKNOWN_TO_JSON = (
    ("//", *_COMMENT),
    ("/*", *_COMMENT),
    ("#", *_COMMENT),
    ("'", "JSON has no single quotes", "put strings in double quotes"),
)
_STRING_OR_CONSTANT = re.compile(r'"(?:[^"\\]|\\.)*+"|-?Infinity|NaN', re.DOTALL)


Fault = tuple[str, str, int | Span]
"""What is wrong, what to do about it, and where: an offset, or a span."""


def find_syntax_fault(text: str, spans: Spans | None) -> Fault:
    """Return the first fault of a text that `read_json` refuses.

    Args:
        text: the policy's text.
        spans: the places in it, or None when it is too long or too deep to look for them.
    """
    if spans is None:
        return _describe_excess(text)
    if not text.strip():
        return "the text is empty", 'begin with `{"Version": "2012-10-17", "Statement": []}`', 0
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        if error.msg == "Extra data":
            return "the text goes on after the policy has ended", "leave one object, and nothing after it", error.pos
        return _describe(text, error.pos)
    except ValueError:
        # Python takes no number of more than some thousands of digits.
        return "a number is too long", "write it with fewer digits", 0
    return _describe_strictness(text, spans)


def _describe_excess(text: str) -> Fault:
    if len(text) > MAX_CHARACTERS:
        return f"the text has {len(text):,} characters, more than any policy may have", "split it", 0
    help_ = "a policy needs no more than six brackets within each other"
    return f"more than {MAX_DEPTH} brackets stand within each other", help_, 0


def _describe_strictness(text: str, spans: Spans) -> Fault:
    """Return what is wrong with a text that Python takes for JSON, and others would not."""
    if spans.repeated:
        return "the key stands in its object already", "give each key once, with all its values", spans.repeated[0]
    constant = next((match for match in _STRING_OR_CONSTANT.finditer(text) if match[0][0] != '"'), None)
    return "JSON has no such number", "write a number in digits", constant.start() if constant else 0


def _describe(text: str, position: int) -> Fault:
    before, here = text[:position].rstrip(), text[position : position + 1]
    # Where a comma is followed by a closing bracket, versions of Python point at the one or the other.
    if here == "," and text[position + 1 :].lstrip()[:1] in _CLOSING:
        before, here = text[: position + 1], text[position + 1 :].lstrip()[:1]
    if before.endswith(",") and here in _CLOSING:
        return f"a comma stands before the closing `{here}`", "remove the comma", len(before) - 1
    if not here:
        return "the text ends too early", "close what is open: quotes, braces, brackets", max(len(before) - 1, 0)
    if here == '"':
        return _describe_string(before, position)
    if not here.isprintable():
        return "a string holds a line break or tab as it is", "write it as `\\n` or `\\t`", position
    if here == "{" and before.endswith("}"):
        return "a comma is missing between two objects", "put one after the closing `}`", len(before) - 1
    unknown = next((each for each in _UNKNOWN_TO_JSON if text.startswith(each[0], position)), None)
    _, message, help_ = unknown or (
        "",
        f"{quote(here)} cannot stand here",
        "check the punctuation and quotes before it",
    )
    return message, help_, position


def _describe_string(before: str, position: int) -> Fault:
    if before[-1:] in _BEFORE_A_STRING:
        return "the string does not end on its line, or breaks off", 'close it with `"`', position
    return "a comma or colon is missing before the string", "put it after what stands before", position
