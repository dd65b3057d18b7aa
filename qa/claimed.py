"""A figure put forward (822件だったんですよね) is compared with what the same question comes to without it."""

from __future__ import annotations

from dataclasses import replace

from msgspec.structs import replace as changed

from index import Store
from qa.apart import Ask
from qa.money import SCALES
from qa.parts import labelled
from qa.prose_kinds import same_units
from qa.types import Draft, Operation, Question
from qa.verify import failures
from qa.yesno import same_amount

_NO_FIGURES = (None, "年", "年度", "月", "日", "時", "分", "番", "号", "条", "款", "項", "目")  # of a date or a name


def confirmed(store: Store, question: Question, given: Draft | None, ask: Ask) -> Draft | None:
    """はい or いいえ with what the documents say; None where no figure is put forward, or `given` decides it already.

    はい where the one figure found is the same, いいえ where the text found holds no such figure at all. Between them,
    where it is another of several figures, nothing is decided.
    """
    claim = question.claim
    decided = given is not None and given.text.startswith(("はい", "いいえ"))
    if question.operation is not Operation.YESNO or claim is None or decided or claim.unit in _NO_FIGURES:
        return None
    wanted = "いくら" if claim.unit in SCALES else f"何{claim.unit}"
    said = ask(f"{question.folded[: claim.start]}{wanted}?")
    if said is None or said.draft.calculation:
        return None
    alike = frozenset(SCALES) if claim.unit in SCALES else same_units(claim.unit) | {claim.unit}
    printed = [p for c in said.draft.citations for p in labelled(c.quote) if p.unit in alike]
    told = [v for v in said.draft.values if isinstance(v.value, int | float) and v.unit in alike]
    same = [p for p in printed if same_amount(claim, changed(claim, value=p.value, unit=p.unit))]
    yes = bool(same) and len(printed) == 1
    if not (yes or (not same and (printed or told))):
        return None
    draft = replace(said.draft, text=f"{'はい' if yes else 'いいえ'}、{said.draft.text}", kind="yesno")
    return None if failures(store, draft) else replace(draft, confidence=said.draft.confidence)
