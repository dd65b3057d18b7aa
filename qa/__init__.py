"""qa: question → evidence → cited answer.

Hand it an open index and a question and it gives back an `Answer`: a sentence whose every figure, name and date
stands in a quoted place of a document, or a plain "the documents do not say". Read `pipeline.py` first.
"""

from qa.conversation import Conversation, Turn, ask
from qa.pipeline import answer
from qa.types import Answer, Citation, Question, UnaskableQuestion, Value

__all__ = ["Answer", "Citation", "Conversation", "Question", "Turn", "UnaskableQuestion", "Value", "answer", "ask"]
