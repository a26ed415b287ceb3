"""Projects of Taguette, made here as it makes them: what was highlighted there is marked here, to the letter."""

import html
import json
import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from annotate import commands
from annotate.canonical import is_canonical
from annotate.errors import ImportRefused
from annotate.exchange.coded_passages import squeezed
from annotate.exchange.incoming import Incoming
from annotate.exchange.taguette import read_taguette
from annotate.exchange.taguette_text import TaguetteText
from annotate.project import Project
from annotate.vocabulary import Kind, PartRole
from tests.exchange.naughty import naughty_strings

SCHEMA = """
create table users (login varchar(30) primary key, created datetime not null, hashed_password varchar(192),
    language varchar(10), email varchar(256));
create table projects (id integer primary key autoincrement, name varchar(200) not null, description text not null,
    created datetime not null);
create table project_members (project_id integer not null, user_login varchar(30) not null, privileges varchar(11),
    primary key (project_id, user_login));
create table documents (id integer primary key autoincrement, name varchar(200) not null, description text not null,
    filename varchar(200) not null, created datetime not null, project_id integer not null,
    text_direction varchar(13) not null, contents text not null);
create table commands (id integer primary key autoincrement, date datetime not null, user_login varchar(30) not null,
    project_id integer not null, document_id integer, payload text not null);
create table highlights (id integer primary key autoincrement, document_id integer not null,
    start_offset integer not null, end_offset integer not null, snippet text not null);
create table tags (id integer primary key autoincrement, project_id integer not null, path varchar(200) not null,
    description text not null{parent}, unique (project_id, path));
create table highlight_tags (highlight_id integer not null, tag_id integer not null,
    primary key (highlight_id, tag_id));
create table alembic_version (version_num varchar(32) not null);
"""
FLOOD = (
    "<h1>Water over the old town 🌊🇺🇦</h1>\n<p>At least 3,200 people left the <b>old town</b> on Tuesday,<br/>mayor"
    " Ines\n  Duarte said. قال شهود إن السد انهار &amp; fell.</p><ul><li>One</li><li>Two &lt;b&gt;</li></ul>"
)


class Taguette:
    """A project as Taguette has it, with one document; offsets are reckoned from the words."""

    def __init__(self, path: Path, contents: str = FLOOD, *, parents: bool = True) -> None:
        self.path = path
        self.db = sqlite3.connect(path)
        self.db.executescript(SCHEMA.replace("{parent}", ", parent_id integer" if parents else ""))
        self.project("Flood", "About the flood")
        self.document(contents)

    def _add(self, table: str, **values: Any) -> int:
        marks = ", ".join("?" * len(values))
        cursor = self.db.execute(f"insert into {table} ({', '.join(values)}) values ({marks})", tuple(values.values()))
        self.db.commit()
        assert cursor.lastrowid is not None
        return cursor.lastrowid

    def project(self, name: str, description: str = "") -> int:
        return self._add("projects", name=name, description=description, created="2024-06-04 09:00:00.000000")

    def document(self, contents: str, name: str = "flood.docx", project_id: int = 1) -> int:
        known = {"created": "2024-06-04 10:00:00.000000", "text_direction": "LEFT_TO_RIGHT", "filename": "flood.docx"}
        return self._add(
            "documents", name=name, description="From the valley", project_id=project_id, contents=contents, **known
        )

    def tag(self, path: str, description: str = "", **more: Any) -> int:
        return self._add("tags", **{"project_id": 1, "path": path, "description": description} | more)

    def highlight(self, start: int, end: int, snippet: str, *tags: int, document_id: int = 1) -> int:
        row_id = self._add("highlights", document_id=document_id, start_offset=start, end_offset=end, snippet=snippet)
        for tag in tags:
            self._add("highlight_tags", highlight_id=row_id, tag_id=tag)
        return row_id

    def highlight_words(self, counted: str, words: str, *tags: int) -> int:
        """A highlight of words in the text nodes `counted`."""
        start = len(counted[: counted.index(words)].encode())
        return self.highlight(start, start + len(words.encode()), f"<p>{html.escape(words)}</p>", *tags)

    def logged(self, highlight_id: int, who: str, date: str, payload: dict[str, Any] | None = None) -> None:
        said = {"type": "highlight_add", "highlight_id": highlight_id} if payload is None else payload
        self._add("commands", date=date, user_login=who, project_id=1, document_id=1, payload=json.dumps(said))

    def read(self) -> Incoming:
        self.db.close()
        return read_taguette(self.path)


