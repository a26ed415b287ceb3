"""Rows of files and texts inside a transaction: what importing and updating have in common."""

from __future__ import annotations

from annotate.importers.draft import Draft, ImportedFile
from annotate.store import schema as t
from annotate.store.journal import Transaction


def insert_file(transaction: Transaction, imported: ImportedFile) -> int:
    """The bytes as imported, for custody. Returns the file's id."""
    transaction.keep_content(imported.sha256, data=imported.data)
    return transaction.insert(
        t.files,
        name=imported.name,
        sha256=imported.sha256,
        size=len(imported.data),
        imported_at=transaction.now,
    )


def insert_text(
    transaction: Transaction,
    article_id: int,
    number: int,
    draft: Draft,
    imported: ImportedFile,
    file_id: int,
    sha256: str,
) -> int:
    """A version of an article's text with its parts; `sha256` is the text's. Returns its id."""
    transaction.keep_content(sha256, body=draft.text)
    text_id = transaction.insert(
        t.texts,
        article_id=article_id,
        file_id=file_id,
        number=number,
        sha256=sha256,
        length=len(draft.text),
        words=len(draft.text.split()),
        importer=imported.importer,
        importer_version=imported.importer_version,
        pages=list(draft.pages),
    )
    for part in draft.parts:
        transaction.insert(t.parts, text_id=text_id, role=part.role, start=part.start, end=part.end)
    return text_id
