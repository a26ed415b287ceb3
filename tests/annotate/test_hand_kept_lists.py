"""Claims lists kept by hand: which column holds what, what rows become, and where quotes stand."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.canonical import is_canonical
from annotate.errors import ImportRefused
from annotate.exchange.hand_kept import (
    Entry,
    ListColumns,
    QuoteSearch,
    Role,
    SqueezedText,
    chosen,
    entries_of,
    guess,
    is_claims_list,
    list_text,
    read_sheet,
    read_sheet_file,
    rows_in,
)
from annotate.exchange.hand_kept.words import status_of
from annotate.vocabulary import Finding, Progress
from tests.annotate.drafts import FLOOD

HOSTILE = Path(__file__).parents[3] / "shared" / "hostile" / "xlsx"


def as_csv(*rows: tuple[object, ...], delimiter: str = ",") -> bytes:
    made = io.StringIO()
    csv.writer(made, delimiter=delimiter).writerows(rows)
    return made.getvalue().encode("utf-8")


def as_xlsx(**sheets: list[tuple[object, ...]]) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def guessed(*rows: tuple[object, ...]) -> list[str | None]:
    sheet = read_sheet(as_csv(*rows), "list.csv")
    columns = guess(sheet.headings, [row.cells for row in sheet.rows])
    return [None if role is None else role.value for role in columns.roles]


def entries(*rows: tuple[object, ...], columns: ListColumns | None = None) -> list[Entry]:
    sheet = read_sheet(as_csv(*rows), "list.csv")
    return entries_of(sheet, columns or guess(sheet.headings, [row.cells for row in sheet.rows]))


SENTENCE = "Forty people left the valley on Monday 🌊."


@pytest.mark.parametrize(
    ("headings", "roles"),
    [
        ("ID|Claim|Source|Number|Article|URL|Status|Notes", "-|claim|source|figure|article|url|status|note"),
        ("Zitat|Aussage|Wer|Zahl|Titel|Link|Ergebnis|Anmerkung", "claim|plain|source|figure|article|url|status|note"),
        ("Déclaration|Qui|Chiffre|Titre|Lien|Statut|Remarques", "claim|source|figure|article|url|status|note"),
        ("Cita|Fuente|Cifra|Titular|Enlace|Estado|Comentarios", "claim|source|figure|article|url|status|note"),
        ("Утверждение|Источник|Число|Заголовок|Ссылка|Статус", "claim|source|figure|article|url|status"),
        ("الادعاء|المصدر|الرقم|العنوان|الرابط|الحالة|ملاحظات", "claim|source|figure|article|url|status|note"),
        ("主张|来源|数字|标题|链接|状态|备注|标签", "claim|source|figure|article|url|status|note|tags"),
        ("Claim|Date said|Keywords|Photographer", "claim|date|tags|-"),
        ("QUOTE (exact)|Claim|Who says so", "-|claim|source"),
    ],
)
def test_columns_are_told_by_their_headings_in_many_languages(headings: str, roles: str):
    row = tuple(f"{SENTENCE} {number}" for number in range(headings.count("|") + 1))
    assert guessed(tuple(headings.split("|")), row) == [None if r == "-" else r for r in roles.split("|")]


def test_without_headings_the_cells_tell_what_columns_hold():
    assert guessed(
        ("1", SENTENCE, "https://example.org/a", "2026-03-03", "false", "40 dead"),
        ("2", "The bridge fell, he said.", "https://example.org/b", "2026-03-04", "open", "12 hurt"),
        ("3", "Nobody was warned at all.", "https://example.org/c", "2026-03-05", "verified", "9"),
    ) == [None, "claim", "url", "date", "status", "figure"]


def test_headings_are_found_below_a_title_and_in_the_sheet_that_has_them():
    data = as_xlsx(
        Readme=[("How to use",), ("Fill in every row",)],
        List=[("Monitoring March",), (None, "Claim", "Source"), (None, SENTENCE, "mayor")],
    )
    sheet = read_sheet(data, "list.xlsx")
    assert sheet.headings == ("", "Claim", "Source")
    assert [row.place for row in sheet.rows] == ["row 3"]
    assert sheet.said == ("Only the sheet “List” was read, and not 1 other sheet.",)
    assert sheet.above == ("Monitoring March",)
    text = list_text(entries_of(sheet, guess(sheet.headings, [row.cells for row in sheet.rows])), sheet.above)
    assert text.startswith("Monitoring March\n\nRow 3\nClaim: ")


def test_a_csv_of_one_column_is_a_list_of_claims():
    sheet = read_sheet(b"Claim\nThe bridge fell.\n\nNobody was told.\n", "claims.csv")
    assert (sheet.headings, [row.place for row in sheet.rows]) == (("Claim",), ["row 2", "row 4"])


def test_sheets_with_the_same_headings_are_one_list():
    data = as_xlsx(
        North=[("Claim", "Source"), (SENTENCE, "a")], South=[("Claim", "Source"), ("Other words.", "b")], Empty=[]
    )
    sheet = read_sheet(data, "list.xlsx")
    assert [row.place for row in sheet.rows] == ["sheet North, row 2", "sheet South, row 2"]


def test_a_row_becomes_an_entry_and_what_has_no_column_of_its_own_goes_into_the_note():
    [entry] = entries(
        ("Claim", "In plain words", "Who", "Killed", "Status", "When", "Tags", "Note", "Camera"),
        (
            SENTENCE,
            "40 left",
            "the mayor; Zoe\u0301",
            "40",
            "falsch",
            "3 March 2026",
            "#flood, dam",
            "see map",
            "phone",
        ),
    )
    assert (entry.words, entry.plain_words) == (SENTENCE, "40 left")
    assert entry.sources == ("the mayor", "Zoe\u0301")
    assert [(figure.words, figure.counted) for figure in entry.figures] == [("40", "killed")]
    assert (entry.progress, entry.finding) == (None, Finding.REFUTED)
    assert (entry.said.words, entry.said.on) == ("3 March 2026", date(2026, 3, 3))
    assert entry.tags == ("flood", "dam")
    assert entry.note == "see map\nStatus: falsch\nCamera: phone"


def test_cells_that_hold_nothing_are_no_source_and_no_figure_and_are_kept():
    [entry] = entries(("Claim", "Source", "Figure", "Status"), (SENTENCE, "n/a", "many?", "who knows"))
    assert (entry.sources, entry.figures, entry.progress, entry.finding) == ((), (), None, None)
    assert entry.note == "Source: n/a\nFigure: many?\nStatus: who knows"


@pytest.mark.parametrize(
    ("words", "status"),
    [
        *((word, (None, Finding.CONFIRMED)) for word in ("Verified", "TRUE", "bestätigt", "vérifié", "مؤكد", "已证实")),
        *((word, (None, Finding.REFUTED)) for word in ("False", "debunked!", "falsch", "faux", "Falso", "ложь")),
        *((word, (None, Finding.PARTLY)) for word in ("Half-true", "partly confirmed", "teilweise wahr")),
        *((word, (None, Finding.LACKS_CONTEXT)) for word in ("Misleading", "out of context")),
        *((word, (None, Finding.UNVERIFIABLE)) for word in ("unproven", "cannot be verified")),
        *((word, (Progress.OPEN, None)) for word in ("open", "To-do", "unverified", "offen", "قيد الانتظار")),
        *((word, (Progress.IN_PROGRESS, None)) for word in ("in progress", "en cours")),
        *((word, (Progress.REVIEW, None)) for word in ("for review", "REVIEW")),
        *((word, (None, None)) for word in ("signed off", "yes", "?", "ask Ben", "", "true, but false")),
    ],
)
def test_words_for_a_status_mean_one_only_where_they_do_so_clearly(
    words: str, status: tuple[Progress | None, Finding | None]
):
    assert status_of(words) == status


def test_columns_can_be_chosen_by_number_and_by_heading():
    headings = ("A", "B b", "C")
    columns = chosen(headings, 3, {Role.CLAIM: [1], Role.FIGURE: ["c", 0]}, "list.csv")
    assert columns.roles == (Role.FIGURE, Role.CLAIM, Role.FIGURE)
    for named, said in (
        ({Role.CLAIM: ["D"]}, "list.csv has no column “D”; its columns are 1 “A”, 2 “B b”, 3 “C”."),
        ({Role.CLAIM: [3]}, "list.csv has no column 4; it has 3."),
        ({Role.NOTE: [0]}, "list.csv: Choose the column that holds the claims."),
        ({Role.CLAIM: [0], Role.URL: [1, 2]}, "list.csv: Web address is chosen for more than one column; choose one."),
    ):
        with pytest.raises(ImportRefused) as refused:
            chosen(headings, 3, named, "list.csv")
        assert str(refused.value) == said


@pytest.mark.parametrize(
    ("quote", "stands"),
    [
        ("at least 900 People left their   homes", ["At least 900 people left their homes"]),
        ("„Nobody told us“", ["Nobody told us"]),
        ("that the dam was weak.", ["that the dam was weak."]),
        ("THAT THE DAM WAS WEAK!", ["that the dam was weak."]),
        ("Nobody told us […] that the dam was weak", ["Nobody told us", "that the dam was weak"]),
        ("Nobody told us, ... that the dam", ["Nobody told us,", "that the dam"]),
        ("The road to Alt – Moor was closed", ["The road to Alt-Moor was closed"]),
        ("Zoé Nürsen, a baker", ["Zoe\u0301 Nu\u0308rsen, a baker"]),
        ("قال  الدفاع المدني", ["قال الدفاع المدني"]),
        ("dozens of houses 🏚 stood", ["dozens of houses 🏚️ stood"]),
        ("was weak.” The road", ["was weak.”\u2028The road"]),
        ("east 900 people", []),
        ("At least 90", []),
        ("At most 900 people left their homes", []),
        ("that the dam was weak […] Nobody told us", []),
        ("…", []),
        ("", []),
    ],
)
def test_quotes_are_found_however_they_were_retyped_and_no_other_words_are(quote: str, stands: list[str]):
    spans = SqueezedText(FLOOD).find(quote)
    # A comma at the end of a piece is no part of what was quoted.
    assert [span.exact for span in spans] == [words.rstrip(",") for words in stands]
    assert [FLOOD[span.start : span.end] for span in spans] == [span.exact for span in spans]
    if spans and len(quote) > 12:
        assert QuoteSearch([(7, quote)]).found_in(FLOOD) == {7: spans}


def test_a_number_is_not_found_in_a_longer_one():
    text = SqueezedText("In 12.5 km and 3,120 m they were 3,12 or 12 people.")
    [span] = text.find("12 people")
    assert span.start == 41
    assert text.find("they were 3") == ()


def test_words_of_scripts_without_blanks_are_found():
    body = "消息称，洪水已造成四十人死亡。救援仍在继续。"
    assert QuoteSearch([(0, "洪水已造成四十人死亡")]).found_in(body)[0][0].exact == "洪水已造成四十人死亡"


words = st.text(
    st.characters(exclude_categories=("Cs",)) | st.sampled_from("ae\u0301 .-–“”🌊🇵🇸\u2028\u200dش"), max_size=60
)


@given(before=words, quote=words, after=words)
def test_a_quote_is_found_with_its_own_words_or_not_at_all(before: str, quote: str, after: str):
    body = f"{before} {quote} {after}"
    for span in SqueezedText(body).find(quote):
        assert body[span.start : span.end] == span.exact


@given(
    st.lists(
        st.sampled_from(["the", "dam", "Zoé", "was", "900", "weak,", "“said”", "🏚️", "Alt-Moor", "المياه", "don’t"]),
        min_size=4,
    )
)
def test_whole_words_of_a_text_are_found_in_it_in_capitals_and_plain_typography(taken: list[str]):
    taken = ["nobody", *taken]
    body = "Then he said: " + " ".join(taken) + " — and left."
    quote = " ".join(taken).upper().replace("’", "'").replace("“", '"').replace("-", " - ")
    [span] = SqueezedText(body).find(quote)
    assert span.exact.strip("“”,") == " ".join(taken).strip("“”,")


cell = st.text(st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from("\r\n\t\x0b"), max_size=30)


@given(st.lists(st.tuples(cell, cell, cell), min_size=1, max_size=8))
def test_every_cell_of_a_list_stands_in_its_text_and_rows_are_known_again(rows: list[tuple[str, str, str]]):
    kept = [("Claim", "Source", "Camera"), *rows, ("last", "one", "row")]
    sheet = read_sheet(as_csv(*kept), "list.csv")
    made = entries_of(sheet, ListColumns((Role.CLAIM, Role.SOURCE, None)))
    text = list_text(made)
    assert is_canonical(text)
    assert all(cell in text for row in sheet.rows for cell in row.cells)
    for entry, row in zip(made, sheet.rows, strict=True):
        assert entry.words == row.cells[0]
        assert not row.cells[2] or f"Camera: {row.cells[2]}" in entry.note
    if "\n\n" not in "".join(entry.text for entry in made):
        assert rows_in(text) >= {entry.text.strip("\n") for entry in made}


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"", "a.csv", "a.csv is empty; there is nothing to take in."),
        (b"Claim,Source\n", "a.csv", "a.csv has no rows below its headings; there is nothing to take in."),
        (b"just words", "a.txt", "a.txt is no list with rows and columns. Save it as a spreadsheet or as csv."),
    ],
)
def test_what_is_no_list_is_refused_in_one_sentence(data: bytes, name: str, said: str):
    with pytest.raises(ImportRefused) as refused:
        read_sheet(data, name)
    assert str(refused.value) == said


@pytest.mark.parametrize(
    ("headings", "is_one"),
    [
        ("ID,Claim,Source", True),
        ("Zitat,Wer,Ergebnis", True),
        ("Claim,Photographer", False),
        ("Title,Text,Source,Statement", False),
        ("title,url,source,published", False),
    ],
)
def test_a_claims_list_is_told_from_a_list_of_articles(tmp_path: Path, headings: str, is_one: bool):
    path = tmp_path / "list.csv"
    path.write_text(f"{headings}\n" + "a,b,c,d\n" * 3, "utf-8")
    assert is_claims_list(path) is is_one
    assert not is_claims_list(path.rename(tmp_path / "list.txt"))
    assert not is_claims_list(tmp_path / "gone.csv")


def test_an_evidence_workbook_is_sent_to_where_it_is_read_back():
    data = as_xlsx(Claims=[("ID",)], Figures=[("ID",)], Codebook=[("Tag",)])
    with pytest.raises(ImportRefused, match=r"Use File, Read back for it\.$"):
        read_sheet(data, "evidence.xlsx")


@pytest.mark.skipif(not HOSTILE.is_dir(), reason="the hostile workbooks are not here")
def test_hostile_workbooks_end_in_a_sentence_or_are_read():
    for path in sorted(HOSTILE.iterdir()):
        if path.is_file():
            try:
                sheet = read_sheet_file(path)
            except ImportRefused as error:
                said = str(error)
            else:
                said = path.name
                assert is_canonical(list_text(entries_of(sheet, ListColumns((Role.CLAIM,)))))
            assert path.name in said
