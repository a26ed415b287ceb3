"""Lists of articles: one article a row, whatever the delimiter, the encoding and the program that wrote them."""

from __future__ import annotations

import csv
import pickle
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from io import BytesIO, StringIO
from pathlib import Path

import odfdo
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotate.canonical import canonical
from annotate.errors import ImportRefused
from annotate.importers import Columns, Draft, ImportedFile, ReadOptions, read_bytes
from annotate.importers.article_list import ColumnsUnknown
from annotate.importers.delimited import LONGEST_CELL
from annotate.model import Published
from annotate.project import Project
from annotate.report.workbook import export_workbook
from annotate.vocabulary import PartRole, Precision

WORDS = 'عدد الجرحى 40 شخصا 🇺🇦, said Zoe\u0308 👩‍👩‍👧;\u2028\nand “so on” | "quoted".'
LONG = "The water rose all night, and by the morning four streets were flooded. " * 3
HEADINGS = ("title", "text", "outlet", "author", "published", "url")
ROW = ("Four streets", WORDS, "The Day", "Zoe Ünal", "2026-03-03", "https://e.org/1")


def table(*rows: Sequence[str], delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    lines = StringIO(newline="")
    csv.writer(lines, delimiter=delimiter).writerows(rows)
    return lines.getvalue().encode(encoding)


def workbook(*sheets: Sequence[Sequence[object]], names: Sequence[str] = ("One", "Two", "Three")) -> bytes:
    book = openpyxl.Workbook(write_only=True)
    for name, rows in zip(names, sheets, strict=False):
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def imported(data: bytes, name: str = "list.csv", options: ReadOptions | None = None) -> ImportedFile:
    read = read_bytes(data, name, options or ReadOptions())
    assert read.importer == "list"
    return read


def only(data: bytes, name: str = "list.csv", options: ReadOptions | None = None) -> Draft:
    (draft,) = imported(data, name, options).articles
    return draft


def refused(data: bytes, name: str = "list.csv", options: ReadOptions | None = None) -> str:
    with pytest.raises(ImportRefused) as error:
        read_bytes(data, name, options or ReadOptions())
    return str(error.value)


def ending(data: bytes, name: str) -> bool:
    """Whether there are articles, or a sentence that names the file."""
    try:
        return bool(read_bytes(data, name).articles)
    except ImportRefused as refusal:
        return str(refusal).startswith(name)


def is_whole(draft: Draft) -> None:
    assert draft == Draft(
        text=WORDS,
        title="Four streets",
        title_confirmed=True,
        outlet="The Day",
        author="Zoe Ünal",
        published=Published("2026-03-03", date(2026, 3, 3), Precision.DAY),
        url="https://e.org/1",
        place_in_file="row 2",
    )


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_every_delimiter_and_encoding_gives_the_same_article(delimiter: str, encoding: str) -> None:
    is_whole(only(table(HEADINGS, ROW, delimiter=delimiter, encoding=encoding)))


def test_a_workbook_gives_the_same_article() -> None:
    is_whole(only(workbook([HEADINGS, (*ROW[:4], date(2026, 3, 3), ROW[5])]), "list.xlsx"))


def test_a_workbook_is_told_by_its_bytes() -> None:
    is_whole(only(workbook([HEADINGS, ROW]), "list.docx"))


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


@pytest.mark.parametrize(
    ("headings", "order"),
    [
        (("Titel", "Volltext", "Quelle", "Autor", "Veröffentlicht am", "Link"), "TXOAPU"),
        (("Titre", "Texte", "Source", "Auteur", "Date de publication", "Lien"), "TXOAPU"),
        (("título", "contenido", "medio", "autor", "fecha", "enlace"), "TXOAPU"),
        (("Заголовок", "Текст", "Издание", "Автор", "Дата", "Ссылка"), "TXOAPU"),
        (("", "source_name", "author", "title", "url", "published_at", "content"), ".OATUPX"),
        (("sourceId", "source.name", "author", "title", "description", "url", "publishedAt", "content"), ".OAT.UPX"),
        (("id", "title", "publication", "author", "date", "year", "url", "content"), ".TOAP.UX"),
        (("Date of issue", "Article headline", "Full text", "Word count", "Newspaper", "Byline", "URL"), "PTX.OAU"),
    ],
)
def test_columns_are_told_by_headings_of_many_kinds(headings: tuple[str, ...], order: str) -> None:
    cells = dict(zip("TXOAPU", ROW, strict=True)) | {".": "17"}
    read = imported(table(headings, [cells[letter] for letter in order]))
    is_whole(read.articles[0])
    assert read.warnings == ()


def test_without_known_headings_the_longest_column_is_the_text_and_the_guess_is_told() -> None:
    rows = [
        ("7", "Night of the flood", "https://e.org/1", LONG, "3 March 2026"),
        ("8", "Another night in town", "", LONG, ""),
    ]
    read = imported(table(*rows))
    assert [(d.title, d.text, d.url, d.published.on, d.place_in_file) for d in read.articles] == [
        ("Night of the flood", LONG, "https://e.org/1", date(2026, 3, 3), "row 1"),
        ("Another night in town", LONG, None, None, "row 2"),
    ]
    assert read.warnings == (
        "Which column holds what was guessed: text 4, title 2, published 5, url 3. Look whether that is right.",
    )


def test_headings_in_no_known_language_are_no_article() -> None:
    read = imported(table(("Kichwa", "Habari"), ("Mafuriko", LONG), ("Mvua", LONG)))
    assert [draft.place_in_file for draft in read.articles] == ["row 2", "row 3"]
    assert read.warnings == ("Which column holds what was guessed: text “Habari”. Look whether that is right.",)


def test_chosen_columns_go_before_the_guess_by_number_and_by_heading() -> None:
    data = table(("title", "text", "kept"), ("A", "short", "The whole words"))
    for text, title in ((2, 1), ("KEPT", "text")):
        draft = only(data, options=ReadOptions(columns=Columns(text=text, title=title)))
        assert (draft.text, draft.title, draft.title_confirmed) == ("The whole words", "short", True)
    assert only(data, options=ReadOptions(columns=Columns(text=2))).title_confirmed is False


def test_a_chosen_column_that_is_not_there_is_named() -> None:
    data = table(("title", "text"), ("A", "words"))
    its = "its columns are 1 “title”, 2 “text”."
    assert refused(data, options=ReadOptions(columns=Columns(text=2))) == f"list.csv has no column 3; {its}"
    assert refused(data, options=ReadOptions(columns=Columns(text="body"))) == f"list.csv has no column “body”; {its}"


def test_a_list_without_texts_is_refused_naming_its_columns() -> None:
    said = refused(table(("name", "title", "price"), ("a", "b", "4"), ("c", "d", "5")))
    assert said == (
        "list.csv is a list without a column that looks like the texts of articles; its columns are 1 “name”, "
        "2 “title”, 3 “price”. Say which one holds them (in a command with --columns text=2)."
    )


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


def test_numbers_and_times_of_a_workbook_are_written_as_people_do() -> None:
    rows = [("title", "text", "author", "date"), (40.0, 0.1 + 0.2, True, datetime(2026, 3, 3, 7, 59))]
    draft = only(workbook(rows), "a.xlsx")
    assert (draft.title, draft.text, draft.author, draft.published.words) == (
        "40",
        "0.3",
        "TRUE",
        "2026-03-03 07:59:00",
    )


def test_rows_of_a_workbook_have_the_numbers_that_excel_shows() -> None:
    read = imported(workbook([(), (), (None, "text", "title"), (), (None, "words", "A")]), "a.xlsx")
    assert [(draft.text, draft.place_in_file) for draft in read.articles] == [("words", "row 5")]
    assert read.heads is not None
    assert read.heads.guess == Columns(text=1, title=2)


def test_the_first_sheet_with_texts_is_read_and_the_others_are_told() -> None:
    data = workbook([("About",), ("us",)], [HEADINGS, ROW], [], names=("Notes", "Articles", "Empty"))
    read = imported(data, "a.xlsx")
    is_whole(read.articles[0])
    assert read.warnings == ("Only the sheet “Articles” was read, and not the 1 other sheet in the file.",)


def test_a_spreadsheet_of_libreoffice_is_read() -> None:
    sheet = odfdo.Table("S")
    sheet.set_values([["title", "text"], ["A", "Zoe\u0308 🇺🇦"]])
    document = odfdo.Document("spreadsheet")
    document.body.clear()
    document.body.append(sheet)
    written = BytesIO()
    document.save(written)
    draft = only(written.getvalue(), "a.ods")
    assert (draft.title, draft.text) == ("A", "Zoe\u0308 🇺🇦")


def test_our_own_workbook_is_no_list(tmp_path: Path) -> None:
    with Project.create(tmp_path / "a.pnote", "Ana") as project:
        export_workbook(project.read, tmp_path / "evidence.xlsx", analyst="Ana")
    said = refused((tmp_path / "evidence.xlsx").read_bytes(), "evidence.xlsx")
    assert said.startswith("evidence.xlsx is an evidence workbook of Provenote and holds no articles;")


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


def test_heads_show_a_list_before_it_is_read() -> None:
    heads = imported(table(("Kichwa", "Habari"), *([("A", LONG)] * 20))).heads
    assert heads is not None
    assert heads.headings == ("Kichwa", "Habari")
    assert heads.rows == (("A", LONG),) * 8
    assert (heads.guess, heads.named) == (Columns(text=1), False)


def test_a_list_without_texts_hands_over_its_heads_also_from_another_process() -> None:
    with pytest.raises(ColumnsUnknown) as refused:
        read_bytes(table(("a", "b"), ("1", "2")), "list.csv")
    error = pickle.loads(pickle.dumps(refused.value))
    assert str(error) == str(refused.value)
    assert error.heads.guess is None
    assert error.heads.headings == ("a", "b") or error.heads.rows[0] == ("a", "b")


def test_a_cell_longer_than_any_article_ends_with_a_sentence() -> None:
    data = b'title,text\nA,"' + b"x" * (LONGEST_CELL + 1)
    assert refused(data).startswith("list.csv cannot be read after row 1:")


def test_an_article_of_a_megabyte_in_a_cell_is_read_whole() -> None:
    text = "Many words, and more. " * 50_000
    assert only(table(("title", "text"), ("A", text))).text == text


def test_one_cell_at_the_far_end_of_a_sheet_is_refused() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"], sheet["XFD1048576"] = "text", "far"
    written = BytesIO()
    book.save(written)
    assert "1,048,576 rows and 16,384 columns" in refused(written.getvalue(), "a.xlsx")


def test_a_workbook_that_would_unpack_to_too_much_is_refused() -> None:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * (101 * 1024**2))
    assert "too much to be safe" in refused(packed.getvalue(), "a.xlsx")


