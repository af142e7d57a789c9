"""Puts questions together from policy files, and answers them: what command line, console and policy tests share."""

from ostiary.questions.answer import Answer, Asker, answer_question, fit_resource, owner_of
from ostiary.questions.answer_json import Origins, answer_as_json
from ostiary.questions.errors import QuestionsError, UnreadableFile, UnusableQuestion
from ostiary.questions.files import read_document, read_json_file, read_level, read_policy
from ostiary.questions.principals import SESSION_NAME
from ostiary.questions.printable import printable
from ostiary.questions.texts import LevelTexts, PolicyText, PolicyTexts, document_as_json
from ostiary.questions.unknown_actions import unknown_action_note

__all__ = [
    "SESSION_NAME",
    "Answer",
    "Asker",
    "LevelTexts",
    "Origins",
    "PolicyText",
    "PolicyTexts",
    "QuestionsError",
    "UnreadableFile",
    "UnusableQuestion",
    "answer_as_json",
    "answer_question",
    "document_as_json",
    "fit_resource",
    "owner_of",
    "printable",
    "read_document",
    "read_json_file",
    "read_level",
    "read_policy",
    "unknown_action_note",
]
