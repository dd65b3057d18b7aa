"""Questions that ask several things: each way to take one apart is tried, and the likeliest whose parts all have answers
competes with the answer to the question as it stands.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from corpus.folding import searchable
from index import Store
from qa.choice import Weighed, choice_model
from qa.roles import is_soft
from qa.several import FIGURE, ONE, Parts, cuts
from qa.together import join
from qa.types import Draft
from qa.understand import understand
from qa.verify import failures

_MOST_ASKED = 10  # parts are questions of their own, and each takes its time
_FIRM = 0.8
SURE = 0.9  # an answer that likely needs no taking apart


@dataclass(frozen=True, slots=True)
class Said:
    """What would be said to a question, with the offer it comes from and its probability in [0, 1]."""

    draft: Draft
    weighed: Weighed

    @property
    def probability(self) -> float:
        """How likely it is right."""
        return self.weighed.probability


Ask = Callable[[str], Said | None]


def taken_apart(store: Store, text: str, whole: Said | None, ask: Ask) -> Draft | None:
    """The likeliest answer made of parts; None when there is none, or the question as a whole is answered better."""
    if whole is not None and whole.probability >= SURE:
        return None
    known: dict[str, Said | None] = {}
    best: Draft | None = None
    for parts in cuts(text):
        said: list[Said] = []
        for part in parts.questions:
            if part not in known:
                if len(known) >= _MOST_ASKED:
                    return _better(best, whole)
                known[part] = ask(part) if understand(part).terms else None
            found = known[part]
            if found is None:
                break
            said.append(found)
        else:
            made = _made(store, parts, said, text)
            if made is not None and (best is None or made.confidence > best.confidence):
                best = made
    return _better(best, whole)


def _better(made: Draft | None, whole: Said | None) -> Draft | None:
    if made is None or made.confidence < choice_model().enough ** 2:
        return None
    if whole is not None and (made.confidence < whole.probability or set(made.citations) <= set(whole.draft.citations)):
        return None
    return made


def _made(store: Store, parts: Parts, said: list[Said], text: str) -> Draft | None:
    """The parts' answers as one draft; its confidence is that all of them are right."""
    if not all(_about(one, parts.subject) for one in said):
        return None
    sure = 1.0
    for one in said:
        sure *= one.probability
    drafts = [one.draft for one in said]
    if parts.how in (ONE, FIGURE):
        joined = drafts[0] if parts.how == ONE or any(c.isdigit() for c in searchable(drafts[0].text)) else None
    else:
        joined = join(parts, drafts, understand(text))
    if joined is None or failures(store, joined):
        return None
    return replace(joined, confidence=round(sure, 4))


def _about(said: Said, subject: str) -> bool:
    """Whether every firm word of what the parts are about is explained by what answers this one."""
    return not any(
        account.strength == 0.0
        for account in said.weighed.offer.accounts
        if account.term.weight >= _FIRM and not is_soft(account.term) and account.term.surface in subject
    )