COUNTED = (
    "Water over the old town 🌊🇺🇦\nAt least 3,200 people left the old town on Tuesday,mayor"
    " Ines\n  Duarte said. قال شهود إن السد انهار & fell.OneTwo <b>"
)


def words_of(incoming: Incoming) -> list[str]:
    texts = {article.key: article.draft.text for article in incoming.articles}
    return [" / ".join(texts[one.article][s.start : s.end] for s in one.spans) for one in incoming.annotations]


def test_a_document_becomes_a_text_to_read(tmp_path: Path) -> None:
    [article] = Taguette(tmp_path / "flood.sqlite3").read().articles
    assert article.draft.text == (
        "Water over the old town 🌊🇺🇦\n\nAt least 3,200 people left the old town on Tuesday,\nmayor Ines Duarte said. "
        "قال شهود إن السد انهار & fell.\n\nOne\nTwo <b>"
    )
    [heading] = article.draft.parts
    assert heading.role is PartRole.HEADLINE
    assert article.draft.text[heading.start : heading.end] == "Water over the old town 🌊🇺🇦"
    assert (article.note, article.file_name, article.data) == ("From the valley", "flood.docx.html", FLOOD.encode())


def test_tables_and_lines_of_code_are_shown_as_such() -> None:
    rows = "<tr><th>Day</th><th>Dead</th></tr>\n<tr><td>Monday</td><td>3</td></tr>"
    text = TaguetteText(f"<p>Before</p><table><tbody>{rows}</tbody></table><pre>\n\none\n  two</pre><p>After</p>")
    assert text.shown == "Before\n\nDay\tDead\nMonday\t3\n\none\ntwo\n\nAfter"
    counted = "BeforeDayDead\nMonday3\none\n  twoAfter"  # of two line ends behind <pre> a browser drops the first
    start = counted.index("Monday")
    assert text.span(start, start + 7) == (text.shown.index("Monday"), text.shown.index("\n\none"))
    assert text.span(len(counted) - 5, len(counted)) == (len(text.shown) - 5, len(text.shown))


@pytest.mark.parametrize(
    ("counted", "shown"),
    [
        ("3,200 people", "3,200 people"),
        ("🌊🇺🇦", "🌊🇺🇦"),
        ("قال شهود", "قال شهود"),
        ("Tuesday,mayor Ines\n  Duarte", "Tuesday,\nmayor Ines Duarte"),
        ("& fell.OneTwo <b>", "& fell.\n\nOne\nTwo <b>"),
        (COUNTED, ""),
    ],
)
def test_highlights_stand_where_their_bytes_say(counted: str, shown: str, tmp_path: Path) -> None:
    project = Taguette(tmp_path / "flood.sqlite3")
    project.highlight_words(COUNTED, counted)
    incoming = project.read()
    assert words_of(incoming) == [shown or incoming.articles[0].draft.text]
    assert incoming.said == ()


