"""eval: is it right, and would we know?

Hand it a gold set and an index and it answers every question, judges each answer and its citations, and reports the
measures beside a baseline's. Useful for: deciding whether a change helps. Not useful for: training; the test half of a
gold set is not looked at while building.
"""

from eval.gold import BadGold, GoldDialogue, GoldQuestion, read_gold
from eval.measures import Judgement, judge
from eval.run import Run, evaluate

__all__ = ["BadGold", "GoldDialogue", "GoldQuestion", "Judgement", "Run", "evaluate", "judge", "read_gold"]
