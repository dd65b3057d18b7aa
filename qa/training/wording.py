"""Learn which nouns a question says in words of its own, and write them to `qa/model/wording.json`.

    python -m qa.training.wording --data DIR [--out FILE]

A question about a text repeats the names of things and puts what it wants to know in words that the text need not
hold (役割, 理由, 仕組み). From JaQuAD train (CC BY-SA 3.0, SkelterLabs): for each noun of the questions the share of them
whose paragraph does not hold it, drawn towards the share of all nouns where it is rare.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click
import msgspec

from index.words import content_words
from qa.training.prose_examples import read_articles
from qa.understand import understand

FEWEST = 6  # questions that a noun must stand in
DRAWN = 6.0  # as much as so many questions says the share of all nouns
_NOUN = 0.8


@click.command()
@click.option("--data", type=click.Path(exists=True, file_okay=False, path_type=Path), required=True)
@click.option("--out", type=click.Path(path_type=Path), default=Path("qa/model/wording.json"), show_default=True)
def main(data: Path, out: Path) -> None:
    """Count over the public data in --data and write the shares to --out."""
    asked: Counter[str] = Counter()
    absent: Counter[str] = Counter()
    for paragraphs in read_articles(data / "jaquad" / "train.jsonl.gz").values():
        for paragraph in paragraphs:
            held = {word.normal for word in content_words(paragraph["context"])}
            for question in paragraph["questions"]:
                nouns = {
                    t.normal for t in understand(question["question"]).terms if t.pos == "名詞" and t.weight >= _NOUN
                }
                for noun in nouns:
                    asked[noun] += 1
                    absent[noun] += noun not in held and noun not in paragraph["context"]
    everywhere = sum(absent.values()) / sum(asked.values())
    shares = {
        noun: round((absent[noun] + DRAWN * everywhere) / (count + DRAWN), 3)
        for noun, count in sorted(asked.items())
        if count >= FEWEST
    }
    out.write_bytes(msgspec.json.encode({"": round(everywhere, 3), **shares}) + b"\n")
    click.echo(f"{len(shares)} nouns, of all {everywhere:.3f} stand only in the question")


if __name__ == "__main__":
    main()
