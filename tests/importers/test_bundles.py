"""Bundles of LexisNexis and Nexis as they come from many hands: every article its own, nothing lost, nothing mixed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import BytesIO

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.canonical import is_canonical
from annotate.importers import Draft, ImportedFile, read_bytes
from annotate.model import Published
from annotate.vocabulary import PartRole, Precision

WORDS = "🇺🇦 Кия\u0306в said: مرحبا بالعالم, e\u0301te\u0301, 👩‍👩‍👧 \u2028 and 24\u00a0%."


def classic(*articles: str, cover: str = "") -> bytes:
    """A text file of LexisNexis with the articles given without their separators."""
    count = len(articles)
    numbered = [
        f"                               {number} of {count} DOCUMENTS\n\n\n{article}\n\n"
        for number, article in enumerate(articles, start=1)
    ]
    return (cover + "".join(numbered)).replace("\n", "\r\n").encode("utf-8-sig")


def article(title: str, body: str, *, top: str = "", labels: str = "LENGTH: 12 words", tail: str = "") -> str:
    top = top or "                              The Daily Bugle\n\n                            March 3, 2015 Tuesday"
    return f"{top}\n\n{title}\n\n{labels}\n\n{body}\n\nLOAD-DATE: March 4, 2015\n\nLANGUAGE: ENGLISH\n\n{tail}"


def one(data: bytes, name: str = "download.txt") -> Draft:
    imported = read_bytes(data, name)
    assert len(imported.articles) == 1
    return imported.articles[0]


def body_of(draft: Draft) -> str:
    return draft.text.removeprefix(draft.title).strip()


def texts(imported: ImportedFile) -> list[str]:
    return [draft.text for draft in imported.articles]


def word(paragraphs: list[str]) -> bytes:
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    packed = BytesIO()
    document.save(packed)
    return packed.getvalue()


def rich_text(paragraphs: list[str]) -> bytes:
    def written(text: str) -> str:
        units = text.encode("utf-16-le")
        codes = [int.from_bytes(units[at : at + 2], "little") for at in range(0, len(units), 2)]
        return "".join(
            chr(code) if code < 128 and chr(code) not in "\\{}" else f"\\u{code if code < 32768 else code - 65536}?"
            for code in codes
        )

    body = "\n".join(f"\\pard\\plain {written(paragraph)}\\par" for paragraph in paragraphs)
    return f"{{\\rtf1\\ansi\\deff0{{\\fonttbl{{\\f0 Arial;}}}}\n{body}}}".encode("ascii")


def uni(title: str, body: list[str], *, top: list[str] | None = None, labels: list[str] | None = None) -> list[str]:
    """The paragraphs of one article of Nexis Uni."""
    top = ["The Daily Bugle", "March 3, 2015 Tuesday 9:20 AM GMT"] if top is None else top
    labels = (
        ["Section:\u00a0NEWS; Pg. 4", "Length:\u00a01,203 words", "Byline:\u00a0By Ana Ruiz"]
        if labels is None
        else labels
    )
    return [
        *("", title, *top, "", "Copyright 2015 Bugle Ltd. All Rights Reserved", *labels, "Body", "", *body, ""),
        *("Classification", "", "Language:\u00a0ENGLISH", "Publication-Type:\u00a0Newspaper"),
        *("Load-Date:\u00a0March 4, 2015", "", "End of Document"),
    ]


def cover(*titles: str) -> list[str]:
    entries = [line for number, title in enumerate(titles, 1) for line in (f"{number}. {title}", "Search Terms: war")]
    return ["Date and Time: Friday, 5. July 2019 09:31:00 CEST", f"Documents ({len(titles)})", *entries]


class TestLexisNexisText:
    def test_every_article_has_what_it_states(self) -> None:
        imported = read_bytes(
            classic(
                article(
                    "Bridge falls", WORDS, labels="BYLINE: By Ana Ruiz\n\nSECTION: Business\n\nLENGTH: 1,204 words"
                ),
                article("Bridge stands", "It stands."),
            ),
            "x.txt",
        )
        first, second = imported.articles
        assert (first.title, first.title_confirmed, first.outlet, first.author) == (
            "Bridge falls",
            True,
            "The Daily Bugle",
            "Ana Ruiz",
        )
        assert first.published == Published("March 3, 2015 Tuesday", date(2015, 3, 3), Precision.DAY)
        assert (first.place_in_file, second.place_in_file) == ("1 of 2, Business", "2 of 2")
        assert (first.language, second.author) == ("en", None)
        assert texts(imported) == [f"Bridge falls\n\n{WORDS}", "Bridge stands\n\nIt stands."]

    def test_articles_with_the_same_title_are_two(self) -> None:
        imported = read_bytes(classic(article("Clashes", "Monday."), article("Clashes", "Tuesday.")), "x.txt")
        assert texts(imported) == ["Clashes\n\nMonday.", "Clashes\n\nTuesday."]

    def test_a_missing_date_is_none(self) -> None:
        draft = one(classic(article("Undated", "Words.", top="                     The Daily Bugle")))
        assert (draft.outlet, draft.title, draft.published) == ("The Daily Bugle", "Undated", Published())

    def test_a_date_that_only_people_understand_keeps_its_words(self) -> None:
        top = "                     The Quarterly\n\n                      Winter, 2010"
        draft = one(classic(article("Seasons", "Words.", top=top)))
        assert (draft.outlet, draft.title) == ("The Quarterly", "Seasons")
        assert draft.published == Published("Winter, 2010", date(2010, 1, 1), Precision.YEAR)

    def test_the_notice_of_a_correction_is_no_headline(self) -> None:
        top = "        The Daily Bugle\n\n        March 3, 2015 Tuesday\n\nCorrection Appended"
        assert one(classic(article("Bridge", "Words.", top=top))).title == "Bridge"

    def test_an_address_is_taken_over(self) -> None:
        draft = one(classic(article("Bridge", "Words.", tail="URL: https://bugle.example/bridge?a=1")))
        assert (draft.url, body_of(draft)) == ("https://bugle.example/bridge?a=1", "Words.")

    def test_what_an_article_quotes_does_not_split_it(self) -> None:
        body = (
            'The file said "1 of 2 DOCUMENTS" on top.\n\n1 of 2 DOCUMENTS\n\nLENGTH: three metres of rope\n\n'
            "BYLINE: By Nobody\n\nSUBJECT: a leaked mail\n\nThat was all of it."
        )
        imported = read_bytes(classic(article("Quoting", body), article("Other", "Words.")), "x.txt")
        assert [draft.title for draft in imported.articles] == ["Quoting", "Other"]
        assert body_of(imported.articles[0]) == body
        assert imported.warnings == ()

    def test_the_older_form_with_headline_and_body_labels(self) -> None:
        text = (
            "              Copyright 1999 The New York Times Company\n                      The New York Times\n\n"
            "                    May 1, 1999, Saturday, Late Edition - Final\n\n"
            "SECTION: Section A; Page 1\n\nLENGTH: 584 words\n\nHEADLINE: A very long\nheadline\n\n"
            "BYLINE: By JANE ROE\n\nDATELINE: BELGRADE, April 30\n\nHIGHLIGHT: The deck\n\nBODY:\nFirst paragraph.\n\n"
            "Second paragraph.\n\nGRAPHIC: Photos: a bridge (J. Roe)\n\nLOAD-DATE: May 1, 1999"
        )
        draft = one(classic(text))
        assert (draft.title, draft.outlet, draft.author) == ("A very long headline", "The New York Times", "JANE ROE")
        assert draft.published == Published("May 1, 1999, Saturday", date(1999, 5, 1), Precision.DAY)
        assert draft.text == (
            "A very long headline\n\nThe deck\n\nFirst paragraph.\n\nSecond paragraph.\n\nPhotos: a bridge (J. Roe)"
        )
        assert [part.role for part in draft.parts] == [PartRole.HEADLINE, PartRole.HEADLINE, PartRole.CAPTION]

    def test_a_german_bundle(self) -> None:
        text = (
            "                           Dokument {} von 2\n\n\n                              Der Spiegel\n\n"
            "                             5. März 2012 Montag\n\n{}\n\nAUTOR: Müller, Jörg\n\nRUBRIK: POLITIK; S. 3\n\n"
            "LÄNGE: 1204 Wörter\n\nDer Text.\n\nUPDATE: 6. März 2012\n\nSPRACHE: GERMAN; DEUTSCH\n\n"
            "PUBLICATION-TYPE: Zeitschrift\n\n                 Copyright 2012 SPIEGEL-Verlag\n"
            "                   Alle Rechte vorbehalten\n\n"
        )
        imported = read_bytes((text.format(1, "Erste") + text.format(2, "Zweite")).encode("cp1252"), "x.txt")
        first, second = imported.articles
        assert (first.title, first.outlet, first.author, first.language) == (
            "Erste",
            "Der Spiegel",
            "Müller, Jörg",
            "de",
        )
        assert first.published == Published("5. März 2012 Montag", date(2012, 3, 5), Precision.DAY)
        assert second.text == "Zweite\n\nDer Text."
        assert second.place_in_file == "2 of 2, POLITIK; S. 3"

    def test_a_correction_stays_since_it_takes_something_back(self) -> None:
        tail = "CORRECTION: The bridge did not fall.\n\nIt was closed.\n\n         Copyright 2015 Bugle"
        draft = one(classic(article("Bridge", "It fell.", tail=tail)))
        assert body_of(draft) == "It fell.\n\nCORRECTION: The bridge did not fall.\n\nIt was closed."

    def test_the_last_words_in_capitals_are_no_labels(self) -> None:
        body = "It fell.\n\nUPDATE: three more were found.\n\nWARNING: do not cross"
        assert body_of(one(classic(article("Bridge", body)))) == body

    def test_another_number_than_the_file_states_is_told_with_both(self) -> None:
        data = classic(article("A", "One."), article("B", "Two.")).replace(b"of 2 DOC", b"of 7 DOC")
        assert read_bytes(data, "x.txt").warnings == (
            "x.txt says that it holds 7 articles, and 2 were found, numbered 1 to 2 of 7.",
        )

    def test_the_selection_on_the_cover_counts_before_the_hits_of_the_search(self) -> None:
        data = classic(
            article("A", "One."), article("B", "Two."), cover="Download Request: Selected Items: 501-502\n\n"
        )
        data = data.replace(b"1 of 2", b"501 of 900").replace(b"2 of 2", b"502 of 900")
        assert read_bytes(data, "x.txt").warnings == ()
        assert [draft.place_in_file for draft in read_bytes(data, "x.txt").articles] == ["1 of 2", "2 of 2"]

    def test_lines_are_joined_only_where_the_width_broke_them(self) -> None:
        long = " ".join(f"word{number}" for number in range(60))
        wrapped, line = [], ""
        for piece in long.split():
            if len(line) + 1 + len(piece) > 78:
                wrapped.append(line)
                line = piece
            else:
                line = f"{line} {piece}".strip()
        body = "\n".join([*wrapped, line]) + "\n\nRoses are red\nViolets are blue"
        draft = one(classic(article("Poem", body)))
        assert body_of(draft) == f"{long}\n\nRoses are red\nViolets are blue"

    def test_an_article_of_a_headline_alone_is_kept(self) -> None:
        assert one(classic(article("Picture of the day", ""))).text == "Picture of the day"

    def test_utf_16_is_recognised(self) -> None:
        text = classic(article("مرحبا", WORDS)).decode("utf-8-sig")
        draft = one(b"\xff\xfe" + text.encode("utf-16-le"))
        assert (draft.title, body_of(draft)) == ("مرحبا", WORDS)

    def test_five_hundred_articles_keep_their_order_and_their_words(self) -> None:
        imported = read_bytes(
            classic(*(article(f"Title {number}", f"Body {number}. {WORDS}") for number in range(500))), "x.txt"
        )
        assert [draft.title for draft in imported.articles] == [f"Title {number}" for number in range(500)]
        assert [body_of(draft) for draft in imported.articles] == [f"Body {number}. {WORDS}" for number in range(500)]

    def test_a_word_document_made_of_it(self) -> None:
        paragraphs = ["1 of 2 DOCUMENTS", "The Daily Bugle", "March 3, 2015 Tuesday", "Bridge falls", "LENGTH: 3 words"]
        paragraphs += [WORDS, "LANGUAGE: ENGLISH", "Copyright 2015 Bugle", "2 of 2 DOCUMENTS", "The Daily Bugle"]
        paragraphs += ["March 4, 2015 Wednesday", "Bridge stands", "LENGTH: 2 words", "It stands."]
        imported = read_bytes(word(paragraphs), "x.docx")
        assert texts(imported) == [f"Bridge falls\n\n{WORDS}", "Bridge stands\n\nIt stands."]


@pytest.mark.parametrize(("made", "name"), [(word, "x.docx"), (rich_text, "x.rtf")])
class TestNexisUni:
    def test_every_article_has_what_it_states(self, made, name: str) -> None:  # type: ignore[no-untyped-def]
        paragraphs = [*cover("Bridge falls", "Bridge stands"), *uni("Bridge falls", [WORDS, "More."])]
        imported = read_bytes(made([*paragraphs, *uni("Bridge stands", ["It stands."])]), name)
        first, second = imported.articles
        assert (first.title, first.title_confirmed, first.outlet) == ("Bridge falls", True, "The Daily Bugle")
        assert (first.author, first.language, first.place_in_file) == ("Ana Ruiz", "en", "1 of 2, NEWS; Pg. 4")
        assert first.published == Published("March 3, 2015 Tuesday 9:20 AM GMT", date(2015, 3, 3), Precision.DAY)
        assert [first.text, second.text] == [f"Bridge falls\n\n{WORDS}\n\nMore.", "Bridge stands\n\nIt stands."]
        assert imported.warnings == ()
        assert imported.importer == "bundle"

    def test_one_article_alone_is_read_the_same(self, made, name: str) -> None:  # type: ignore[no-untyped-def]
        draft = one(made(uni("Bridge falls", ["It fell."])), name)
        assert (draft.title, draft.outlet, draft.text) == (
            "Bridge falls",
            "The Daily Bugle",
            "Bridge falls\n\nIt fell.",
        )

    def test_missing_date_and_byline_are_none(self, made, name: str) -> None:  # type: ignore[no-untyped-def]
        undated = uni("Undated", ["Words."], top=["The Daily Bugle"], labels=["Length: 2 words"])
        imported = read_bytes(made([*cover("Undated", "Undated"), *undated, *undated]), name)
        for draft in imported.articles:
            assert (draft.title, draft.outlet, draft.author) == ("Undated", "The Daily Bugle", None)
            assert draft.published == Published()

    def test_a_season_for_a_date(self, made, name: str) -> None:  # type: ignore[no-untyped-def]
        draft = one(made(uni("Seasons", ["Words."], top=["The Quarterly", "Winter 2010"])), name)
        assert (draft.title, draft.outlet, draft.published.words) == ("Seasons", "The Quarterly", "Winter 2010")

    def test_labels_and_marks_in_the_text_stay_text(self, made, name: str) -> None:  # type: ignore[no-untyped-def]
        body = ["He wrote:", "Body", "Length: 30 words", "End of Document", "Load-Date: never", "and signed."]
        imported = read_bytes(made([*uni("Quoting", body), *uni("Other", ["Words."])]), name)
        assert texts(imported) == ["\n\n".join(["Quoting", *body]), "Other\n\nWords."]

    def test_captions_and_highlight_have_their_roles(self, made, name: str) -> None:  # type: ignore[no-untyped-def]
        labels = ["Length: 9 words", "Highlight: What it is about"]
        draft = one(made(uni("Bridge", ["It fell.", "Graphic", "", "The bridge, Reuters"], labels=labels)), name)
        assert draft.text == "Bridge\n\nWhat it is about\n\nIt fell.\n\nThe bridge, Reuters"
        assert [(part.role, draft.text[part.start : part.end]) for part in draft.parts] == [
            (PartRole.HEADLINE, "Bridge"),
            (PartRole.HEADLINE, "What it is about"),
            (PartRole.CAPTION, "The bridge, Reuters"),
        ]

    def test_the_last_words_of_a_live_report_are_no_labels(self, made, name: str) -> None:  # type: ignore[no-untyped-def]
        body = ["It fell.", "Person: a mayor, it seems.", "Update: three more were found, police said."]
        assert body_of(one(made(uni("Bridge", body)), name)) == "\n\n".join(body)
        bare = [
            line for line in uni("Bridge", body) if not line.startswith(("Classification", "Language", "Publication"))
        ]
        assert body_of(one(made(bare), name)) == "\n\n".join(body)

    def test_text_below_a_picture_in_the_text_is_no_caption(self, made, name: str) -> None:  # type: ignore[no-untyped-def]
        body = ["It fell.", "Photo: the bridge, Reuters", "It was old.", "Nobody knew."]
        bare = [line for line in uni("Bridge", body) if not line.startswith(("Classification", "Publication"))]
        draft = one(made(bare), name)
        assert body_of(draft) == "\n\n".join(body)
        assert [part.role for part in draft.parts] == [PartRole.HEADLINE]

    def test_captions_with_labels_are_captions(self, made, name: str) -> None:  # type: ignore[no-untyped-def]
        draft = one(made(uni("Bridge", ["It fell.", "Graphic", "", "PHOTO: The bridge", "PHOTO: The river"])), name)
        captions = [draft.text[part.start : part.end] for part in draft.parts if part.role is PartRole.CAPTION]
        assert (draft.text, captions[-1].endswith("The river")) == (
            "Bridge\n\nIt fell.\n\nPHOTO: The bridge\n\nPHOTO: The river",
            True,
        )

    def test_an_article_that_could_not_be_delivered_is_missed(self, made, name: str) -> None:  # type: ignore[no-untyped-def]
        failed = ["We are sorry but there is an error in this document and it is not possible to display it."]
        paragraphs = [*cover("A", "B", "C"), *uni("A", ["One."]), *failed, "End of Document", *uni("C", ["Three."])]
        imported = read_bytes(made(paragraphs), name)
        assert texts(imported) == ["A\n\nOne.", "C\n\nThree."]
        assert imported.warnings == (f"{name} says that it holds 3 articles, and 2 were found.",)


class TestWhatIsNoBundle:
    def test_a_text_that_speaks_of_bundles(self) -> None:
        text = 'Every page began with "1 of 12 DOCUMENTS".\n\nLENGTH: 500 words, it said below.\n\nEnd of Document\n'
        assert read_bytes(text.encode(), "notes.txt").importer == "txt"

    def test_a_word_document_that_ends_with_those_words(self) -> None:
        assert read_bytes(word(["Report", "The bridge fell.", "End of Document"]), "report.docx").importer == "docx"

    def test_a_separator_without_articles_is_read_as_text(self) -> None:
        text = "1 of 12 DOCUMENTS\n\nnothing that an article has\n\nBYLINE: us\n"
        imported = read_bytes(text.encode(), "notes.txt")
        assert texts(imported) == [text]


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=60), min_size=1, max_size=4))
def test_whatever_the_words_every_article_is_found(bodies: list[str]) -> None:
    imported = read_bytes(classic(*(article("A title", body) for body in bodies)), "x.txt")
    assert len(imported.articles) >= len(bodies)
    for draft in imported.articles:
        assert is_canonical(draft.text)
        assert all(0 <= part.start < part.end <= len(draft.text) for part in draft.parts)


@pytest.mark.parametrize("outlet", ["The Guardian(London)", "The Guardian (London)"])
def test_the_space_that_a_database_leaves_out_of_an_outlet_s_name_is_put_in(outlet: str) -> None:
    top = f"                              {outlet}\n\n                            March 3, 2015 Tuesday"
    assert one(classic(article("River rises 🌊", "It rose e\u0301.", top=top))).outlet == "The Guardian (London)"


BROADCAST = """                                 Harbour News Network

                            March 3, 2021 Wednesday

                       SHOW: EVENING REPORT 6:00 PM EST

