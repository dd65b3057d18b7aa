"""Every error Tashika raises on purpose. Each says, in one sentence, what is wrong and the way out."""

from __future__ import annotations


class TashikaError(Exception):
    """Base of all our own errors; its text is shown to the user as it is, without a traceback."""


class UnreadableDocument(TashikaError):
    """A source file that cannot be read: missing, empty, binary, of an unknown format or too large."""

    def __init__(self, source: str, reason: str) -> None:
        super().__init__(f"文書「{source}」を読めません: {reason}")
        self.source = source
        self.reason = reason


class UnknownDocument(TashikaError):
    """A document id that is neither a file nor in the corpus."""

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        listed = "、".join(known) if known else "(なし)"
        super().__init__(f"文書「{name}」はありません。ファイルのパスか、次の id を指定してください: {listed}")
        self.name = name


class BadSources(TashikaError):
    """`sources.toml` is missing a field, names a file that is not there, or a checksum differs."""
