"""Projects of QualCoder, made here as it makes them: what was coded there is marked here, whatever was counted."""

import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from annotate import commands
from annotate.canonical import canonical
from annotate.errors import ImportRefused
from annotate.exchange.coded_passages import squeezed
from annotate.exchange.incoming import Incoming
from annotate.exchange.qualcoder import read_qualcoder
from annotate.exchange.qualcoder_places import CodedText, Coding
from annotate.project import Project
from annotate.vocabulary import ArticleType, Kind
from tests.exchange.naughty import naughty_strings

SCHEMA = """
create table project (databaseversion text, date text, memo text, about text, bookmarkfile integer,
    bookmarkpos integer, codername text);
create table source (id integer primary key, name text, fulltext text, mediapath text, memo text, owner text,
    date text, av_text_id integer, risid integer, unique(name));
create table code_image (imid integer primary key, id integer, x1 integer, y1 integer, width integer, height integer,
    cid integer, memo text, date text, owner text, important integer, pdf_page integer);
create table code_av (avid integer primary key, id integer, pos0 integer, pos1 integer, cid integer, memo text,
    date text, owner text, important integer);
create table annotation (anid integer primary key, fid integer, pos0 integer, pos1 integer, memo text, owner text,
    date text, unique(fid,pos0,pos1,owner));
create table attribute_type (name text primary key, date text, owner text, memo text, caseOrFile text, valuetype text);
create table attribute (attrid integer primary key, name text, attr_type text, value text, id integer, date text,
    owner text, unique(name,attr_type,id));
create table case_text (id integer primary key, caseid integer, fid integer, pos0 integer, pos1 integer, owner text,
    date text, memo text);
create table cases (caseid integer primary key, name text, memo text, owner text, date text, unique(name));
create table code_cat (catid integer primary key, name text, owner text, date text, memo text, supercatid integer,
    unique(name));
create table code_text (ctid integer primary key, cid integer, fid integer, seltext text, pos0 integer, pos1 integer,
    owner text, date text, memo text, avid integer, important integer, unique(cid,fid,pos0,pos1,owner));
create table code_name (cid integer primary key, name text, memo text, catid integer, owner text, date text,
    color text, supercid integer, unique(name));
create table journal (jid integer primary key, name text, jentry text, date text, owner text, unique(name));
create table graph (grid integer primary key, name text, description text);
create table coder_names (name text unique not null, visibility integer not null default 1);
create view code_text_visible as select t.* from code_text t;
insert into project values ('v14', '2024-06-04 09:00:00', 'About the flood', 'QualCoder 3.6', 0, 0, 'mara');
"""
OLD_SCHEMA = """
create table project (databaseversion text, date text, memo text, about text);
create table source (id integer primary key, name text, fulltext text, mediapath text, memo text, owner text,
    date text, unique(name));
create table annotation (anid integer primary key, fid integer, pos0 integer, pos1 integer, memo text, owner text,
    date text);
create table code_cat (catid integer primary key, name text, owner text, date text, memo text, supercatid integer);
create table code_text (cid integer, fid integer, seltext text, pos0 integer, pos1 integer, owner text, date text,
    memo text, unique(cid,fid,pos0,pos1,owner));
create table code_name (cid integer primary key, name text, memo text, catid integer, owner text, date text,
    color text);
"""
FLOOD = (
    "Water over the old town 🌊🇺🇦\r\n\r\nAt least 3,200 people left the old town on Tuesday. قال شهود إن السد انهار\r\n"
    "👩‍👩‍👧‍👦 said that e\u0301 fell.\u2028The dam held."
)