def test_tags_are_nested_kinds_are_told_by_name_and_who_made_what_is_kept(tmp_path: Path) -> None:
    project = Taguette(tmp_path / "flood.sqlite3")
    damage = project.tag("Damage", "What broke")
    homes = project.tag("Homes", parent_id=damage)
    figure = project.tag("figures")
    first = project.highlight_words(COUNTED, "3,200 people", figure, homes)
    project.highlight_words(COUNTED, "old town", damage)
    project.logged(first, "mara", "2024-06-05 08:00:00.000000")
    project.logged(first, "ines", "2024-06-06 08:00:00.000000")
    project.logged(first, "ines", "2024-06-07 08:00:00.000000", {"type": "highlight_delete", "highlight_id": first})
    incoming = project.read()
    assert [(tag.name, tag.parent, tag.meaning) for tag in incoming.tags] == [
        ("Damage", None, "What broke"),
        ("Homes", f"tag {damage}", ""),
    ]
    people, town = incoming.annotations
    assert (people.kind, people.tags, people.analyst) == (Kind.FIGURE, (f"tag {homes}",), "mara")
    assert people.created_at == datetime(2024, 6, 5, 8, tzinfo=UTC)
    assert people.changed_at == datetime(2024, 6, 6, 8, tzinfo=UTC)
    assert (town.kind, town.tags, town.analyst) == (Kind.CLAIM, (f"tag {damage}",), "")
    assert incoming.note == "Flood: About the flood"
    assert any("“figures”" in said for said in incoming.said)


def test_files_of_older_versions_have_no_nested_tags(tmp_path: Path) -> None:
    project = Taguette(tmp_path / "flood.sqlite3", parents=False)
    project.tag("Damage")
    assert [tag.name for tag in project.read().tags] == ["Damage"]


def test_tags_of_several_projects_lie_below_the_names_of_theirs(tmp_path: Path) -> None:
    project = Taguette(tmp_path / "flood.sqlite3")
    second = project.project("Quake")
    project.document("<p>The quake</p>", "quake.txt", second)
    project.tag("Damage")
    project.tag("Damage", project_id=second)
    incoming = project.read()
    assert [(tag.name, tag.parent) for tag in incoming.tags] == [
        ("Flood", None), ("Quake", None), ("Damage", "project 1"), ("Damage", "project 2"),
    ]  # fmt: skip
    assert len(incoming.articles) == 2
    assert any("2 projects" in said for said in incoming.said)


def test_a_highlight_whose_words_stand_elsewhere_is_found_by_them_and_told(tmp_path: Path) -> None:
    project = Taguette(tmp_path / "flood.sqlite3")
    project.highlight(3, 9, "<p>old town on Tuesday</p>")
    project.highlight(3, 9, "<p>not in the text</p>")
    project.highlight(90_000, 90_009, "<p>nor this</p>")
    project.highlight(-5, 9, "")
    project.highlight(0, 5, "", document_id=99)
    incoming = project.read()
    assert words_of(incoming) == ["old town on Tuesday", "er ove", ""]
    assert incoming.annotations[2].words == "nor this"
    assert len(incoming.said) == 5


def test_odd_values_are_read_or_passed_over(tmp_path: Path) -> None:
    project = Taguette(tmp_path / "flood.sqlite3")
    tag = project.tag("Damage")
    made = project.highlight_words(COUNTED, "3,200 people", tag)
    project.db.execute("update highlights set start_offset = cast(start_offset as text), snippet = x'3c703e'")
    project.db.execute("update documents set name = x'ff61', created = 5, filename = ''")
    project.db.execute("insert into highlight_tags values ('x', 1), (1, 77)")
    project.logged(made, "mara", "no date")
    for payload in ("[" * 5_000 + '"highlight_add"', '"highlight_add"', '{"highlight_add": 1}'):
        project.db.execute(
            "insert into commands (date, user_login, project_id, payload) values (1, 2, 3, ?)", (payload,)
        )
    project.db.commit()
    incoming = project.read()
    assert words_of(incoming) == ["3,200 people"]
    assert incoming.articles[0].draft.title == "\N{REPLACEMENT CHARACTER}a"
    assert any("not in the codebook: 1" in said for said in incoming.said)


def test_what_is_read_can_be_taken_in(empty_project: Project, tmp_path: Path) -> None:
    project = Taguette(tmp_path / "flood.sqlite3")
    project.highlight_words(COUNTED, "3,200 people", project.tag("Figure"), project.tag("Damage"))
    taken = commands.take_in(empty_project, project.read())
    assert taken.new == {"articles": 1, "tags": 1, "figures": 1}
    [figure] = empty_project.read.annotations()
    assert figure.figure.value == 3200


