"""「監査委員は、…と指摘していますか」: who says it is whoever wrote the document, and what is asked is what is said.

Minutes have several speakers: there it matters who says something, and nothing is taken out of the question.
"""

from __future__ import annotations

import re

from corpus.folding import searchable
from index import Store
from qa.types import Evidence

_REPORTED = re.compile(
    r"^(?P<who>[^、。?はがを]{2,16})は[、,](?P<said>.*[たるいす])と(?:指摘|説明|述べ|報告|表明|分析|評価|主張|し)"
    r"(?:し|られ|され)?て(?:い)?(?:る|ます)(?:のです)?か(?P<end>[?。]?)$"
)
_SPEAKS = re.compile(r"(?:長|委員|知事|市|町|村|区|県|府|都|部|課)$")
_SPEAKER = re.compile(r"(?m)^\s*[○◯〇◎]\s*\S")
_SAYS = re.compile(
    r"^(?P<who>[^、。?はがを]{2,16}(?:長|委員|議員|知事))(?:は[、,]|が|の(?:答弁|説明|発言)).*(?:説明|答弁|答え|述べ|発言|報告|言)"
)
_MINUTES = 3  # speakers' lines


def without_reporter(store: Store, folded: str) -> str:
    """The question without who says it and that it is said, where the documents have one author each."""
    match = _REPORTED.match(folded)
    if match is None or not _SPEAKS.search(match["who"]):
        return folded
    if any(len(_SPEAKER.findall(one.text)) >= _MINUTES for one in store.documents.values()):
        return folded
    return f"{match['said']}か{match['end']}"


def of_another_speaker(folded: str, evidence: Evidence) -> bool:
    """Whether what minutes have somebody say is offered for what the question asks another one to have said."""
    match, under = _SAYS.match(folded), evidence.subject[-1:]
    if match is None or not under or not _SPEAKER.match(under[0]):
        return False
    return match["who"] not in searchable(under[0]).replace(" ", "")
