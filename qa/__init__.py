"""qa: question → evidence → cited answer.

Hand it an open index and a question and it gives back an `Answer`: a sentence whose every figure, name and date
stands in a quoted place of a document, or a plain "the documents do not say". Read `pipeline.py` first.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from qa.pipeline import answer
from qa.types import Answer, Citation, Question, UnaskableQuestion, Value

if TYPE_CHECKING:
    from qa.conversation import Conversation, Turn, ask

_WHEN_ASKED_FOR = {"Conversation": "qa.conversation", "Turn": "qa.conversation", "ask": "qa.conversation"}

__all__ = ["Answer", "Citation", "Conversation", "Question", "Turn", "UnaskableQuestion", "Value", "answer", "ask"]


if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        """What a question does not need, imported when it is asked for."""
        if name not in _WHEN_ASKED_FOR:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(_WHEN_ASKED_FOR[name]), name)
