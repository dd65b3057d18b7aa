"""Is a shown calculation right? Reckoned again from its letters, exactly, and its operands looked for in the citations."""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable, Collection
from decimal import Decimal
from fractions import Fraction

_STEP = re.compile(r"^(?P<left>.+?)\s*(?P<sign>=|≒)\s*(?P<right>[−\-]?[0-9,]+(?:\.[0-9]+)?)\s*(?:\([^()]*\))?$")
_NUMBER = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?")
_SIGNS = str.maketrans({"−": "-", "×": "*", "÷": "/", ",": None})
_ACTS: dict[type[ast.operator], Callable[[Fraction, Fraction], Fraction]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv,
}  # fmt: skip
_SCALES = {Fraction(10**n) for n in range(1, 9)}
_LONGEST = 20_000


def wrong_steps(calculation: str, known: Collection[Decimal]) -> list[str]:
    """The steps of a calculation that do not come out as written, or use a figure that is neither known, nor worked
    out before, nor a scale (100, 1,000 …) or the number of things added up.
    """
    allowed = {abs(Fraction(value)) for value in known} | _SCALES
    wrong = []
    for step in calculation.split(";"):
        match = _STEP.match(step.strip())
        if match is None:
            continue  # a count of things has no step
        left, right = match["left"], match["right"]
        try:
            exactly = _reckoned(left.translate(_SIGNS))
            told = Fraction(right.translate(_SIGNS))
        except (SyntaxError, ValueError, ZeroDivisionError):
            wrong.append(step.strip())
            continue
        places = len(right.partition(".")[2])
        near = abs(exactly - told) <= Fraction(1, 2 * 10**places)
        counts = {Fraction(left.count(" + ") + 1)}
        loose = [n for n in _NUMBER.findall(left) if Fraction(n.replace(",", "")) not in allowed | counts]
        if loose or (exactly != told if match["sign"] == "=" else not near):
            wrong.append(step.strip())
        allowed.add(abs(told))
    return wrong


def _reckoned(expression: str) -> Fraction:
    if len(expression) > _LONGEST:
        raise ValueError(expression[:50])
    return _value(ast.parse(expression, mode="eval").body)


def _value(node: ast.expr) -> Fraction:
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        return Fraction(str(node.value))
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return -_value(node.operand)
    if isinstance(node, ast.BinOp) and type(node.op) in _ACTS:
        return _ACTS[type(node.op)](_value(node.left), _value(node.right))
    raise ValueError(ast.dump(node))
