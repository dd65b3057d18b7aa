"""Questions and the replies to them: 問 … 答 …, Q1 … A1 …, 【記者】 … 【市長】 ….

Comes in: blocks. Goes out: the same, in which each question that a reply follows is a heading of that reply, because
the words of the question say what the reply is about. Questions too long for a heading stay sentences.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from corpus.blocks import ASKED, TOPIC, Block, Heading, Paragraph, headed_inside
from corpus.types import Span

_NUMBER = r"\s?[0-9０-９]{0,3}"
_AFTER = r"(?=[\s\u3000.．:：、)）(*])[\s\u3000.．:：、)）*]*"
_STRONG = r"(?:\*\*|__)?"
_ASKERS = r"問|質問|質疑|質問者|記者|委員|議員|参加者|出席者|傍聴者|市民|町民|村民|区民|県民|住民|会場|Q|Ｑ"
_ROLES = (
    r"市長|町長|村長|区長|知事|教育長|管理者|事務局|会長|議長|委員長|座長|担当|担当者|講師|市|町|村|県|当局|説明員"
    r"|[^】〕\s]{0,12}[部課局室次所館センタ理監長官]長|[^】〕\s]{0,12}(?:監|課|部|局|室)"
)
_REPLIERS = rf"答|回答|答弁|お答え|A|Ａ|{_ROLES}"
_BARE_ASKED = rf"{_STRONG}(?:問|質問|質疑|[QＱ]){_NUMBER}{_AFTER}"
_BARE_REPLY = rf"{_STRONG}(?:答|回答|答弁|[AＡ]){_NUMBER}{_AFTER}"
# ◯山本委員 …, ○12番(山本 進君) …, ◯市民課長(川口 健) …: as minutes open what somebody says.
_NAMED = r"[ \u3000]*(?:[（(][^）)]{1,16}[）)])?"
_SAYS = r"(?:</\w+>)?(?:[:：]|[ \u3000]+|$)"
_MEMBER = rf"[○◯〇◆][ \u3000]*(?:[^\s:：。、（(]{{0,10}}(?:委員|議員)|[0-9０-９]{{1,3}}番){_NAMED}"
_OFFICIAL = rf"[○◯〇◎][ \u3000]*(?:[^\s:：。、（(]{{0,16}}[長監官]|[^\s:：。、（(]{{0,10}}(?:知事|管理者|事務局|主幹|主査|参事|次長)){_NAMED}"
_PLAINLY_ASKED = re.compile(rf"{_BARE_ASKED}.*(?:か|は|[?？])[。\s]*(?:[（(][^（()）]{{1,20}}[）)])?\s*$", re.S)
_SPEAKER = re.compile(rf"(?P<who>{_MEMBER}|{_OFFICIAL}){_SAYS}")
# A speaker is set off by brackets, by a circle, or by a colon.
ASKS = re.compile(
    rf"(?:{_BARE_ASKED}|{_MEMBER}{_SAYS}|[【〔〈](?:{_ASKERS}){_NUMBER}(?:[ABＡＢ甲乙]|[（(][^）)]{{1,14}}[）)])?[】〕〉]|[○◯●]?(?:記者|委員|質問者|参加者)[A-ZＡ-Ｚ]?[:：])"
)
REPLIES = re.compile(
    rf"(?:{_BARE_REPLY}|{_OFFICIAL}{_SAYS}|[【〔〈](?:{_REPLIERS}){_NUMBER}(?:[（(][^）)]{{1,14}}[）)])?[】〕〉]|[○◯●]?(?:{_ROLES})[:：])"
)
# A line of its own that only says who speaks.
_ASKER = re.compile(rf"[（(【〔〈<○◯●]?(?:{_ASKERS})(?:[A-ZＡ-Ｚ甲乙]|[（(][^）)]{{1,14}}[）)])?[）)】〕〉>:：]?")
_REPLIER = re.compile(rf"[（(【〔〈<○◯●]?(?:{_REPLIERS})(?:[（(][^）)]{{1,14}}[）)])?[）)】〕〉>:：]?")
# 次に、議案第3号、…についてを議題といたします。
_PUT = re.compile(r"(?:^|(?<=[。\s>]))(?P<matter>[^。\n]{4,120}を議題と(?:いた)?(?:します|する)。)", re.M)
_THREE = 3
_TURN = re.compile(rf"(?<=[。？?！\s\u3000])(?=[【〔](?:{_ASKERS}|{_REPLIERS}){_NUMBER}[】〕])")
_TOPIC_LIMIT = 40
_LONGEST = 240  # letters of a question that is a heading


def with_questions(text: str, blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks with every question that a reply follows made the heading of that reply.

    In minutes, whoever speaks without having been asked heads what is said: it is no part of the reply above.
    """
    parts = [part for block in blocks for part in _turns(text, block)]
    minutes = sum(_speaker(text, part) is not None for part in parts) >= _THREE
    found: list[Block] = []
    for i, block in enumerate(parts):
        after = parts[i + 1] if i + 1 < len(parts) else None
        if after and (_asked(text, block, after) or _asked_below(text, parts[i - 1 : i + 2])):
            if len(found) > 1 and _is_topic(text, found[-2], found[-1]):
                found[-1] = Heading(TOPIC, 0, found[-1].span)
            found.append(Heading(ASKED, 0, block.span))
        else:
            if _speaks(text, block):
                _as_items(found)
            asked = bool(found) and isinstance(found[-1], Heading) and found[-1].rank == ASKED
            who = _speaker(text, block) if minutes and not asked else None
            said = _headed(block, who) if who else [block]
            found.extend(piece for one in said for piece in (_put_to(text, one) if minutes else [one]))
    return tuple(found)


