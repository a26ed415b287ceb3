"""Mails: the words are those that a person reads in them, whatever mailers have made of them."""

from __future__ import annotations

from datetime import date
from email.message import EmailMessage
from pathlib import Path

import pytest

from annotate.importers import read_bytes, read_file
from annotate.model import Published
from annotate.vocabulary import Precision
from tests.importers.mails import BODY, HEADERS, PAGE, PLAIN, SENT, WORDS, draft_of, imported, multipart, part


def test_a_mail_is_an_article_with_subject_sender_and_date_as_written() -> None:
    draft = draft_of(HEADERS + part(PLAIN, f"\r\n  Dear all,\r\n\r\n{WORDS}\r\n\r\n"))
    assert draft.text == f"  Dear all,\n\n{WORDS}"
    assert (draft.title, draft.title_confirmed, draft.author) == ("Forty hurt", True, "Olena Kovalenko")
    assert (draft.published, draft.outlet, draft.url, draft.place_in_file) == (SENT, None, None, None)


def test_what_the_library_writes_is_read_back() -> None:
    mail = EmailMessage()
    mail["Subject"] = "Потери: 40 человек 🇺🇦 — " + "очень " * 30 + "длинно"
    mail["From"] = '"Коваленко, Олена" <olena@example.org>'
    mail["Date"] = "Tue, 03 Mar 2026 07:59:58 +0100"
    mail["List-Id"] = "Утренняя сводка <morning.example.org>"
    mail["Message-ID"] = "<1@example.org>"
    mail.set_content(WORDS + "\n", cte="base64")
    mail.add_alternative(f"<p>{WORDS}</p>", subtype="html", cte="quoted-printable")
    mail.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="звіт за березень.pdf")
    read = imported(mail.as_bytes())
    draft = read.articles[0]
    assert (draft.text, draft.title, draft.author) == (WORDS, str(mail["Subject"]), "Коваленко, Олена")
    assert (draft.outlet, draft.published) == ("Утренняя сводка", SENT)
    assert [(attachment.name, attachment.data) for attachment in read.attachments] == [
        ("звіт за березень.pdf", b"%PDF-1.7")
    ]


@pytest.mark.parametrize(
    ("plain", "page", "taken"),
    [
        ("Forty people were hurt, said Olena.", "<p>Forty people were <b>hurt</b>, said Olena.</p>", "plain"),
        (" \r\n\r\n", "<p>Forty people were hurt.</p>", "page"),
        ("Please view this mail in a browser.", "<p>Forty people were hurt, she said.</p>", "page"),
        ("This is an HTML message.", "<p>Forty hurt.</p>", "page"),
        ("Unsubscribe here.", "<p>Forty people were hurt in the blast, said Olena, and two more died.</p>", "page"),
        ("View it in your browser: https://e.org\r\n" + "Long words of it. " * 60, "<p>Short</p>", "plain"),
    ],
)
@pytest.mark.parametrize("order", [1, -1])
def test_plain_text_is_taken_unless_it_only_points_to_the_page(plain: str, page: str, taken: str, order: int) -> None:
    ways = [part(PLAIN, plain), part(PAGE, f"<html><body>{page}</body></html>")][::order]
    text = draft_of(HEADERS + multipart("alternative", *ways)).text
    expected = plain.strip() if taken == "plain" else page.replace("<p>", "").replace("</p>", "")
    assert text.split() == expected.split()


def test_of_a_page_all_visible_words_are_taken_with_headings_as_parts() -> None:
    page = "<style>p {}</style><h1>Forty hurt</h1><p>One&nbsp;line<br>and more</p><div>> quoted</div><script>x</script>"
    draft = draft_of(HEADERS + part(PAGE, page))
    assert draft.text == "Forty hurt\n\nOne\u00a0line\nand more\n\n> quoted"
    assert [draft.text[one.start : one.end] for one in draft.parts] == ["Forty hurt"]


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<div style='color: red; display:none'>Peek <div>in</div> </div><p>Forty hurt</p>", "Forty hurt"),
        ('<SPAN class="x" STYLE="Display : None;max-height:0">Peek</SPAN>Forty hurt', "Forty hurt"),
        ("<div style='display:none'>No end<p>Forty hurt</p>", "No end\n\nForty hurt"),
        ("<div style='display:block'>Forty</div><div data-style='display:none'>hurt</div>", "Forty\n\nhurt"),
    ],
)
def test_the_hidden_line_for_lists_of_mails_is_no_part_of_the_words(page: str, text: str) -> None:
    assert draft_of(HEADERS + part(PAGE, page)).text == text