class QualCoder:
    """A project folder as QualCoder has it, with one text."""

    def __init__(self, folder: Path, fulltext: str = FLOOD, *, schema: str = SCHEMA) -> None:
        self.folder = folder
        folder.mkdir()
        (folder / "documents").mkdir()
        self.db = sqlite3.connect(folder / "data.qda")
        self.db.executescript(schema)
        self.fulltext = fulltext
        self.add("source", name="flood.txt", fulltext=fulltext, memo="From the valley", owner="mara",
                 date="2024-06-04 10:00:00")  # fmt: skip

    def add(self, table: str, **values: Any) -> int:
        marks = ", ".join("?" * len(values))
        cursor = self.db.execute(f"insert into {table} ({', '.join(values)}) values ({marks})", tuple(values.values()))
        self.db.commit()
        assert cursor.lastrowid is not None
        return cursor.lastrowid

    def code(self, name: str, **more: Any) -> int:
        return self.add("code_name", **{"name": name, "memo": "", "color": "#F5A9A9"} | more)

    def by_hand(self, cid: int, words: str, **more: Any) -> None:
        """What is coded with the mouse: a selection in Qt's text field."""
        shown = self.fulltext.replace("\r\n", "\n")
        start = len(shown[: shown.index(words)].encode("utf-16-le")) // 2
        end = start + len(words.encode("utf-16-le")) // 2
        selected = words.replace("\n", "\u2029")
        self.coded(cid, start, end, selected, **more)

    def by_search(self, cid: int, words: str, **more: Any) -> None:
        """What is coded by a search of the stored text."""
        start = self.fulltext.index(words)
        self.coded(cid, start, start + len(words), words, **more)

    def coded(self, cid: int, start: int, end: int, words: str, **more: Any) -> None:
        known = {"owner": "mara", "date": "2024-06-05 08:00:00", "memo": "", "fid": 1}
        self.add("code_text", **known | {"cid": cid, "pos0": start, "pos1": end, "seltext": words} | more)

    def read(self) -> Incoming:
        self.db.close()
        return read_qualcoder(self.folder)


def words_of(incoming: Incoming) -> list[str]:
    texts = {article.key: article.draft.text for article in incoming.articles}
    return [" / ".join(texts[one.article][s.start : s.end] for s in one.spans) for one in incoming.annotations]


LATE = ["The dam held", "قال شهود إن السد انهار", "e\u0301 fell.\u2028The", "👩‍👩‍👧‍👦 said"]


def test_what_was_coded_by_hand_and_by_search_stands_where_it_was(tmp_path: Path) -> None:
    project = QualCoder(tmp_path / "flood.qda")
    by_hand, by_search = project.code("By hand"), project.code("By search")
    for words in LATE:
        project.by_hand(by_hand, words)
        project.by_search(by_search, words)
    project.by_hand(by_hand, "Tuesday. قال شهود إن السد انهار\n👩‍👩‍👧‍👦")
    incoming = project.read()
    assert incoming.articles[0].draft.text == canonical(FLOOD).text
    assert words_of(incoming) == [*LATE, "Tuesday. قال شهود إن السد انهار\n👩‍👩‍👧‍👦"]
    assert [len(one.tags) for one in incoming.annotations] == [2, 2, 2, 2, 1]
    [told] = incoming.said
    assert "5 in units of the screen" in told
    assert "4 in characters of the stored text" in told


def test_memos_on_a_text_are_read_as_most_of_its_codings_are(tmp_path: Path) -> None:
    for way in ("by_hand", "by_search"):
        project = QualCoder(tmp_path / f"{way}.qda")
        code = project.code("Damage")
        for words in LATE:
            getattr(project, way)(code, words)
        row = project.db.execute("select pos0, pos1 from code_text where seltext = 'The dam held'").fetchone()
        project.add("annotation", fid=1, pos0=row[0], pos1=row[1], memo="Did it?", owner="default", date="odd")
        incoming = project.read()
        mark = incoming.annotations[-1]
        assert words_of(incoming)[-1] == "The dam held"
        assert (mark.kind, mark.tags, mark.note, mark.analyst) == (Kind.CLAIM, (), "Did it?", "")


def test_codes_are_tags_below_their_categories_and_kinds_are_told_by_name(tmp_path: Path) -> None:
    project = QualCoder(tmp_path / "flood.qda")
    category = project.add("code_cat", name="Effects", memo="What came of it")
    below = project.add("code_cat", name="On people", supercatid=category)
    left = project.code("Displaced", catid=below, memo="Who had to leave")
    child = project.code("By force", supercid=left, color="no colour")
    figure = project.code("Figure", catid=below)
    project.by_hand(left, "3,200 people", memo="Ask again", important=1)
    project.by_hand(child, "3,200 people", memo="Ask again")
    project.by_hand(figure, "3,200 people")
    project.by_hand(figure, "Tuesday", owner="ines", date="2024-06-06 08:00:00")
    incoming = project.read()
    assert [(tag.name, tag.parent, tag.colour, tag.meaning) for tag in incoming.tags] == [
        ("Effects", None, None, "What came of it"),
        ("On people", "category 1", None, ""),
        ("Displaced", "category 2", "#f5a9a9", "Who had to leave"),
        ("By force", "code 1", None, ""),
        ("Important", None, None, "Marked as important in QualCoder"),
    ]
    claim, number, day = incoming.annotations
    assert (claim.kind, claim.tags, claim.note) == (Kind.CLAIM, ("code 1", "important", "code 2"), "Ask again")
    assert (number.kind, number.tags, number.analyst) == (Kind.FIGURE, (), "mara")
    assert (day.analyst, day.created_at) == ("ines", datetime(2024, 6, 6, 8, tzinfo=UTC))
    assert any("“Figure”" in said for said in incoming.said)


