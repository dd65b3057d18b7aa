"""Speeches that take one matter after another."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus import Document, read_document
from index import Store, build, open_store
from qa.matters import matter, opened
from qa.pipeline import answer

SPEECH = """<html><body><h1>提案説明</h1>
<p>最初に、議第8号は、令和7年度みさき市一般会計補正予算（第10回）であります。</p>
<p>1款議会費の補正予算額は、1481万1000円の追加であります。</p>
<p>まず、障害福祉についてでありますが、自立支援医療費は、8471万1000円の追加であります。</p>
<p>障害児通所給付費1億3600万円の追加は、利用実績の増によるものであります。</p>
<p>次に、議第9号は、令和7年度みさき市国民健康保険事業特別会計補正予算（第2回）であります。</p>
<p>補正予算額は、2019万4000円の追加であります。</p>
</body></html>
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder: Path = tmp_path_factory.mktemp("speech")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "misaki-teian.html").write_text(SPEECH, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def speech(folder: Path) -> Document:
    return read_document(folder / "corpus" / "misaki-teian.html")


@pytest.fixture(scope="module")
def store(folder: Path) -> Store:
    build(folder / "corpus", folder / "index", workers=1)
    return open_store(folder / "index")


def _about(speech: Document, beginning: str) -> str:
    said = [speech.quote(p.span) for p in speech.passages]
    return matter(speech, next(i for i, text in enumerate(said) if text.startswith(beginning)))


def test_what_was_opened_governs_what_follows(speech: Document) -> None:
    assert "一般会計補正予算（第10回）" in _about(speech, "1款議会費")
    assert "障害福祉" in _about(speech, "障害児通所")
    assert "一般会計" not in _about(speech, "補正予算額は")
    assert _about(speech, "次に、議第9号") == ""


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("次に、特別会計の主なものについて説明申し上げます。", "matter"),
        ("議第16号は、工事請負契約の締結であります。", "matter"),
        (
            "まず、歳入についてでありますが、市税につきましては、減収が見込まれることなどから、前年度に比べて2.2パーセント、3億970万円の減となる、135億120万円を見込んだところであり、その内訳は次のとおりでございます。ご承知おきください。",
            "part",
        ),
        ("次の会議は5月に開きます。", ""),
    ],
)
def test_what_opens_a_matter(text: str, kind: str) -> None:
    assert opened(text)[0] == kind


def test_a_figure_is_found_by_its_matter(store: Store) -> None:
    assert (
        "1481万1000円"
        in answer("みさき市の令和7年度一般会計補正予算（第10回）の議会費の補正予算額はいくらですか", store).answer
    )
