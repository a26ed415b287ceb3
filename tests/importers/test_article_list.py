"""Lists of articles: one article a row, whatever the delimiter, the encoding and the program that wrote them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotate.canonical import canonical
from annotate.errors import ImportRefused
from annotate.importers import ImportedFile, ReadOptions, read_bytes
from annotate.importers.delimited import LONGEST_CELL
from annotate.model import Published
from annotate.vocabulary import PartRole, Precision
from tests.importers.lists import HEADINGS, LONG, ROW, imported, is_whole, only, refused, table, workbook


def ending(data: bytes, name: str) -> bool:
    """Whether there are articles, or a sentence that names the file."""
    try:
        return bool(read_bytes(data, name).articles)
    except ImportRefused as refusal:
        return str(refusal).startswith(name)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_every_delimiter_and_encoding_gives_the_same_article(delimiter: str, encoding: str) -> None:
    is_whole(only(table(HEADINGS, ROW, delimiter=delimiter, encoding=encoding)))


def test_an_older_encoding_is_told_and_can_be_chosen() -> None:
    data = table(
        ("titre", "texte"), ("Été à Nîmes", "L'élève a été blessé près de la gare de Nîmes. " * 4), encoding="cp1252"
    )
    read = imported(data)
    assert read.articles[0].title == "Été à Nîmes"
    assert "The encoding was guessed" in read.warnings[0]
    chosen = imported(data, options=ReadOptions("cp1252"))
    assert (chosen.articles[0].title, chosen.warnings) == ("Été à Nîmes", ())


def test_excels_own_line_about_the_delimiter_is_no_row() -> None:
    assert only(b"sep=;\r\ntitle;text\r\nA, b;c, d\r\n").title == "A, b"


def test_spaces_after_delimiters_and_backslashes_before_quotation_marks_are_understood() -> None:
    assert only(b'title, text\n"One", "two, three"\n').text == "two, three"
    assert only(b'title,text\n"One","he said \\"two, three\\" and left"\n').text == 'he said "two, three" and left'


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_rows_end_as_on_any_system_and_empty_ones_are_counted(end: str) -> None:
    read = imported(end.join(("title,text", "A,one", "", 'B,"two', 'three"', "")).encode())
    assert [(draft.text, draft.place_in_file) for draft in read.articles] == [("one", "row 2"), ("two\nthree", "row 4")]


def test_a_list_whose_rows_have_no_text_is_refused() -> None:
    assert refused(table(("title", "text"), ("a", ""), ("b", "[Removed]"))).endswith("there is nothing to import.")


def test_rows_without_text_are_counted_and_a_missing_title_is_guessed() -> None:
    read = imported(
        table(("title", "text", "source"), ("A", "one", "None"), ("B", " ", ""), ("", "A headline\nTwo", "nan"))
    )
    assert [(d.title, d.title_confirmed, d.outlet) for d in read.articles] == [
        ("A", True, None),
        ("A headline", False, None),
    ]
    assert read.warnings == ("1 row without text was left out.",)


def test_rows_of_another_width_than_the_first_are_told() -> None:
    read = imported(b"title,text,date\nA,one,2026\nB,two, and more,2026\nC,three\nD,four,2026\n")
    assert [draft.text for draft in read.articles] == ["one", "two", "three", "four"]
    assert read.warnings == ("2 rows have more or fewer cells than the first row; look whether row 3 is whole.",)


def test_a_quotation_mark_without_its_end_is_told() -> None:
    read = imported(b'title,text,date\nA,one,2026\nB,"two,2026\nC,three,2026\n')
    assert [draft.title for draft in read.articles] == ["A", "B"]
    assert read.warnings == ("1 row has more or fewer cells than the first row; look whether row 3 is whole.",)


def test_texts_cut_by_a_news_interface_or_by_excel_are_counted() -> None:
    cut = ["Rain fell… [+4748 chars]", "Rain fell …[4748 chars]", "Rain fell… [+12,748 chars]"]
    read = imported(table(("title", "content"), *(("A", text) for text in cut), ("B", "whole"), ("C", "x" * 32767)))
    assert read.warnings[0].startswith("3 of 5 texts are only the beginning of an article")
    assert read.warnings[1].startswith("1 text has 32,767 characters, the most a cell of Excel holds")
    for draft, text in zip(read.articles, cut, strict=False):
        (part,) = draft.parts
        assert (draft.text, part.role) == (text, PartRole.BOILERPLATE)
        assert "chars" not in text[: part.start]
        assert part.end == len(text)


@pytest.mark.parametrize(
    ("words", "on"),
    [
        ("2026-03-03T07:59:58Z", date(2026, 3, 3)),
        ("2026/3/3 07:59", date(2026, 3, 3)),
        ("20260303T075958Z", date(2026, 3, 3)),
        ("20260303075958", date(2026, 3, 3)),
        ("Tue, 03 Mar 2026 07:59:58 GMT", date(2026, 3, 3)),
        ("3 mars 2026", date(2026, 3, 3)),
        ("03.03.2026 07:59", date(2026, 3, 3)),
        ("12/31/2025", date(2025, 12, 31)),
        ("31/12/2025", date(2025, 12, 31)),
        ("03/04/2026", None),
        ("yesterday", None),
    ],
)
def test_dates_keep_their_words_and_none_is_invented(words: str, on: date | None) -> None:
    published = only(table(("text", "date"), ("one", words))).published
    assert published == Published(words, on, Precision.DAY if on else None)


def test_markup_in_cells_is_read_as_a_page_shows_it() -> None:
    read = imported(table(("title", "body"), ("A", "<p>One &amp; two</p><p>Three<br>four</p>"), ("B", "5 < 6 > 4")))
    assert [draft.text for draft in read.articles] == ["One & two\n\nThree\nfour", "5 < 6 > 4"]
    assert read.warnings == ("1 text held the markup of a web page; only the words were taken.",)


def test_the_name_is_taken_out_of_the_object_that_pandas_writes() -> None:
    draft = only(table(("source", "text"), ("{'id': None, 'name': \"Al Jazeera\"}", "one")))
    assert draft.outlet == "Al Jazeera"


@pytest.mark.parametrize(
    ("data", "name"),
    [
        ("In the morning, the river rose; people left.\nAll of them, she said, were safe, and fed.\n", "a.txt"),
        ("In the morning, the river rose; people left.\nAll of them were safe.\nNo.\n", "a.csv"),
        ("Title, text\nA story, told, by, many\nand one more\n", "a.txt"),
        ("title,text\nshort,and one row only\n", "a.txt"),
        ("Source: The Day | Author: Ana\n\nThe river rose.\n", "a.txt"),
    ],
)
def test_prose_with_commas_is_no_table(data: str, name: str) -> None:
    assert read_bytes(data.encode(), name).importer == "txt"


def test_a_table_without_its_ending_is_told_by_its_headings() -> None:
    is_whole(imported(table(HEADINGS, ROW, ROW, delimiter="\t", encoding="utf-16"), "export.txt").articles[0])


def test_one_column_of_texts_is_a_list() -> None:
    read = imported(table(("text",), ("one, two",), ("three",)))
    assert [draft.text for draft in read.articles] == ["one, two", "three"]


def test_a_cell_longer_than_any_article_ends_with_a_sentence() -> None:
    data = b'title,text\nA,"' + b"x" * (LONGEST_CELL + 1)
    assert refused(data).startswith("list.csv cannot be read after row 1:")


def test_an_article_of_a_megabyte_in_a_cell_is_read_whole() -> None:
    text = "Many words, and more. " * 50_000
    assert only(table(("title", "text"), ("A", text))).text == text


CELLS = st.text(st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n\t"), max_size=40)
LISTS = st.lists(st.tuples(CELLS, CELLS.filter(str.strip)), min_size=1, max_size=8)


def is_the_same(read: ImportedFile, rows: list[tuple[str, str]]) -> None:
    kept = [canonical(text).text for _, text in rows if text.strip().casefold() not in ("none", "null", "nan", "n/a")]
    assert [draft.text for draft in read.articles] == [text for text in kept if text.strip()]


@given(LISTS, st.sampled_from(",;\t|"), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_any_list_written_as_csv_comes_back(rows: list[tuple[str, str]], delimiter: str, encoding: str) -> None:
    rows = [("kept", "words"), *rows]
    is_the_same(imported(table(("title", "text"), *rows, delimiter=delimiter, encoding=encoding)), rows)


@given(LISTS)
@settings(max_examples=40)
def test_any_list_written_as_a_workbook_comes_back(rows: list[tuple[str, str]]) -> None:
    rows = [("kept", "words"), *((f"t{title}", f"x{text}") for title, text in rows)]
    is_the_same(imported(workbook([("title", "text"), *rows]), "list.xlsx"), rows)


@given(st.binary(max_size=300), st.sampled_from(["a.csv", "a.tsv", "a.xlsx"]))
def test_any_bytes_end_in_articles_or_a_sentence(data: bytes, name: str) -> None:
    assert ending(data, name)


def test_entities_that_an_export_left_in_a_title_are_read() -> None:
    (draft,) = read_bytes(table(["title", "text"], ["A &amp; B&#8217;s &c;", LONG]), "a.csv").articles
    assert draft.title == "A & B’s &c;"
