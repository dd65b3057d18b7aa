"""Is this the one that has the most (…が最も多いのは北町ですか)? What has the most is asked for, and compared with the name put forward."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from corpus.folding import searchable
from index import Store
from qa.apart import Ask
from qa.lookup import letters
from qa.types import Draft
from qa.verify import failures

_PUT = re.compile(
    r"(?P<most>.*(?:最も|もっとも|一番|いちばん|最大|最小|最多|最少|最高|最低|トップ|1位)[^。?]*?は)[、,]?(?P<name>[^、。?はが]{2,30}?)"
    r"(?:(?:なの|なん|だったの|だったん)?(?:です|でし|でしょう)(?:た|う)?(?:か|よね|っけ)|だ(?:った)?(?:よね|っけ|の)|で(?:合って|あって|間違いない).*)"
)
_OPEN = re.compile(r"何|いくら|いくつ|どれ|どこ|どの|どちら|どっち|どう|誰|だれ|いつ|なぜ|ありま|でき")
_CALCULATED = ("maximum", "minimum")


@dataclass(frozen=True, slots=True)
class TheMost:
    """The question for the one that has the most or the least, and the name that was put forward for it."""

    question: str
    name: str


def the_most(text: str) -> TheMost | None:
    """A question read so; None where no name is put forward."""
    match = _PUT.fullmatch(searchable(text).rstrip("。?"))
    if match is None or _OPEN.search(match["name"]) or match["name"].isdigit():
        return None
    return TheMost(f"{match['most']}どれですか?", match["name"])


def told_the_most(store: Store, asked: TheMost, ask: Ask) -> Draft | None:
    """はい or いいえ with the one that has the most; None where that is not found out, or no document knows the name."""
    said = ask(asked.question)
    if said is None or said.draft.kind not in _CALCULATED:
        return None
    name = letters(asked.name)
    rows = [letters(c.row or c.quote) for c in said.draft.citations]
    yes = any(name in row or row in name for row in rows if row)
    known = {c.document for c in said.draft.citations}
    if not yes and not any(name in letters(store.documents[one].text) for one in known):
        return None
    draft = replace(said.draft, text=f"{'はい' if yes else 'いいえ'}、{said.draft.text}", kind="yesno")
    return None if failures(store, draft) else replace(draft, confidence=said.draft.confidence)
