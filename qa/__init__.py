"""qa: question → evidence → cited answer.

Hand it an open index and a question and it gives back an `Answer`: a sentence whose every figure, name and date
stands in a quoted place of a document, or a plain "the documents do not say". Read `pipeline.py` first.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qa.conversation import Conversation, Turn, ask
    from qa.pipeline import answer
    from qa.types import Answer, Citation, Question, UnaskableQuestion, Value

__all__ = ["Answer", "Citation", "Conversation", "Question", "Turn", "UnaskableQuestion", "Value", "answer", "ask"]
_IN_TYPES = dict.fromkeys(("Answer", "Citation", "Question", "UnaskableQuestion", "Value"), "qa.types")
_IN_CONVERSATION = dict.fromkeys(("Conversation", "Turn", "ask"), "qa.conversation")
_WHEN_ASKED_FOR = {"answer": "qa.pipeline", **_IN_TYPES, **_IN_CONVERSATION}

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        """Imported when it is asked for, so that each program loads only what it needs."""
        if name not in _WHEN_ASKED_FOR:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(_WHEN_ASKED_FOR[name]), name)