Senate Debates Relief Bill

ANCHORS: Bret Reader

BYLINE: Bret Reader, Chad Field

GUESTS: Sen. Joan Hill

SECTION: NEWS; Domestic

LENGTH: 3021  words

BRET READER, ANCHOR: Good evening. The Senate debated all day.

ANCHORS: they drag, a caller said.

CHAD FIELD, CORRESPONDENT: It may vote on Friday.

LOAD-DATE: March 4, 2021

LANGUAGE: ENGLISH

PUBLICATION-TYPE: Transcript

TRANSCRIPT: 030301cb.254"""


def test_a_transcript_has_its_headline_network_and_turns() -> None:
    draft = one(classic(BROADCAST))
    assert (draft.title, draft.outlet, draft.author) == (
        "Senate Debates Relief Bill",
        "Harbour News Network",
        "Bret Reader, Chad Field",
    )
    assert draft.published.on == date(2021, 3, 3)
    assert body_of(draft).split("\n\n") == [
        "BRET READER, ANCHOR: Good evening. The Senate debated all day.",
        "ANCHORS: they drag, a caller said.",
        "CHAD FIELD, CORRESPONDENT: It may vote on Friday.",
    ]


@pytest.mark.parametrize("save", [word, rich_text])
def test_a_transcript_of_nexis_has_its_network_above_the_programme(save: Callable[[list[str]], bytes]) -> None:
    top = ["Harbour News Network", "SHOW: THE LEAD 4:00 PM EST", "January 12, 2023 Thursday"]
    labels = ["Section: NEWS; International", "Length: 802 words", "Byline: Jake Roe", "Guests: Maria Lund"]
    draft = one(save(uni("Talks Resume", ["JAKE ROE, ANCHOR: Talks resumed."], top=top, labels=labels)), "nexis")
    assert (draft.title, draft.outlet, draft.author) == ("Talks Resume", "Harbour News Network", "Jake Roe")
    assert body_of(draft) == "JAKE ROE, ANCHOR: Talks resumed."


ELSEWHERE = {
    "de": [
        *("Regierung beschließt Hilfen", "dpa-AFX ProFeed", "Veröffentlicht am 3. März 2022 Donnerstag 9:20 AM GMT"),
        *("Copyright 2022 dpa-AFX Alle Rechte vorbehalten", "Abschnitt: POLITIK", "Länge: 41 Wörter", "Orte: BERLIN"),
        *("Verfasser: Von Eva Braun", "Body", "Die Regierung hilft.", "Classification", "Sprache: GERMAN; DEUTSCH"),
        *("Veröffentlichungstyp: Newswire", "Ladedatum: March 3, 2022", "Ende des Dokuments"),
    ],
    "es": [
        *("Cierre del puente", "El Diario", "jueves 3 marzo 2022", "Copyright 2022 El Diario"),
        *("Sección: SOCIEDAD; Pág. 22", "Longitud: 20 palabras", "Autor: Eva Braun", "Cuerpo", "Ya está cerrado."),
        *("Clasificación", "Idioma: SPANISH; ESPAÑOL", "Tipo de publicación: Periódico"),
        *("Fecha de carga: 3 marzo 2022", "Fin del documento"),
    ],
    "fr": [
        *("Le pont fermé", "Le Courrier", "jeudi 3 mars 2022", "Copyright 2022 Le Courrier Tous droits réservés"),
        *("Rubrique: FRANCE; Pg. 3", "Longueur: 212 mots", "Auteur: Eva Braun", "Corps", "Il est fermé."),
        *("Classification", "Langue: FRENCH; FRANÇAIS", "Type de publication: Journal"),
        *("Date de chargement: 3 mars 2022", "Fin du document"),
    ],
}


@pytest.mark.parametrize("language", ELSEWHERE)
@pytest.mark.parametrize("save", [word, rich_text])
def test_nexis_in_other_languages_has_all_its_fields(save: Callable[[list[str]], bytes], language: str) -> None:
    paragraphs = ELSEWHERE[language]
    imported = read_bytes(save(paragraphs * 2), "nexis")
    assert len(imported.articles) == 2
    for draft in imported.articles:
        assert (draft.title, draft.outlet) == (paragraphs[0], paragraphs[1])
        assert (draft.author, draft.published.on, draft.language) == ("Eva Braun", date(2022, 3, 3), language)
        assert len(body_of(draft).split()) == 3
        assert draft.place_in_file is not None
        assert paragraphs[4].partition(": ")[2] in draft.place_in_file


def test_codes_of_factiva_end_an_article_also_with_one_space_behind_them() -> None:
    lines = [
        *("SE World", "HD Grain deal holds", "BY By Ana Ruiz", "WC 321 words", "PD 12 January 2023"),
        *("SN The Harbour Journal", "LA English", "LP Ships waited.", "TD\tIN the strait, they waited."),
        *("CO of the port: no comment.", "Another line.", "NS gcat : Political News"),
        "AN Document J000000020230112ej1c0001x",
    ]
    draft = one(rich_text(lines), "factiva.rtf")
    assert (draft.title, draft.outlet, draft.author) == ("Grain deal holds", "The Harbour Journal", "Ana Ruiz")
    assert body_of(draft).split("\n\n") == [
        "Ships waited.",
        "IN the strait, they waited.",
        "CO of the port: no comment.",
        "Another line.",
    ]


@pytest.mark.parametrize("edition", ["Late Edition - Final", "Edition 1;\nNational Edition", "2. Ausgabe"])
def test_an_edition_on_a_line_of_its_own_is_no_headline(edition: str) -> None:
    top = f"        The Daily Bugle\n\n        March 3, 2015 Tuesday\n\n        {edition}"
    draft = one(classic(article("Bridge 🌉", WORDS, top=top)))
    assert (draft.title, draft.text) == ("Bridge 🌉", f"Bridge 🌉\n\n{WORDS}")


@pytest.mark.parametrize("headline", ["Late Edition", "Special edition of a diary sells out"])
def test_a_headline_that_speaks_of_editions_is_one(headline: str) -> None:
    assert one(classic(article(headline, "Words."))).title == headline


@pytest.mark.parametrize("headline", ["BODY: what the inquest found", "SUBJECT: a leaked mail", "GRAPHIC: a novel"])
def test_a_headline_may_look_like_a_label(headline: str) -> None:
    draft = one(classic(article(headline, "Words.")))
    assert (draft.title, draft.text) == (headline, f"{headline}\n\nWords.")


@pytest.mark.parametrize("first", ["NOTE: Readers may find this distressing.", "PERSON: one who signs, e\u0301."])
def test_a_text_may_begin_like_a_label_that_stands_below_texts(first: str) -> None:
    assert body_of(one(classic(article("Bridge", f"{first}\n\nMore.")))) == f"{first}\n\nMore."


@pytest.mark.parametrize("last", ["GUESTS: they come and go.", "TYPE: she wrote that it fell."])
def test_a_text_may_end_like_a_label_that_stands_above_texts(last: str) -> None:
    assert body_of(one(classic(article("Bridge", f"It fell.\n\n{last}")))) == f"It fell.\n\n{last}"


def test_captions_may_have_paragraphs_of_their_own() -> None:
    tail = "GRAPHIC: PHOTO: The bridge\n\nPHOTO: The river 🌊\n\nA map of both.\n\nLOAD-DATE: March 4, 2015"
    draft = one(classic(article("Bridge", "It fell.\n\n" + tail)))
    captions = [draft.text[part.start : part.end] for part in draft.parts if part.role is PartRole.CAPTION]
    assert body_of(draft) == "It fell.\n\nPHOTO: The bridge\n\nPHOTO: The river 🌊\n\nA map of both."
    assert "\n\n".join(captions) == body_of(draft).removeprefix("It fell.\n\n")


def test_a_separator_quoted_with_a_date_below_it_does_not_split() -> None:
    body = "It read:\n\n1 of 2 DOCUMENTS\n\nMarch 3, 2015 Tuesday\n\nand no more."
    imported = read_bytes(classic(article("Quoting", body), article("Other", "Words.")), "x.txt")
    assert texts(imported) == [f"Quoting\n\n{body}", "Other\n\nWords."]


def test_files_put_one_behind_the_other_keep_all_their_articles() -> None:
    two = classic(article("A", "One."), article("B", "Two."))
    again = classic(article("C", "Three."), article("D", "Four.")).removeprefix(b"\xef\xbb\xbf")
    assert [draft.title for draft in read_bytes(two + again, "x.txt").articles] == ["A", "B", "C", "D"]


def test_labels_with_no_break_spaces_are_labels() -> None:
    data = classic(article("Bridge", "It fell.", labels="BYLINE: By Ana Ruiz\n\nLENGTH: 2 words"))
    for label in (b"BYLINE", b"LENGTH", b"LOAD-DATE", b"LANGUAGE"):
        data = data.replace(label + b": ", label + ":\u00a0".encode())
    draft = one(data)
    assert (draft.author, draft.language, body_of(draft)) == ("Ana Ruiz", "en", "It fell.")


@pytest.mark.parametrize(
    ("language", "tail"),
    [
        ("es", "FECHA-CARGA: 4 de marzo de 2015\n\nIDIOMA: SPANISH\n\nTIPO-PUBLICACIÓN: Diario"),
        ("fr", "DATE-CHARGEMENT: 4 mars 2015\n\nLANGUE: FRANÇAIS\n\nTYPE-PUBLICATION: Journal"),
        ("it", "DATA DI CARICAMENTO: 4 marzo 2015\n\nLINGUA: ITALIANO\n\nTIPO DI PUBBLICAZIONE: Giornale"),
    ],
)
def test_labels_are_known_with_hyphens_and_without(language: str, tail: str) -> None:
    top = "          Il Porto\n\n          March 3, 2015 Tuesday\n\nTitle\n\nLENGTH: 3 words\n\nWords."
    draft = one(classic(f"{top}\n\n{tail}"))
    assert (draft.language, body_of(draft)) == (language, "Words.")


@pytest.mark.parametrize("save", [word, rich_text])
@pytest.mark.parametrize(
    ("labels", "tail"),
    [
        (
            ["Sezione: CRONACA", "Lunghezza: 523 parole", "Autore: Ana Ruiz", "Corpo"],
            ["Classificazione", "Lingua: ITALIANO", "Data di caricamento: 4 marzo 2015", "Fine del documento"],
        ),
        (
            ["Seção: Mundo", "Comprimento: 523 palavras", "Autor: Ana Ruiz", "Corpo"],
            ["Classificação", "Idioma: PORTUGUÊS", "Data de carregamento: 4 de março de 2015", "Fim do documento"],
        ),
        (
            ["Abschnitt: POLITIK", "Länge: 523 Wörter", "Autor: Ana Ruiz", "Text"],
            ["Klassifikation", "Schlagwörter: BAU (9%)", "Sprache: DEUTSCH", "Ende des Dokuments"],
        ),
    ],
)
def test_nexis_in_more_languages(save: Callable[[list[str]], bytes], labels: list[str], tail: list[str]) -> None:
    paragraphs = ["Título e\u0301", "The Daily Bugle", "3.3.2015", "Copyright 2015 Bugle", *labels, WORDS, *tail]
    imported = read_bytes(save(paragraphs * 2), "nexis")
    assert imported.importer == "bundle"
    assert [(draft.author, draft.text) for draft in imported.articles] == [
        ("Ana Ruiz", f"Título e\u0301\n\n{WORDS}")
    ] * 2


@pytest.mark.parametrize("save", [word, rich_text])
def test_a_text_of_nexis_without_its_heading_may_begin_like_a_label(save: Callable[[list[str]], bytes]) -> None:
    paragraphs = [line for line in uni("Bridge", ["Name: unknown, the sheet said.", "More."]) if line != "Body"]
    assert body_of(one(save(paragraphs), "nexis")) == "Name: unknown, the sheet said.\n\nMore."


def german_factiva(*, rights: str = "Copyright 2015 Die Welt") -> list[str]:
    return [
        *("Brücke stürzt in der Nacht ein", "Von Jörg Müller", "1.204 Wörter", "3. März 2015", "Die Welt", "DWELT"),
        *("Deutsch", rights, "Sie fiel 🌉.", "Dokument DWELT00020150303eb330001x"),
    ]


def code_page(paragraphs: list[str]) -> bytes:
    """RTF with the letters of windows-1252 as bytes in hexadecimal; what it lacks is left out."""
    letters = "\\par\n".join(paragraphs).encode("cp1252", "ignore")
    escaped = "".join(chr(byte) if byte < 128 else f"\\'{byte:02x}" for byte in letters)
    return f"{{\\rtf1\\ansi\\ansicpg1252\\deff0{{\\fonttbl{{\\f0 Arial;}}}}\n{escaped}\\par}}".encode("ascii")


@pytest.mark.parametrize("save", [word, rich_text, code_page])
def test_german_articles_of_factiva_are_known_in_every_document(save: Callable[[list[str]], bytes]) -> None:
    imported = read_bytes(save(german_factiva() * 2), "factiva")
    assert imported.importer == "bundle"
    assert [(draft.title, draft.author) for draft in imported.articles] == [
        ("Brücke stürzt in der Nacht ein", "Jörg Müller")
    ] * 2


@pytest.mark.parametrize(
    "rights",
    ["Todos los derechos reservados. Die Welt", "Todos os direitos reservados", "Tutti i diritti riservati"],
)
def test_rights_reserved_in_other_languages_are_no_words_of_the_article(rights: str) -> None:
    draft = one(rich_text(german_factiva(rights=rights)), "factiva")
    assert body_of(draft) == "Sie fiel 🌉."


def test_a_french_author_in_lower_case_is_no_headline() -> None:
    lines = [
        *("Un pont s'effondre", "par Anne Roux", "523 mots", "3 mars 2015", "Le Port", "LEPORT", "Français"),
        *("(c) 2015 Le Port", "Il est tombé.", "Document LEPORT0020150303eb330001x"),
    ]
    draft = one("\n".join(lines).encode(), "factiva.txt")
    assert (draft.title, draft.author, body_of(draft)) == ("Un pont s'effondre", "Anne Roux", "Il est tombé.")