def test_a_workbook_cut_short_anywhere_ends_with_a_sentence() -> None:
    data = workbook([HEADINGS, ROW])
    for length in range(8, len(data), 97):
        assert refused(data[:length], "a.xlsx").endswith(".")


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


@pytest.mark.parametrize(
    "above",
    [[["Media monitoring, March 2026"]], [["Report:", "x"], ["From:", "2026-03-01"]], [["Article", "", "Meta", ""]]],
    ids=["a title", "fields of a report", "headings over groups of headings"],
)
def test_headings_are_found_below_what_stands_above_them(above: list[list[str]]) -> None:
    rows = [*above, ["Title", "Text", "Outlet", "Date"], ["Four streets", WORDS, "The Day", "2026-03-03"]]
    for data, name in ((workbook(rows), "a.xlsx"), (table(*rows, *rows[-1:] * 30), "a.csv")):
        read = read_bytes(data, name)
        first = read.articles[0]
        assert (first.title, first.text, first.outlet) == ("Four streets", canonical(WORDS).text, "The Day")
        assert first.published.on == date(2026, 3, 3)
        counted = "1 row above the headings was" if len(above) == 1 else "2 rows above the headings were"
        assert f"{counted} left out." in read.warnings


@pytest.mark.parametrize("headings", [["id", "V1", "V2", "V2"], ["Lp. 1", "Aihe 2", "Uutisteksti", ""]])
def test_unknown_headings_may_have_digits_gaps_and_twins(headings: list[str]) -> None:
    read = read_bytes(table(headings, ["1", "Tulva", LONG, "Päivä"], ["2", "Palo", LONG, "Päivä"]), "a.csv")
    assert [draft.text for draft in read.articles] == [LONG, LONG]


