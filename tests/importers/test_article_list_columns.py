"""Which column of a list holds what: told by headings, guessed, or chosen."""

from __future__ import annotations

import pickle
from datetime import date

import pytest

from annotate.canonical import canonical
from annotate.importers import Columns, ReadOptions, read_bytes
from annotate.importers.article_list import ColumnsUnknown
from tests.importers.lists import LONG, ROW, WORDS, imported, is_whole, only, refused, table, workbook


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
        "2 “title”, 3 “price”. Say which one holds them."
    )


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