def test_what_has_no_place_is_counted_and_words_are_kept_in_notes(tmp_path: Path) -> None:
    project = QualCoder(tmp_path / "flood.qda")
    case = project.add("cases", name="Ines Duarte", memo="The mayor")
    project.add("attribute", name="Age", attr_type="case", value="52", id=case)
    project.add("attribute", name="Outlet", attr_type="file", value="Valley Post", id=1)
    project.add("attribute", name="Empty", attr_type="file", value="", id=1)
    project.add("case_text", caseid=case, fid=1, pos0=0, pos1=5)
    project.add("journal", name="Monday", jentry="Looked at the dam", date="2024-06-10")
    project.add("source", name="dam.jpg", mediapath="/images/dam.jpg")
    project.add("source", name="talk.mp3", mediapath="/audio/talk.mp3", av_text_id=4)
    project.add("source", name="talk.txt", fulltext="[00:01] The dam held", memo=None)
    project.add("code_image", id=2)
    project.add("code_av", id=3)
    project.coded(1, 0, 5, "Water", fid=77)
    project.coded(1, 0, 5, "", fid=2)
    incoming = project.read()
    flood, talk = incoming.articles
    assert flood.note == "From the valley\nOutlet: Valley Post"
    assert talk.draft.type is ArticleType.TRANSCRIPT
    assert incoming.note == (
        "About the flood\n\nCase “Ines Duarte”\nThe mayor\nAge: 52\n\nJournal “Monday”, 2024-06-10\nLooked at the dam"
    )
    assert sorted(incoming.said) == [
        "Cases with their attributes, in the note of the project: 1.",
        "Codings of pictures, left out: 1.",
        "Codings of sound and video, left out: 1.",
        "Codings of texts that are not in the file, left out: 2.",
        "Entries of the journal, in the note of the project: 1.",
        "Passages that belong to cases, left out: 1.",
        "Pictures, sound, video and texts without words, left out: 2.",
    ]


def test_the_kept_document_is_taken_along_and_no_other_file(tmp_path: Path) -> None:
    project = QualCoder(tmp_path / "flood.qda")
    (tmp_path / "secret.txt").write_text("secret")
    documents = project.folder / "documents"
    (documents / "report.docx").write_bytes(b"PK report")
    (documents / "linked.txt").symlink_to(tmp_path / "secret.txt")
    paths = ["/docs/report.docx", "../secret.txt", f"docs:{tmp_path / 'secret.txt'}", "/docs/linked.txt", "..", "\x00",
             "C:\\docs\\report.docx"]  # fmt: skip
    for number, path in enumerate(paths):
        project.add("source", name=f"text {number}", fulltext=f"words {number}", mediapath=path)
    kept = [article.data for article in project.read().articles[1:]]
    assert kept == [b"PK report", b"words 1", b"words 2", b"words 3", b"words 4", b"words 5", b"PK report"]


def test_the_oldest_projects_are_read(tmp_path: Path) -> None:
    project = QualCoder(tmp_path / "old.qda", schema=OLD_SCHEMA)
    project.by_hand(project.code("Damage"), "The dam held")
    incoming = project.read()
    assert words_of(incoming) == ["The dam held"]
    assert [one.name for one in incoming.tags] == ["Damage"]


def test_the_database_alone_is_read_and_nothing_in_the_folder_changes(tmp_path: Path) -> None:
    project = QualCoder(tmp_path / "flood.qda")
    project.by_hand(project.code("Damage"), "The dam held")
    project.db.close()
    before = {file: file.stat().st_mtime_ns for file in sorted(project.folder.rglob("*"))}
    folder, database = read_qualcoder(project.folder), read_qualcoder(project.folder / "data.qda")
    assert folder == database
    assert folder.name == "flood.qda"
    assert {file: file.stat().st_mtime_ns for file in sorted(project.folder.rglob("*"))} == before