def test_text_around_a_picture_is_joined_and_a_page_that_repeats_it_is_not() -> None:
    mixed = multipart(
        "mixed",
        part(PLAIN, "First half."),
        part("image/png; name=map.png", b"\x89PNG"),
        part(PLAIN, "Second half."),
        part(PAGE, "<p>Second <i>half.</i></p>"),
        part(PAGE, "<h2>Third</h2>"),
    )
    draft = draft_of(HEADERS + mixed)
    assert draft.text == "First half.\n\nSecond half.\n\nThird"
    assert [draft.text[one.start : one.end] for one in draft.parts] == ["Third"]


def test_of_related_parts_the_one_named_as_the_start_is_read() -> None:
    related = multipart(
        "related", part(PAGE, "frame"), part(PAGE, "news", "Content-ID: <r@x>"), start='; start="<r@x>"'
    )
    assert draft_of(HEADERS + related).text == "news"


def test_lines_broken_for_old_screens_are_put_together_where_the_mail_says_so() -> None:
    said = "Forty people \r\nwere hurt.\r\n\r\n> They said \r\n> so.\r\n>> Who?\r\n"
    body = f"{said} Indented > \r\nword\r\n-- \r\nOlena \r\nK.\r\n"
    flowed = draft_of(HEADERS + part(f"{PLAIN}; format=flowed", body)).text
    assert flowed == "Forty people were hurt.\n\n> They said so.\n>> Who?\nIndented > word\n-- \nOlena K."
    joined = draft_of(HEADERS + part(f"{PLAIN}; format=flowed; delsp=yes", "四十 \r\n人\r\n")).text
    assert joined == "四十人"
    assert "people \nwere" in draft_of(HEADERS + part(PLAIN, body)).text


@pytest.mark.parametrize(
    ("name", "title", "author", "published", "begins", "ends", "attached"),
    [
        (
            "mail_test_1.eml",
            "письмо уведом-е",
            "служба ФНС Даниил Суворов",
            Published(),
            "Налогоплательщик!\nИнформируем Вас об имеющейся задолженности.",
            "где и когда начнется обрушение.",
            (),
        ),
        (
            "mail_test_11.eml",
            "письмо уведом-е",
            "служба ФНС Даниил Суворов",
            Published(),
            "Налогоплательщик!",
            "где и когда начнется обрушение.",
            (
                "Prokuratura Rejonowa Warszawa-Śródmieście północ sygn. 2Ds. 137414 - RSK pracowników Skarbowych NSZZ "
                "Solidarność - Zarządzenie o odmowie dopuszczenia SOWP do udziału w postepowaniu.pdf",
            ),
        ),
        (
            "mail_test_2.eml",
            "Bollettino Meteorologico del 29/11/2015",
            "meteo@regione.vda.it",
            Published("Sun, 29 Nov 2015 09:45:18 +0100", date(2015, 11, 29), Precision.DAY),
            "\t\tUfficio Meteorologico - Servizio Centro Funzionale\nvia Promis 2/a\nAosta",
            "cancellazione_i.asp?arg=meteo".replace("cancellazione", "ancellazione"),
            ("Bollettino.pdf",),
        ),
        (
            "malformed_1.eml",
            "immagine",
            "femucca@tin.it",
            Published("Tue, 24 May 2016 13:09:41 +0100", date(2016, 5, 24), Precision.DAY),
            "--Sent from my iPhone",
            "--Sent from my iPhone",
            (),
        ),
    ],
)
def test_the_shared_mails_are_read_as_a_person_reads_them(
    shared: Path,
    name: str,
    title: str,
    author: str,
    published: Published,
    begins: str,
    ends: str,
    attached: tuple[str, ...],
) -> None:
    read = read_file(shared / "inputs" / "eml" / name)
    (draft,) = read.articles
    assert (draft.title, draft.title_confirmed, draft.author, draft.outlet) == (title, True, author, None)
    assert (draft.published, draft.place_in_file) == (published, None)
    assert draft.text.startswith(begins)
    assert draft.text.endswith(ends)
    assert tuple(attachment.name for attachment in read.attachments) == attached
    assert read.warnings == ()
    if name == "mail_test_2.eml":
        assert "Domani e martedì la rimonta di un campo\nanticiclonico" in draft.text


def test_a_mail_of_apple_mail_is_read_without_its_length_and_notes() -> None:
    mail = HEADERS + b"Content-Type: text/plain; charset=utf-8\r\n\r\n" + BODY.encode()
    read = read_bytes(str(len(mail)).encode() + b"      \n" + mail + b'<?xml version="1.0"?><plist/>', "1.emlx")
    assert [(draft.title, draft.text) for draft in read.articles] == [("Forty hurt", BODY)]
