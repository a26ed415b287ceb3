"""Whether a project still holds what was put into it: bytes, texts, quotes against their offsets, records.

SQLite's own check does not notice a flipped letter in a text, and a quote that no longer stands at its offsets would
be handed on as evidence. Nothing is repaired here: every problem says what a person can do.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqlalchemy.exc import DatabaseError

from annotate.anchoring import CONTEXT, GAP
from annotate.canonical import is_canonical
from annotate.references import label_of
from annotate.store.queries import Reader
from annotate.store.queries.integrity import StoredSpan, StoredText
from annotate.vocabulary import Kind

RESTORE = "Go back to a backup, or save what can be saved into a new project."


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is not as it was put in."""

    about: str
    """Label of the annotation (C-0004), title of the article, name of the file, or a table."""
    sentence: str
    """What is wrong and what to do, for the analyst."""


def check_project(read: Reader) -> list[Problem]:
    """Everything that is wrong with a project, in the order file, rows, content, annotations; empty where it is whole.

    Reads every byte and text once, one at a time, and changes nothing. Annotations without a place in their text
    (orphans) are whole as long as they have their words.
    """
    problems: list[Problem] = []
    looks: tuple[Callable[[Reader], Iterator[Problem]], ...] = (
        _structure,
        _references,
        _rows,
        _files,
        _texts,
        _annotations,
    )
    for look in looks:
        try:
            problems += look(read)
        except (DatabaseError, UnicodeDecodeError) as error:
            reason = str(getattr(error, "orig", error)).rstrip(".")
            problems.append(Problem("file", f"The project file is damaged and cannot be read on: {reason}. {RESTORE}"))
            break
    return list(dict.fromkeys(problems))


def _structure(read: Reader) -> Iterator[Problem]:
    for line in read.damage():
        yield Problem("file", f"The project file is damaged: {line.rstrip('.')}. {RESTORE}")


def _references(read: Reader) -> Iterator[Problem]:
    for table, row_id, parent in read.broken_references():
        yield Problem(table, f"Row {row_id} of {table} points to a row of {parent} that is not there. {RESTORE}")
    if read.project_rows() != 1:
        yield Problem("projects", f"The project does not say once, and only once, what it is. {RESTORE}")


def _rows(read: Reader) -> Iterator[Problem]:
    for table, row_id in read.unreadable_rows():
        row = row_id if isinstance(row_id, int) else str(row_id)[:16]
        yield Problem(table, f"Row {row} of {table} holds something that cannot be read. {RESTORE}")
    for table, row_id in read.uids_used_twice():
        yield Problem(table, f"Row {row_id} of {table} has the identity of another row. {RESTORE}")
    for series, number in read.numbers_given_out_again():
        sentence = f"Numbers of {series} would be given out again: the highest there is, {number}, is not counted."
        yield Problem(series, f"{sentence} {RESTORE}")
    for label in read.unreadable_history():
        yield Problem("changes", f"The history of “{label}” cannot be read, so that step cannot be undone. {RESTORE}")


def _files(read: Reader) -> Iterator[Problem]:
    for sha256, name, data in read.stored_files():
        if hashlib.sha256(data).hexdigest() != sha256:
            named = name or "a file whose import was undone"
            yield Problem(named, f"The bytes of {named} are not those that were imported (SHA-256 differs). {RESTORE}")


def _texts(read: Reader) -> Iterator[Problem]:
    for sha256, unused in read.unused_texts():
        if hashlib.sha256(unused).hexdigest() != sha256:
            yield Problem("text", f"A text whose import was undone is not what it was (SHA-256 differs). {RESTORE}")
    for title in read.articles_without_text():
        yield Problem(title, f"“{title}” has no text. {RESTORE}")
    for text in read.stored_texts():
        about = f"“{text.title}”"
        if hashlib.sha256(text.body).hexdigest() != text.sha256:
            sentence = f"The text of {about} is not the one that was imported (SHA-256 differs). {RESTORE}"
            yield Problem(text.title, sentence)
        body = text.body.decode("utf-8", errors="replace")
        if not is_canonical(body):
            yield Problem(text.title, f"The text of {about} holds characters that no text may hold. {RESTORE}")
        if len(body) != text.length:
            yield Problem(text.title, f"The text of {about} has {len(body)} characters, not {text.length}. {RESTORE}")
        for start, end in read.stored_parts(text.id):
            if not 0 <= start <= end <= len(body):
                yield Problem(text.title, f"A part of {about} ({start}–{end}) lies outside its text. {RESTORE}")
        for span in read.stored_spans(text.id):
            yield from _span(text, body, span)


def _span(text: StoredText, body: str, span: StoredSpan) -> Iterator[Problem]:
    label = _label(span.kind, span.number)
    where = f"{label} in “{text.title}”"
    again = f"Open the article, select the words of {label} again, or remove it."
    if span.on_text != text.id:
        yield Problem(label, f"{where} has words in a text that is not its own. {again}")
    if not 0 <= span.start < span.end <= len(body):
        yield Problem(label, f"{where} lies outside its text ({span.start}–{span.end} of {len(body)}). {again}")
        return
    stands = body[span.start : span.end]
    exact = span.exact.decode("utf-8", errors="replace")
    if exact != stands:
        yield Problem(label, f"{where} quotes {_short(exact)}, but {_short(stands)} stands there. {again}")
    around = (body[max(0, span.start - CONTEXT) : span.start], body[span.end : span.end + CONTEXT])
    kept = (span.before.decode("utf-8", errors="replace"), span.after.decode("utf-8", errors="replace"))
    if kept != around:
        yield Problem(label, f"The words kept around {where} are not those that stand there. {again}")


def _annotations(read: Reader) -> Iterator[Problem]:
    for kind, number in read.annotations_without_record():
        label = _label(kind, number)
        yield Problem(label, f"{label} has no record of its kind, or one of another kind. {RESTORE}")
    for kind, number, words, exact in read.annotations_and_words():
        label = _label(kind, number)
        if exact and words != GAP.encode().join(exact):
            yield Problem(label, f"The words of {label} are not those of its marks. Move one of its edges to mend it.")
        if not exact and not words.strip():
            yield Problem(label, f"{label} has neither a place in its text nor words. Remove it, or go back to a copy.")


def _label(kind: str, number: int) -> str:
    known = next((entry for entry in Kind if entry.value == kind), None)
    return f"annotation {number}" if known is None else label_of(known, number)


def _short(words: str) -> str:
    return f"“{words if len(words) <= 40 else words[:39] + '…'}”"
