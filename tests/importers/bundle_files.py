"""Bundles as databases write them, for tests: text, Word and RTF with the articles that a test states."""

from __future__ import annotations

from io import BytesIO

import docx

from annotate.importers import Draft, ImportedFile, read_bytes

WORDS = "🇺🇦 Кия\u0306в said: مرحبا بالعالم, e\u0301te\u0301, 👩‍👩‍👧 \u2028 and 24\u00a0%."


def classic(*articles: str, cover: str = "") -> bytes:
    """A text file of LexisNexis with the articles given without their separators."""
    count = len(articles)
    numbered = [
        f"                               {number} of {count} DOCUMENTS\n\n\n{article}\n\n"
        for number, article in enumerate(articles, start=1)
    ]
    return (cover + "".join(numbered)).replace("\n", "\r\n").encode("utf-8-sig")


def article(title: str, body: str, *, top: str = "", labels: str = "LENGTH: 12 words", tail: str = "") -> str:
    top = top or "                              The Daily Bugle\n\n                            March 3, 2015 Tuesday"
    return f"{top}\n\n{title}\n\n{labels}\n\n{body}\n\nLOAD-DATE: March 4, 2015\n\nLANGUAGE: ENGLISH\n\n{tail}"


def one(data: bytes, name: str = "download.txt") -> Draft:
    imported = read_bytes(data, name)
    assert len(imported.articles) == 1
    return imported.articles[0]


def body_of(draft: Draft) -> str:
    return draft.text.removeprefix(draft.title).strip()


def texts(imported: ImportedFile) -> list[str]:
    return [draft.text for draft in imported.articles]


def word(paragraphs: list[str]) -> bytes:
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    packed = BytesIO()
    document.save(packed)
    return packed.getvalue()


def rich_text(paragraphs: list[str]) -> bytes:
    def written(text: str) -> str:
        units = text.encode("utf-16-le")
        codes = [int.from_bytes(units[at : at + 2], "little") for at in range(0, len(units), 2)]
        return "".join(
            chr(code) if code < 128 and chr(code) not in "\\{}" else f"\\u{code if code < 32768 else code - 65536}?"
            for code in codes
        )

    body = "\n".join(f"\\pard\\plain {written(paragraph)}\\par" for paragraph in paragraphs)
    return f"{{\\rtf1\\ansi\\deff0{{\\fonttbl{{\\f0 Arial;}}}}\n{body}}}".encode("ascii")


def uni(title: str, body: list[str], *, top: list[str] | None = None, labels: list[str] | None = None) -> list[str]:
    """The paragraphs of one article of Nexis Uni."""
    top = ["The Daily Bugle", "March 3, 2015 Tuesday 9:20 AM GMT"] if top is None else top
    labels = (
        ["Section:\u00a0NEWS; Pg. 4", "Length:\u00a01,203 words", "Byline:\u00a0By Ana Ruiz"]
        if labels is None
        else labels
    )
    return [
        *("", title, *top, "", "Copyright 2015 Bugle Ltd. All Rights Reserved", *labels, "Body", "", *body, ""),
        *("Classification", "", "Language:\u00a0ENGLISH", "Publication-Type:\u00a0Newspaper"),
        *("Load-Date:\u00a0March 4, 2015", "", "End of Document"),
    ]


def cover(*titles: str) -> list[str]:
    entries = [line for number, title in enumerate(titles, 1) for line in (f"{number}. {title}", "Search Terms: war")]
    return ["Date and Time: Friday, 5. July 2019 09:31:00 CEST", f"Documents ({len(titles)})", *entries]
