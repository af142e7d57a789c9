"""What AWS refuses outright, in its own sentence, where no check has said why already."""

import re
from collections.abc import Iterable, Iterator

from ostiary.analysis.lint.codes import CHECKS
from ostiary.analysis.lint.draft import Draft, Word
from ostiary.analysis.lint.issue import Issue, Mark
from ostiary.policy import MalformedPolicy, parse_policy

_SHORTEST_CLUE = 2
# What a sentence is about where it quotes nothing: the elements to look at.
_ABOUT = (
    (re.compile("legacy parsing"), ("Resource", "NotResource")),
    (re.compile("[Rr]esource"), ("Resource", "NotResource")),
    (re.compile("[Aa]ction|vendor"), ("Action", "NotAction")),
    (re.compile("[Pp]rincipal"), ("Principal", "NotPrincipal")),
    (re.compile("SID"), ("Sid",)),
)


def check_refusal(draft: Draft, issues: Iterable[Issue]) -> Iterator[Issue]:
    """Check that AWS would take the policy, unless one of the issues found says already why it would not.

    The sentence is AWS's as `parse_policy` has it. The place is that of the text which the sentence quotes, or else
    of an element that it speaks of.
    """
    if any(CHECKS[issue.code].refused for issue in issues):
        return
    try:
        parse_policy(draft.text, draft.kind)
    except MalformedPolicy as error:
        path, mark = _place(draft, error.message)
        help_ = f"see the grammar of policies, and what a {draft.kind.value} may hold"
        yield Issue("MALFORMED_POLICY", path, f"AWS refuses the policy: {error.message}", help_, mark)


def _place(draft: Draft, sentence: str) -> tuple[tuple[str | int, ...], Mark]:
    quoted = [word for word in _words(draft) if len(word.text) >= _SHORTEST_CLUE and word.text in sentence]
    if quoted:
        return max(quoted, key=lambda word: len(word.text)).path, Mark.VALUE
    for clue, names in _ABOUT:
        if clue.search(sentence):
            for clause in draft.clauses:
                for name in names:
                    if name in clause.written:
                        return (*clause.path, name), Mark.KEY
    return (), Mark.OPENING


def _words(draft: Draft) -> Iterator[Word]:
    for clause in draft.clauses:
        for element in clause.elements:
            yield from element.words
        for principal in clause.principals:
            yield from principal.words
