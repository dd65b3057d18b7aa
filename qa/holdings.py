"""Questions about the documents themselves: どんな資料がありますか, 資料はいくつ, 何年度の資料ですか, …の出典は."""

from __future__ import annotations

import re

from corpus import Document
from corpus.folding import searchable
from corpus.values import era_name
from index import Store
from qa.types import Citation, Draft, Value

_NAMED = r"(?:資料|文書|ドキュメント|報告書)"
_HOLDINGS = re.compile(
    rf"^(?:ここ|索引|このシステム)?(?:に|で|には|では)?[、,]?(?:今|いま)?(?:(?:どんな|どのような|どういう|何の|どの){_NAMED}(?:が|を)"
    rf"|{_NAMED}は(?:何|いくつ|何件|何点|何冊|どんなもの|全部で(?:何件|いくつ))(?:が)?"
    rf"|{_NAMED}の(?:一覧|種類|名前|題名|タイトル)|(?:どの|何(?:の)?)年度の{_NAMED}|(?:この)?{_NAMED}は何年度の)"
    r"(?:は|を|が|もの)?[、,]?(?:あ(?:り|る)|入って|使(?:え|って)|見(?:られ|て)|検索|読(?:め|んで)|もと|です|教えて|見せて|何|収録|$)[^、。]{0,12}[。?]*$"
)
_WRITTEN = r"(?:書いて|書かれて|載って|のって|記載されて|出て|掲載されて)"
_SOURCE = re.compile(
    r"^(?P<asked>[^?。]{4,}?)(?:の(?:出典|出所|情報源|ソース|典拠)(?:は|を)(?:どこ|何|教えて)?[^、。]{0,8}"
    r"|(?:は|って|が)[、,]?(?:(?:どの|(?:どちら|どっち)の)(?:資料|文書|ページ|表|行|箇所|報告書)の?(?:どこ)?|資料のどこ|どこ|どちら|どっち|何(?:ページ|行目))に"
    rf"{_WRITTEN}[^、。]{{0,8}})[。?]*(?:[^、。?]{{1,16}}も(?:あわせて|一緒に)?(?:お願い|教えて|知りたい)[^。?]*[。?]*)?$"
)
# 申請件数が載っているのは、事業の表と報告、どっちの資料ですか: which of them holds it.
_WHICH = re.compile(
    rf"^(?P<asked>[^?。]{{2,}}?)(?:が|を|の(?:こと)?が|について)(?:は)?{_WRITTEN}[^、。]{{0,5}}?のは[、,]?[^?。]{{0,60}}?"
    rf"(?:(?:どの|(?:どちら|どっち)の){_NAMED}|どちら|どっち)(?:の?(?:ほう|方))?(?:です|でしょう|だ)?か?[?。]*$"
)
_MOST = 20


def source_question(text: str) -> str | None:
    """The question whose answer's place is asked for, as one in 「」 (「A」の出典は); None when no place is asked for."""
    match = _SOURCE.match(searchable(text)) or _WHICH.match(searchable(text))
    return (
        f"「{match['asked']}」の出典は" if match and match["asked"].count("「") == match["asked"].count("」") else None
    )


def holdings(store: Store, text: str) -> Draft | None:
    """The documents by title and year, each cited at its first line; None when they are not what is asked about."""
    if not _HOLDINGS.match(searchable(text)):
        return None
    documents = [store.documents[name] for name in sorted(store.documents)]
    shown = documents[:_MOST]
    citations = tuple(found for one in shown if (found := _first_line(one)) is not None)
    more = f" ほか{len(documents) - _MOST}件" if len(documents) > _MOST else ""
    names = "、".join(f"「{one.title}」{_years(one)}" for one in shown)
    said = f"次の{len(documents)}件の資料があります: {names}{more}。"
    values = tuple(Value(None, None, one.title) for one in shown)
    return Draft(said, said, "list", values, None, citations, 1.0) if citations else None


def _years(document: Document) -> str:
    """The fiscal years a document speaks of, as they are written today."""
    said = "、".join(era_name(year) for year in document.years)
    return f"({said})" if said else ""


def _first_line(document: Document) -> Citation | None:
    """The first line with anything on it, which is where a document says what it is."""
    for line in document.lines:
        quote = document.text[line.start : line.end].strip()
        if quote:
            return Citation(
                document.id, document.title, line.number, line.number, line.page, line.sheet, (), None, (), quote
            )
    return None