def test_the_same_project_taken_in_again_adds_what_was_coded_since_and_no_mark_twice(
    empty_project: Project, tmp_path: Path
) -> None:
    coded = ("3,200 people", "Tuesday")
    for number, (words, new) in enumerate(
        ((coded[:1], {"articles": 1, "tags": 1, "claims": 1}), (coded, {"claims": 1}), (coded, {}))
    ):
        project = Taguette(tmp_path / f"{number}.sqlite3")
        damage = project.tag("Damage 🌊")
        for some in words:
            project.highlight_words(COUNTED, some, damage)
        assert dict(commands.take_in(empty_project, project.read()).new) == new
    assert len(empty_project.read.annotation_ids()) == 2


def test_other_databases_and_views_are_refused_in_one_sentence(tmp_path: Path) -> None:
    other = tmp_path / "other.sqlite3"
    sqlite3.connect(other).execute("create table notes (id integer)").connection.close()
    with pytest.raises(ImportRefused, match=r"other\.sqlite3 is no project of Taguette"):
        read_taguette(other)
    project = Taguette(tmp_path / "views.sqlite3")
    project.db.executescript("drop table highlights; create view highlights as select 1 id")
    with pytest.raises(ImportRefused, match="something that runs"):
        project.read()
    empty = Taguette(tmp_path / "empty.sqlite3", "<p> </p>")
    with pytest.raises(ImportRefused, match="nothing to take in"):
        empty.read()


INLINE = st.sampled_from(["", "b", "em", "a", "u"])
BLOCK = st.sampled_from(["p", "h2", "li", "br", ""])
WORDS = st.text(st.sampled_from("ab<&; \n\r\t\x00\x0b\ufeff🌊🇺🇦قe\u0301\u2028\u00a0"), max_size=8)


@given(st.lists(st.tuples(BLOCK, INLINE, WORDS, WORDS), max_size=8), st.data())
@example([("p", "b", "\ufeffa", " \n"), ("p", "", "", "\r"), ("p", "", "\n", "a\r")], None)
def test_any_highlight_of_any_document_holds_its_words(blocks: list[tuple[str, str, str, str]], data: Any) -> None:
    contents, counted = "", ""
    for block, inline, first, second in blocks:
        inside = f"<{inline}>{html.escape(first)}</{inline}>" if inline else html.escape(first)
        inside += html.escape(second)
        contents += f"<{block}>{inside}</{block}>" if block not in ("", "br") else f"<br/>{inside}"
        # A browser makes one line end of CR LF before it counts, but not of those that stand in two elements.
        counted += with_line_ends(first) + with_line_ends(second) if inline else with_line_ends(first + second)
    text = TaguetteText(contents)
    assert is_canonical(text.shown)
    assert squeezed(text.shown) == squeezed(counted)
    if data is None:
        return
    start, end = sorted((data.draw(st.integers(0, len(counted))), data.draw(st.integers(0, len(counted)))))
    span = text.span(len(counted[:start].encode()), len(counted[:end].encode()))
    words = text.shown[slice(*span)] if span else ""
    assert squeezed(words) == squeezed(counted[start:end])
    assert words == words.strip(" \n\t")


def with_line_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def test_naughty_strings_are_highlighted_to_the_letter(shared: Path, tmp_path: Path) -> None:
    naughty = [text.encode("utf-16", "surrogatepass").decode("utf-16", "replace") for text in naughty_strings(shared)]
    naughty = [with_line_ends(text) for text in naughty]
    project = Taguette(tmp_path / "naughty.sqlite3", "".join(f"<p>{html.escape(text)}</p>" for text in naughty))
    place = 0
    for text in naughty:
        project.highlight(place, place + len(text.encode()), f"<p>{html.escape(text)}</p>")
        place += len(text.encode())
    incoming = project.read()
    visible = [squeezed(text) for text in naughty if squeezed(text)]
    assert all(said.startswith("Passages without words, left out") for said in incoming.said)
    assert [squeezed(words) for words in words_of(incoming) if squeezed(words)] == visible
