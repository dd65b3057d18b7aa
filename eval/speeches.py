"""Questions that others wrote about real speeches: mayors of 福岡市 and 小樽市, governors of 茨城県, in the assembly.

The speeches are public data (NTCIR-16 PoliInfo-3) that does not belong into the repository; `eval/gold/speeches` holds only
the questions, by the lines of the documents that are made here from the data: one paragraph a line, and above each
speech a line that says whose it is.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path

from eval.gold import FOLDER, DocumentSet
from eval.sets import NoData

# Which speeches a document is made of: the number of the meeting in the data, and of the speech in it, both from 0.
SPEECHES = {
    "fukuoka_h31_shisei": ((0, 1),),
    "fukuoka_r2_shisei": ((2, 1),),
    "fukuoka_h31_touben": ((1, 14), (1, 27)),
    "fukuoka_r2_touben": ((3, 14),),
    "ibaraki_h31_touben": ((4, 14),),
    "ibaraki_r2_touben": ((6, 6),),
    "otaru_h31_touben": ((8, 35), (8, 41), (9, 23), (9, 63), (9, 82)),
    "otaru_r2_touben": ((10, 58), (10, 89), (11, 85), (11, 109)),
}
_ONE_BLOCK = 3  # line ends; a speech with fewer is not written by paragraphs
_PARAGRAPH = 260  # letters after which a paragraph of such a speech ends with the sentence
_SENTENCE = re.compile(r"[^。]*。|[^。]+$")
_NEXT_MATTER = re.compile(r"\s*(?:次に|初めに|また、|最後に)")


def speech_sets(data: Path, folder: Path) -> tuple[DocumentSet, ...]:
    """The documents written into a folder, each with its questions.

    Raises:
        NoData: the minutes are not under `data`.

    """
    minutes = data / "poliinfo" / "council-minutes.json.gz"
    try:
        with gzip.open(minutes, "rt", encoding="utf-8") as file:
            meetings = json.load(file)["local"]
    except OSError as error:
        raise NoData(f"「{minutes}」がありません。公開データのフォルダーを --data に指定してください。") from error
    found = []
    for name, places in SPEECHES.items():
        lines = [line for meeting, speech in places for line in _lines(meetings[meeting], speech)]
        document = folder / f"{name}.txt"
        document.write_text("\n".join(lines) + "\n", "utf-8")
        found.append(DocumentSet(document, FOLDER / "speeches" / f"gold_{name}.jsonl"))
    return tuple(found)


def _lines(meeting: dict[str, object], number: int) -> Iterator[str]:
    """One speech as lines: whose it is, its paragraphs, and a blank line after each of both."""
    proceeding = meeting["proceeding"]
    assert isinstance(proceeding, list)
    speech = proceeding[number]
    session = str(meeting["proceedingTitle"]).strip("： \u3000")
    speaker = speech["speaker"].replace("\u3000", "")
    yield f"{meeting['localGovernmentName']} {session} {speech['speakerPosition'] or ''} {speaker}"
    yield ""
    yield from (one.strip() for one in _paragraphs(speech["utterance"]))
    yield ""


def _paragraphs(text: str) -> list[str]:
    if text.count("\n") >= _ONE_BLOCK:
        return text.split("\n")
    made = [""]
    for sentence in _SENTENCE.findall(text):
        if made[-1] and (_NEXT_MATTER.match(sentence) or len(made[-1]) > _PARAGRAPH):
            made.append("")
        made[-1] += sentence
    return made
