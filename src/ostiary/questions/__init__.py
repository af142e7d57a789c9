"""Puts questions together from policy files, and answers them: what `ostiary explain` and policy tests share."""

from ostiary.questions.answer import SESSION_NAME, Answer, Asker, answer_question, fit_resource
from ostiary.questions.errors import QuestionsError, UnreadableFile, UnusableQuestion
from ostiary.questions.files import read_document, read_json_file, read_level, read_policy
from ostiary.questions.texts import LevelTexts, PolicyText, PolicyTexts

__all__ = [
    "SESSION_NAME",
    "Answer",
    "Asker",
    "LevelTexts",
    "PolicyText",
    "PolicyTexts",
    "QuestionsError",
    "UnreadableFile",
    "UnusableQuestion",
    "answer_question",
    "fit_resource",
    "read_document",
    "read_json_file",
    "read_level",
    "read_policy",
]
