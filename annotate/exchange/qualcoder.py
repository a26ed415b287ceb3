"""Projects of QualCoder (https://github.com/ccbogel/QualCoder): a folder NAME.qda with data.qda, a SQLite file, in it.

Tables and columns as `new_project` in its __main__.py makes them; what came in later versions (codes below codes,
"important") may be missing. What has no place here is counted, or goes into the project's note where it is words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path, PurePosixPath, PureWindowsPath

from annotate.canonical import canonical
from annotate.errors import ImportRefused
from annotate.exchange.coded_passages import Code, Codebook, Marks, Passage
from annotate.exchange.foreign_database import ForeignDatabase, Row, opened, text_of, whole_of
from annotate.exchange.incoming import Incoming, IncomingArticle
from annotate.exchange.kind_names import taken_for_kinds
from annotate.exchange.moments import moment_of
from annotate.exchange.qualcoder_places import CodedText, Coding
from annotate.exchange.quotes import QuotedText
from annotate.exchange.told import sentences
from annotate.importers.draft import Draft
from annotate.importers.one_line import one_line
from annotate.vocabulary import ArticleType

TOOL = "QualCoder"
DATABASE = "data.qda"
_TABLES = ("source", "code_name", "code_text")
_NOBODY = "default"
"""Who works in QualCoder until a name is set."""
_IMPORTANT = "important"
_DOCUMENTS = "documents"
_LARGEST_KEPT = 200 * 2**20
"""Bytes of a document that is kept with its article."""
_MOST_KEPT = 2**30
"""Bytes of all of them."""
_WITHOUT_A_PLACE = {
    "code_image": "Codings of pictures, left out: {number}.",
    "code_av": "Codings of sound and video, left out: {number}.",
    "case_text": "Passages that belong to cases, left out: {number}.",
    "graph": "Graphs, left out: {number}.",
    "ris": "Entries of bibliography, left out: {number}.",
}


def read_qualcoder(path: Path) -> Incoming:
    """What a project of QualCoder holds; `path` is its folder or the data.qda in it. Nothing in it is touched.

    Raises ImportRefused with one sentence where it is none or cannot be read.
    """
    try:
        is_folder = path.is_dir()
        database_file = path / DATABASE if is_folder else path
        missing = is_folder and not database_file.exists()
    except OSError as error:
        raise ImportRefused(f"{path.name} cannot be read: {error.strerror or error}.") from error
    if missing:
        raise ImportRefused(f"{path.name} is no project of QualCoder: no {DATABASE} is in the folder.")
    with opened(database_file) as database:
        if not database.has(*_TABLES):
            raise ImportRefused(f"{path.name} is no project of QualCoder: its tables are not there.")
        name = database_file.absolute().parent.name if database_file.name == DATABASE else path.name
        return _Reading(name or path.name, database, database_file.parent).result()


class _Reading:
    """One project on its way in. Keys are those of its rows."""

    def __init__(self, name: str, database: ForeignDatabase, folder: Path) -> None:
        self._name, self._database, self._folder = name, database, folder
        self._told: Counter[str] = Counter()
        self._texts: dict[str, CodedText] = {}
        self._kept = 0
        self._attributes = self._read_attributes()

    def result(self) -> Incoming:
        codings = self._database.rows(
            "code_text", ["cid", "fid", "seltext", "pos0", "pos1", "owner", "date", "memo", "important"]
        )
        memos = self._database.rows("annotation", ["fid", "pos0", "pos1", "memo", "owner", "date"])
        codebook = Codebook(self._codes(any(whole_of(row["important"]) for row in codings)))
        articles = list(self._articles())
        if not articles and not codebook.tags:
            raise ImportRefused(f"{self._name} holds neither texts nor codes; there is nothing to take in.")
        marks = Marks(codebook, {key: QuotedText(text.text) for key, text in self._texts.items()})
        for row in codings:
            text = self._texts.get(f"source {whole_of(row['fid'])}")
            if text is not None and (coding := _coding(row)) is not None:
                text.count(coding)
        for row in (*codings, *memos):
            self._mark(row, marks)
        for table, sentence in _WITHOUT_A_PLACE.items():
            self._told[sentence] += self._database.count(table)
        notes = list(self._notes())
        return Incoming(
            name=self._name,
            tool=TOOL,
            articles=articles,
            tags=codebook.tags,
            annotations=marks.annotations(),
            said=self._said(codebook, marks),
            note="\n\n".join(notes),
        )

    def _said(self, codebook: Codebook, marks: Marks) -> tuple[str, ...]:
        said = []
        if codebook.named_like_kinds:
            said.append(taken_for_kinds("Codes", codebook.named_like_kinds))
        taken: Counter[str] = Counter()
        for text in self._texts.values():
            taken.update(text.taken)
        if taken:
            ways = ", ".join(f"{number:,} in {way}" for way, number in taken.most_common())
            said.append(f"In texts with emoji or line ends of two characters, places were read: {ways}.")
        return (*said, *sentences(marks.told), *sentences(self._told))

    def _codes(self, with_important: bool) -> Iterator[Code]:
        for row in self._database.rows("code_cat", ["catid", "name", "memo", "supercatid"]):
            above = _key("category", row["supercatid"])
            yield Code(
                f"category {whole_of(row['catid'])}", text_of(row["name"]), above, meaning=text_of(row["memo"]),
                is_category=True,
            )  # fmt: skip
        for row in self._database.rows("code_name", ["cid", "name", "memo", "catid", "color", "supercid"]):
            above = _key("code", row["supercid"]) or _key("category", row["catid"])
            colour, meaning = text_of(row["color"]), text_of(row["memo"])
            yield Code(f"code {whole_of(row['cid'])}", text_of(row["name"]), above, colour, meaning)
        if with_important:
            yield Code(_IMPORTANT, "Important", meaning="Marked as important in QualCoder")

    def _articles(self) -> Iterator[IncomingArticle]:
        rows = self._database.rows(
            "source", ["id", "name", "fulltext", "mediapath", "memo", "owner", "date", "av_text_id"]
        )
        transcripts = {whole_of(row["av_text_id"]) for row in rows if row["av_text_id"] is not None}
        for row in rows:
            number = whole_of(row["id"])
            key = f"source {number}"
            text = CodedText(text_of(row["fulltext"]))
            if not text.text.strip() or key in self._texts:
                self._told["Pictures, sound, video and texts without words, left out: {number}."] += 1
                continue
            self._texts[key] = text
            name = one_line(text_of(row["name"])) or "text"
            kept = self._kept_file(text_of(row["mediapath"]) or name)
            file, data = kept or (name if name.endswith(".txt") else f"{name}.txt", text.text.encode("utf-8"))
            memo = canonical(text_of(row["memo"])).text.strip()
            note = "\n".join(filter(None, (memo, *self._attributes.get(("file", number), ()))))
            owner = one_line(text_of(row["owner"])) or ""
            yield IncomingArticle(
                key=key,
                draft=Draft(
                    text=text.text,
                    title=name,
                    title_confirmed=False,
                    type=ArticleType.TRANSCRIPT if number in transcripts else ArticleType.DOCUMENT,
                ),
                file_name=file,
                data=data,
                collected_at=moment_of(text_of(row["date"])),
                collected_by="" if owner == _NOBODY else owner,
                note=note,
            )

    def _kept_file(self, stated: str) -> tuple[str, bytes] | None:
        """Name and bytes of the document that QualCoder keeps in its folder; no path in the database is followed
        anywhere else."""
        name = PureWindowsPath(PurePosixPath(stated).name).name
        folder = self._folder / _DOCUMENTS
        try:
            file = folder / name
            if name in ("", ".", "..") or folder.is_symlink() or file.is_symlink() or not file.is_file():
                return None
            size = file.stat().st_size
            if size > _LARGEST_KEPT or self._kept + size > _MOST_KEPT:
                self._told["Documents too large to be kept with their articles: {number}."] += 1
                return None
            self._kept += size
            return name, file.read_bytes()
        except (OSError, ValueError):  # not to be read, or a name that no system takes
            return None

    def _mark(self, row: Row, marks: Marks) -> None:
        """A row of codings, or one of memos on a text, which have no code."""
        key = f"source {whole_of(row['fid'])}"
        text, coding = self._texts.get(key), _coding(row)
        if text is None:
            self._told["Codings of texts that are not in the file, left out: {number}."] += 1
            return
        codes = [f"code {whole_of(row['cid'])}"] if "cid" in row else []
        if whole_of(row.get("important")):
            codes.append(_IMPORTANT)
        owner = one_line(text_of(row["owner"])) or ""
        marks.add(
            Passage(
                article=key,
                span=text.span(coding) if coding is not None else None,
                words=text_of(row.get("seltext")),
                codes=tuple(codes),
                note=text_of(row["memo"]),
                analyst="" if owner == _NOBODY else owner,
                created_at=moment_of(text_of(row["date"])),
            )
        )

    def _read_attributes(self) -> dict[tuple[str, int | None], list[str]]:
        """Attributes of files and cases as lines, by what they belong to."""
        found: dict[tuple[str, int | None], list[str]] = {}
        for row in self._database.rows("attribute", ["name", "attr_type", "value", "id"]):
            name, value = (" ".join(canonical(text_of(row[column])).text.split()) for column in ("name", "value"))
            if name and value:
                found.setdefault((text_of(row["attr_type"]), whole_of(row["id"])), []).append(f"{name}: {value}")
        return found

    def _notes(self) -> Iterator[str]:
        """What the project says of itself, its cases and its journal."""
        for row in self._database.rows("project", ["memo"]):
            yield from _words(row["memo"])
        for row in self._database.rows("cases", ["caseid", "name", "memo"]):
            self._told["Cases with their attributes, in the note of the project: {number}."] += 1
            attributes = self._attributes.get(("case", whole_of(row["caseid"])), [])
            yield "\n".join((f"Case “{text_of(row['name']).strip()}”", *_words(row["memo"]), *attributes))
        for row in self._database.rows("journal", ["name", "jentry", "date"]):
            self._told["Entries of the journal, in the note of the project: {number}."] += 1
            yield "\n".join(
                (f"Journal “{text_of(row['name']).strip()}”, {text_of(row['date'])}", *_words(row["jentry"]))
            )


def _coding(row: Row) -> Coding | None:
    start, end = whole_of(row["pos0"]), whole_of(row["pos1"])
    return None if start is None or end is None else Coding(start, end, text_of(row.get("seltext")))


def _key(what: str, number: object) -> str | None:
    found = whole_of(number)
    return None if found is None else f"{what} {found}"


def _words(value: object) -> list[str]:
    """Words, as a list of one or none."""
    words = canonical(text_of(value)).text.strip()
    return [words] if words else []