def _put_to(text: str, block: Block) -> list[Block]:
    """A paragraph with the matter that a chair puts to the meeting as a heading: what follows is about it."""
    put = _PUT.search(text, block.span.start, block.span.end) if isinstance(block, Paragraph) else None
    if put is None:
        return [block]
    return headed_inside(text, block, Heading(TOPIC, 0, Span(put.start("matter"), put.end())))


def _speaker(text: str, block: Block) -> re.Match[str] | None:
    """Who speaks, of a paragraph that opens with it as minutes do."""
    return _SPEAKER.match(text, block.span.start, block.span.end) if isinstance(block, Paragraph) else None


def _headed(block: Block, who: re.Match[str]) -> list[Block]:
    """What somebody says, under who says it."""
    head: list[Block] = [Heading(ASKED, 0, Span(who.start("who"), who.end("who")))]
    return [*head, Paragraph(Span(who.end(), block.span.end), False)] if who.end() < block.span.end else head


def _speaks(text: str, block: Block) -> bool:
    raw = text[block.span.start : block.span.end]
    return isinstance(block, Paragraph) and (ASKS.match(raw) or REPLIES.match(raw)) is not None


def _as_items(found: list[Block]) -> None:
    """Numbered lines right under each other above a speech are the points on a list, not headings of what is said."""
    run, rank = len(found), None
    while run and isinstance(last := found[run - 1], Heading) and last.ordinal and rank in (None, last.rank):
        run, rank = run - 1, last.rank
    if len(found) - run > 1:
        found[run:] = [Paragraph(block.span, True) for block in found[run:]]


def _asked_below(text: str, three: Sequence[Block]) -> bool:
    """Whether a paragraph stands between a line that only names who asks and one that only names who replies."""
    if len(three) < _THREE or not all(isinstance(block, Paragraph) for block in three):
        return False
    before, asked, after = (text[block.span.start : block.span.end].strip() for block in three)
    return len(asked) <= _LONGEST and bool(_ASKER.fullmatch(before)) and bool(_REPLIER.fullmatch(after))


def _is_topic(text: str, above: Block, block: Block) -> bool:
    """Whether a line between a speaker's heading and the first question says what the questions are about."""
    raw = text[block.span.start : block.span.end]
    short = (
        isinstance(block, Paragraph) and not block.item and len(raw) <= _TOPIC_LIMIT and not raw.endswith(("。", "、"))
    )
    return short and isinstance(above, Heading) and above.rank != ASKED


def _turns(text: str, block: Block) -> list[Block]:
    """A paragraph in which several speak one after another as a paragraph for each."""
    if not isinstance(block, Paragraph):
        return [block]
    raw = text[block.span.start : block.span.end]
    cuts = [0, *(m.start() for m in _TURN.finditer(raw)), len(raw)] if "【" in raw or "〔" in raw else [0, len(raw)]
    pieces = ((a, raw[a:b]) for a, b in pairwise(cuts))
    return [
        Paragraph(Span(block.span.start + a, block.span.start + a + len(piece.rstrip())), block.item)
        for a, piece in pieces
        if piece.strip()
    ]


def _asked(text: str, block: Block, after: Block) -> bool:
    if not isinstance(block, Paragraph | Heading) or not isinstance(after, Paragraph):
        return False
    asked, reply = (text[b.span.start : b.span.end] for b in (block, after))
    if len(asked) > _LONGEST or ASKS.match(asked) is None:
        return False
    if REPLIES.match(reply) is not None:
        return True
    return _PLAINLY_ASKED.match(asked) is not None and ASKS.match(reply) is None  # Q. …か。, the reply without a mark