def test_words_that_stand_elsewhere_are_found_and_those_that_do_not_keep_their_place(tmp_path: Path) -> None:
    project = QualCoder(tmp_path / "flood.qda")
    code = project.code("Damage")
    project.coded(code, 2, 8, "The dam held")
    project.coded(code, 0, 5, "Nobody said this")
    project.coded(code, 5_000, 5_005, "nor this")
    project.coded(code, 9, 3, "")
    incoming = project.read()
    assert words_of(incoming) == ["The dam held", "Water", ""]
    assert incoming.annotations[2].words == "nor this"
    assert sum("1." in said for said in incoming.said) == 4


def test_circles_of_codes_and_odd_values_do_no_harm(tmp_path: Path, empty_project: Project) -> None:
    project = QualCoder(tmp_path / "flood.qda")
    project.db.executescript(
        """
        insert into code_cat (catid, name, supercatid) values (1, 'One', 2), (2, 'Two', 1), (3, x'ff', 'x');
        insert into code_name (cid, name, catid, supercid, color) values (1, 'A', 1, 1, 5), (2, 7, 3, null, null);
        insert into code_text (cid, fid, seltext, pos0, pos1, owner, date, memo)
            values (1, '1', null, '0', 5.0, 5, 6, 7), (2, 1, 'x', 'a', null, null, null, null);
        """
    )
    incoming = project.read()
    assert words_of(incoming)[0] == "Water"
    commands.take_in(empty_project, incoming)
    assert len(empty_project.read.annotations()) == len(incoming.annotations)


def test_what_is_read_can_be_taken_in(tmp_path: Path, empty_project: Project) -> None:
    project = QualCoder(tmp_path / "flood.qda")
    project.by_hand(project.code("Figure"), "3,200 people")
    project.by_hand(project.code("Damage"), "The dam held")
    taken = commands.take_in(empty_project, project.read())
    assert taken.new == {"articles": 1, "tags": 1, "claims": 1, "figures": 1}


def test_other_folders_and_databases_are_refused_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(ImportRefused, match="no project of QualCoder"):
        read_qualcoder(tmp_path)
    other = tmp_path / "data.qda"
    sqlite3.connect(other).execute("create table notes (id integer)").connection.close()
    with pytest.raises(ImportRefused, match="no project of QualCoder"):
        read_qualcoder(tmp_path)
    with pytest.raises(ImportRefused, match="not there"):
        read_qualcoder(tmp_path / "missing.qda")
    empty = QualCoder(tmp_path / "empty.qda", "")
    with pytest.raises(ImportRefused, match="nothing to take in"):
        empty.read()


RAW = st.text(st.sampled_from("abc d\r\n\r\n\ufeff🌊🇺🇦قe\u0301\u2028"), min_size=1, max_size=30)


@given(RAW, st.data())
@example("🌊\r\n🌊a\r\nb", None)
def test_any_coding_whose_words_were_kept_holds_them(raw: str, data: Any) -> None:
    text = CodedText(raw)
    assert text.text == canonical(raw).text
    if data is None:
        return
    start, end = sorted((data.draw(st.integers(0, len(raw))), data.draw(st.integers(0, len(raw)))))
    words = raw[start:end]
    shown = _shown(words)
    by_search = Coding(start, end, words)
    units = len(_shown(raw[:start]).encode("utf-16-le")) // 2
    by_hand = Coding(units, units + len(shown.encode("utf-16-le")) // 2, shown.replace("\n", "\u2029"))
    inside = raw[start - 1 : start + 1] == "\r\n" or raw[end - 1 : end + 1] == "\r\n"
    for coding in (by_search, by_hand):
        text.count(coding)
        if squeezed(words) and not inside:
            span = text.span(coding)
            assert span is not None
            assert squeezed(text.text[slice(*span)]) == squeezed(words)


def _shown(raw: str) -> str:
    return raw.replace("\r\n", "\n").replace("\r", "\n")


def test_naughty_strings_are_coded_to_the_letter(shared: Path, tmp_path: Path) -> None:
    naughty = [text.encode("utf-16", "surrogatepass").decode("utf-16", "replace") for text in naughty_strings(shared)]
    fulltext = "\r\n".join(naughty)
    project = QualCoder(tmp_path / "naughty.qda", fulltext)
    code, place = project.code("Naughty"), 0
    for text in naughty:
        project.coded(code, place, place + len(text), text)
        place += len(text) + 2
    incoming = project.read()
    visible = [squeezed(text) for text in naughty if squeezed(text)]
    assert [squeezed(words) for words in words_of(incoming) if squeezed(words)] == visible