def test_a_first_row_that_may_be_headings_is_told_where_it_was_taken_for_an_article() -> None:
    rows = (["Izenburua", "Albistea"], ["Tulva", "Vesi nousi yön."], ["Palo", "Talo paloi 🇫🇮."])
    read = read_bytes(table(*rows), "a.csv", ReadOptions(columns=Columns(text=1, title=0)))
    told = "The first row was taken for an article (“Albistea”); if it holds headings, leave that one out."
    assert len(read.articles) == 3
    assert told in read.warnings
    dated = read_bytes(table(*([*row, "2026-03-03"] for row in rows)), "a.csv", ReadOptions(columns=Columns(text=1)))
    assert told not in dated.warnings


def test_a_list_that_only_names_articles_says_where_to_get_them() -> None:
    rows = table(
        ["id", "media_name", "publish_date", "title", "url"], ["1", "Day", "2026-03-03", "T", "https://e.org/1"]
    )
    with pytest.raises(ColumnsUnknown, match="get them from the web by their addresses"):
        read_bytes(rows, "a.csv")


def test_a_hidden_sheet_is_read_after_those_that_can_be_seen() -> None:
    book = openpyxl.Workbook()
    hidden, seen = book.active, book.create_sheet("March")
    assert hidden is not None
    hidden.sheet_state = "hidden"
    hidden.append(["Text"])
    hidden.append(["lookup " * 20])
    seen.append(["Title", "Text"])
    seen.append(["Four streets", LONG])
    written = BytesIO()
    book.save(written)
    read = read_bytes(written.getvalue(), "a.xlsx")
    assert [draft.title for draft in read.articles] == ["Four streets"]
    assert read.warnings == ("Only the sheet “March” was read, and not the 1 other sheet in the file.",)


