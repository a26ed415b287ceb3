"""Rows of files and texts inside a transaction, many at once: what importing and updating have in common."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from annotate.importers.draft import Draft, ImportedFile
from annotate.store import schema as t
from annotate.store.journal import Transaction


@dataclass(frozen=True, slots=True)
class NewText:
    """A version of an article's text that is to be written; `sha256` is the text's."""

    article_id: int
    number: int
    draft: Draft
    imported: ImportedFile
    file_id: int
    sha256: str


def insert_files(transaction: Transaction, files: Sequence[ImportedFile]) -> list[int]:
    """The bytes as imported, for custody. Returns the files' ids, in their order."""
    transaction.keep_contents(t.file_contents, {file.sha256: file.data for file in files})
    rows = [
        {"name": file.name, "sha256": file.sha256, "size": len(file.data), "imported_at": transaction.now}
        for file in files
    ]
    return transaction.insert_many(t.files, rows)


def insert_texts(transaction: Transaction, texts: Sequence[NewText]) -> list[int]:
    """Versions of articles' texts with their parts. Returns the texts' ids, in their order."""
    transaction.keep_contents(t.text_bodies, {text.sha256: text.draft.text for text in texts})
    rows = [
        {
            "article_id": text.article_id,
            "file_id": text.file_id,
            "number": text.number,
            "sha256": text.sha256,
            "length": len(text.draft.text),
            "words": len(text.draft.text.split()),
            "importer": text.imported.importer,
            "importer_version": text.imported.importer_version,
            "pages": list(text.draft.pages),
        }
        for text in texts
    ]
    text_ids = transaction.insert_many(t.texts, rows)
    parts = [
        {"text_id": text_id, "role": part.role, "start": part.start, "end": part.end}
        for text_id, text in zip(text_ids, texts, strict=True)
        for part in text.draft.parts
    ]
    transaction.insert_many(t.parts, parts)
    return text_ids
