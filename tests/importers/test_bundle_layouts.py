"""What one database writes and the next does not: transcripts, editions, labels in other languages, codes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from annotate.importers import read_bytes
from annotate.vocabulary import PartRole
from tests.importers.bundle_files import WORDS, article, body_of, classic, one, rich_text, texts, uni, word

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
