"""What rows of a refilled file say of each other, brought to agree: hashes, lengths, places, words, numbers.

Why it exists: a text is told by its SHA-256, a mark by the words that stand at its place. Where they differ after a
disk has failed, one of them is wrong. Each word of a mark stands in the file three times (in the text, in the span, in
the annotation), so a text can often be put right, and its SHA-256 proves it. What cannot be proved is kept and said.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from annotate.anchoring import CONTEXT, GAP
from annotate.canonical import canonical, is_canonical
from annotate.store.refilling import Findings
from annotate.store.schema import JOURNALLED

UNKNOWN = "░"
"""Stands for a character of a text that is lost."""


ReadAgain = Callable[[Iterable[tuple[str, bytes]]], Iterable[str]]
"""The texts of the articles in files, by names and bytes of those; files that cannot be read give none."""


class Agreement:
    """Brings a refilled file to agree with itself."""

    def __init__(self, raw: sqlite3.Connection, findings: Findings, read_again: ReadAgain) -> None:
        self._raw, self._findings, self._read_again = raw, findings, read_again

    def reach(self, sequence: dict[str, int]) -> None:
        """`sequence`: the highest id that each table ever had, as far as the damaged file says."""
        self._files()
        self._from_files()
        for (text_id,) in self._rows("SELECT id FROM texts ORDER BY id"):
            self._text(text_id)
        unused = "sha256 IN (SELECT sha256 FROM wrong) AND sha256 NOT IN (SELECT sha256 FROM texts)"
        self._run(f"DELETE FROM text_bodies WHERE {unused}")
        self._words()
        self._numbers(sequence)

    # -- contents ----------------------------------------------------------------------------------------------------

    def _files(self) -> None:
        self._run("CREATE TEMP TABLE wrong (sha256 TEXT)")
        for (sha256,) in self._rows("SELECT sha256 FROM file_contents"):
            [(data,)] = self._rows("SELECT data FROM file_contents WHERE sha256 = ?", sha256)
            if (now := hashlib.sha256(data).hexdigest()) == sha256:
                continue
            if (whole := bytes_of_text(self._raw, sha256)) is not None:
                self._run("UPDATE file_contents SET data = ? WHERE sha256 = ?", whole, sha256)
                continue
            self._run("INSERT OR IGNORE INTO file_contents (sha256, data) VALUES (?, ?)", now, data)
            for (row_id,) in self._rows("SELECT id FROM files WHERE sha256 = ?", sha256):
                said = "Its bytes are not those that were imported (SHA-256 differs); they are kept as they are"
                self._findings.changed.append(("files", row_id, said))
            self._run("UPDATE files SET sha256 = ?, size = ? WHERE sha256 = ?", now, len(data), sha256)
            self._run("DELETE FROM file_contents WHERE sha256 = ?", sha256)
        for (sha256,) in self._rows("SELECT sha256 FROM text_bodies WHERE sha256 NOT IN (SELECT sha256 FROM texts)"):
            [(body,)] = self._rows("SELECT body FROM text_bodies WHERE sha256 = ?", sha256)
            if _hash(body) != sha256:  # of an import that was undone: nothing leads to it, and it is not what it was
                self._run("DELETE FROM text_bodies WHERE sha256 = ?", sha256)

    def _text(self, text_id: int) -> None:
        [(sha256, length)] = self._rows("SELECT sha256, length FROM texts WHERE id = ?", text_id)
        found = self._rows("SELECT body FROM text_bodies WHERE sha256 = ?", sha256)
        body = found[0][0] if found else None
        if body is None:
            body = self._from_marks(text_id, UNKNOWN * min(max(length, 0), 50_000_000))
            self._take(text_id, sha256, body, "Its text is lost but for the words of its marks; the rest is shown as ░")
        elif _hash(body) != sha256:
            body = self._proved(text_id, sha256, body)
        if len(body) != length:
            self._run("UPDATE texts SET length = ? WHERE id = ?", len(body), text_id)
        self._parts(text_id, len(body))
        for span in self._rows(
            'SELECT id, annotation_id, start, "end", exact, before, after FROM spans WHERE text_id = ?', text_id
        ):
            self._span(text_id, body, *span)

    def _proved(self, text_id: int, sha256: str, body: str) -> str:
        """The text as its marks say, where its SHA-256 proves that; else as it stands, fit to be shown."""
        by_marks = self._from_marks(text_id, body)
        if _hash(by_marks) == sha256:
            self._run("UPDATE text_bodies SET body = ? WHERE sha256 = ?", by_marks, sha256)
            self._say(text_id, "Its text was damaged and is whole again by the words of its marks (SHA-256 proves it)")
            return by_marks
        body = body if is_canonical(body) else canonical(body).text
        said = "Its text is not the one that was imported (SHA-256 differs); it is kept as it stands, so compare it"
        self._take(text_id, sha256, body, said)
        return body

    def _from_files(self) -> None:
        """Put back texts that are lost or damaged and that their files still hold: their SHA-256 proves it."""
        wrong = {sha256 for (sha256,) in self._rows("SELECT sha256 FROM texts") if not self._is_right(sha256)}
        if not wrong:
            return
        for body in self._read_again(self._files_of(wrong)):
            if (sha256 := _hash(body)) in wrong:
                wrong.discard(sha256)
                self._run("INSERT OR REPLACE INTO text_bodies (sha256, body) VALUES (?, ?)", sha256, body)
                for (text_id,) in self._rows("SELECT id FROM texts WHERE sha256 = ?", sha256):
                    self._say(text_id, "Its text is whole again by the file it came from (SHA-256 proves it)")

    def _files_of(self, hashes: set[str]) -> Iterator[tuple[str, bytes]]:
        query = (
            "SELECT DISTINCT files.name, files.sha256 FROM texts JOIN articles ON articles.id = texts.article_id "
            "JOIN files ON files.id = coalesce(texts.file_id, articles.file_id) WHERE texts.sha256 = ?"
        )
        seen = set()
        for sha256 in sorted(hashes):
            for name, of_file in self._rows(query, sha256):
                if of_file not in seen:
                    seen.add(of_file)
                    [(data,)] = self._rows("SELECT data FROM file_contents WHERE sha256 = ?", of_file)
                    yield name, data

    def _is_right(self, sha256: str) -> bool:
        found = self._rows("SELECT body FROM text_bodies WHERE sha256 = ?", sha256)
        return bool(found) and _hash(found[0][0]) == sha256

    def _take(self, text_id: int, old: str, body: str, said: str) -> None:
        now = _hash(body)
        self._run("INSERT OR IGNORE INTO text_bodies (sha256, body) VALUES (?, ?)", now, body)
        self._run("INSERT INTO wrong VALUES (?)", old)
        self._run("UPDATE texts SET sha256 = ? WHERE id = ?", now, text_id)
        of_text = "WHERE id = (SELECT article_id FROM texts WHERE id = ?)"
        note = f"Saved from a damaged project: {said[0].lower()}{said[1:]}."
        self._run(f"UPDATE articles SET note = ltrim(note || char(10) || ?, char(10)) {of_text}", note, text_id)
        self._say(text_id, said)

    def _from_marks(self, text_id: int, body: str) -> str:
        """A text with the words that its marks, and what is kept around them, have at their places."""
        letters = list(body)
        kept = 'SELECT start, "end", exact, before, after FROM spans WHERE text_id = ?'
        around, within = [], []
        for start, end, exact, before, after in self._rows(kept, text_id):
            if end - start == len(exact):
                around += [(start - len(before), before), (end, after)]
                within.append((start, exact))
        for start, words in (*around, *within):
            if start >= 0 and start + len(words) <= len(letters):
                letters[start : start + len(words)] = words
        return "".join(letters)

    def _parts(self, text_id: int, length: int) -> None:
        self._run(
            'DELETE FROM parts WHERE text_id = ? AND NOT (0 <= start AND start <= "end" AND "end" <= ?)',
            text_id,
            length,
        )

    # -- marks -------------------------------------------------------------------------------------------------------

    def _span(
        self,
        text_id: int,
        body: str,
        row_id: int,
        owner: int,
        start: int,
        end: int,
        exact: str,
        before: str,
        after: str,
    ) -> None:
        on = self._rows("SELECT text_id, words FROM annotations WHERE id = ?", owner)
        place = _place(body, start, end, exact, before, after, on[0][1]) if on and on[0][0] == text_id else None
        if place is None:
            self._run("DELETE FROM spans WHERE id = ?", row_id)
            self._run("UPDATE annotations SET words = ? WHERE id = ? AND trim(words) = ''", exact, owner)
            said = f"Its words do not stand in the text any more (“{exact[:60]}”); they are kept, without a place"
            self._findings.changed.append(("annotations", owner, said))
            return
        start_now, end_now = place
        around = body[max(0, start_now - CONTEXT) : start_now], body[end_now : end_now + CONTEXT]
        stands = body[start_now:end_now]
        if (start_now, end_now, stands, *around) == (start, end, exact, before, after):
            return
        self._run(
            'UPDATE spans SET start = ?, "end" = ?, exact = ?, before = ?, after = ? WHERE id = ?',
            start_now, end_now, stands, *around, row_id,
        )  # fmt: skip
        self._findings.changed.append(("annotations", owner, f"Its place was put right, at “{stands[:60]}”"))

    def _words(self) -> None:
        """The words of an annotation are those of its spans; without any, its own, or what its record says."""
        joined: dict[int, list[str]] = {}
        for owner, exact in self._raw.execute(
            "SELECT annotation_id, exact FROM spans ORDER BY annotation_id, position, id"
        ):
            joined.setdefault(owner, []).append(exact)
        for row_id, words in self._rows("SELECT id, words FROM annotations"):
            stands = GAP.join(joined.get(row_id, []))
            if stands and stands != words:
                self._run("UPDATE annotations SET words = ? WHERE id = ?", stands, row_id)
            elif not stands and not words.strip():
                [(plain,)] = self._rows("SELECT max(plain_words) FROM claims WHERE id = ?", row_id)
                self._run("UPDATE annotations SET words = ? WHERE id = ?", plain or "(words lost)", row_id)
                self._findings.lost.append(("annotations", row_id, "Its words are lost"))

    # -- numbers -----------------------------------------------------------------------------------------------------

    def _numbers(self, sequence: dict[str, int]) -> None:
        """No number and no id that was ever given out is given out again."""
        given = (
            "SELECT kind, max(number) FROM annotations GROUP BY kind "
            "UNION ALL SELECT 'register', max(number) FROM sources"
        )
        told = (
            "SELECT CASE table_name WHEN 'sources' THEN 'register' ELSE json_extract(after, '$.kind') END, "
            "max(json_extract(after, '$.number')) FROM changes WHERE table_name IN ('annotations', 'sources') "
            "AND json_extract(after, '$.number') IS NOT NULL GROUP BY 1"
        )
        for name, number in self._rows(f"{given} UNION ALL {told}"):
            if name is not None and number is not None:
                self._run("INSERT OR IGNORE INTO counters (name, last) VALUES (?, 0)", name)
                self._run("UPDATE counters SET last = max(last, ?) WHERE name = ?", number, name)
        for name in JOURNALLED:
            [(highest,)] = self._rows(f'SELECT coalesce(max(id), 0) FROM "{name}"')
            [(told_of,)] = self._rows("SELECT coalesce(max(row_id), 0) FROM changes WHERE table_name = ?", name)
            last = max(highest, told_of, sequence.get(name, 0) if sequence.get(name, 0) < 2**53 else 0)
            self._run("DELETE FROM sqlite_sequence WHERE name = ?", name)
            if last and JOURNALLED[name].dialect_options["sqlite"]["autoincrement"]:
                self._run("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", name, last)

    def _say(self, text_id: int, said: str) -> None:
        [(article_id,)] = self._rows("SELECT article_id FROM texts WHERE id = ?", text_id)
        self._findings.changed.append(("articles", article_id, said))

    def _run(self, statement: str, *values: Any) -> None:
        self._raw.execute(statement, values)

    def _rows(self, query: str, *values: Any) -> list[Any]:
        return self._raw.execute(query, values).fetchall()


def _place(body: str, start: int, end: int, exact: str, before: str, after: str, words: str) -> tuple[int, int] | None:
    """Where a mark stands: where it was, or at the one place where its words are; None where it has none."""
    is_inside = 0 <= start < end <= len(body)
    stands = body[start:end] if is_inside else ""
    if stands and stands == exact:
        return start, end
    surrounded = stands and body[max(0, start - CONTEXT) : start] == before and body[end : end + CONTEXT] == after
    if surrounded or (stands and stands in words.split(GAP)):
        return start, end  # the span's own copy of its words is the damaged one
    if exact and (first := body.find(before + exact)) >= 0:
        return first + len(before), first + len(before) + len(exact)
    if exact and body.count(exact) == 1:
        return body.index(exact), body.index(exact) + len(exact)
    return None


def bytes_of_text(raw: sqlite3.Connection, sha256: str) -> bytes | None:
    """The bytes of a file that held nothing but a text, where its SHA-256 proves that they are."""
    row = raw.execute("SELECT body FROM text_bodies WHERE sha256 = ?", (sha256,)).fetchone()
    return row[0].encode("utf-8") if row is not None and _hash(row[0]) == sha256 else None


def _hash(body: str) -> str:
    return hashlib.sha256(body.encode("utf-8")).hexdigest()