@pytest.mark.parametrize(
    ("headings", "row"),
    [
        ("Tytuł Treść Źródło", ("Powódź", LONG, "Dzień")),
        ("제목 본문 언론사", ("화재", LONG, "일보")),
        ("Заголовок Текст Джерело", ("Вибори", LONG, "День")),
        ("عنوان متن منبع", ("زلزله", LONG, "روز")),
        ("Τίτλος Κείμενο Πηγή", ("Tit", LONG, "Mera")),
        ("כותרת טקסט מקור", ("Tit", LONG, "Yom")),
        ("Cím Szöveg Forrás", ("Tit", LONG, "Nap")),
        ("HD TD SN", ("Tit", LONG, "Day")),
        ("Title FullText pubtitle", ("T", LONG, "Day")),
    ],
)
def test_headings_of_more_languages_name_their_columns(headings: str, row: tuple[str, str, str]) -> None:
    (draft,) = read_bytes(table(headings.split(), row), "a.csv").articles
    assert (draft.title, draft.text, draft.outlet) == row


def test_entities_that_an_export_left_in_a_title_are_read() -> None:
    (draft,) = read_bytes(table(["title", "text"], ["A &amp; B&#8217;s &c;", LONG]), "a.csv").articles
    assert draft.title == "A & B’s &c;"


def test_sheets_with_the_same_headings_are_one_list() -> None:
    rows = [["Title", "Text"], ["Four streets", LONG]]
    other = [["Title", "Text"], ["Dam", WORDS]]
    read = read_bytes(workbook(rows, [["Notes"], ["About"]], other, names=["March", "Readme", "April"]), "a.xlsx")
    assert [(draft.title, draft.place_in_file) for draft in read.articles] == [
        ("Four streets", "row 2"),
        ("Dam", "sheet April, row 2"),
    ]
    told = "Only the 2 sheets with the same headings were read, and not the 1 other sheet in the file."
    assert read.warnings == (told,)
