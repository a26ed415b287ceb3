"""Letters of a mail come out as they were written, whatever charset and encoding it states."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.errors import ImportRefused
from annotate.importers import ReadOptions, read_bytes
from tests.importers.mails import HEADERS, PLAIN, WORDS, draft_of, part


@pytest.mark.parametrize(
    ("stated", "encoding"),
    [
        ("windows-1251", "cp1251"),
        ("utf-8", "cp1251"),
        ("us-ascii", "cp1251"),
        ("no-such-charset", "cp1251"),
        ("punycode", "cp1251"),
        ("iso-8859-5", "utf-8"),
        ('"KOI8-R"', "koi8-r"),
        ("utf-16", "utf-16"),
    ],
)
def test_charsets_are_read_also_where_the_mail_states_a_wrong_one(stated: str, encoding: str) -> None:
    words = "Сорок человек пострадали при взрыве на мосту, сообщила мэрия города во вторник утром."
    body = base64.encodebytes(words.encode(encoding))
    mail = HEADERS + part(f"text/plain; charset={stated}", body, "Content-Transfer-Encoding: base64")
    assert draft_of(mail).text == words


def test_a_chosen_encoding_goes_before_what_the_mail_states() -> None:
    mail = HEADERS + part("text/plain; charset=windows-1252", "Сорок человек".encode("cp1251"))
    assert read_bytes(mail, "a.eml", ReadOptions("windows-1251")).articles[0].text == "Сорок человек"
    with pytest.raises(ImportRefused, match=r"^a\.eml is not written in ascii"):
        read_bytes(mail, "a.eml", ReadOptions("ascii"))


@pytest.mark.parametrize(
    ("encoding", "body", "text"),
    [
        ("base64", b"Rm9ydHkg\r\naHVydC4", "Forty hurt."),
        ("base64", b"Rm9y\r\n!dHkg aHVydC4=\r\n-- \r\nlist footer", "Rm9y\n!dHkg aHVydC4=\n-- \nlist footer"),
        ("BASE64", b"Rm9ydHkgaHVydC4=\r\n____\r\nfooter", "Forty hurt."),
        ("base64", b"Forty people were hurt.", "Forty people were hurt."),
        ("quoted-printable", b"Forty=20hurt=2\r\n=E2=82=AC =ZZ soft=\r\nly", "Forty hurt=2\n€ =ZZ softly"),
        ("x-unknown", b"Forty hurt.", "Forty hurt."),
    ],
)
def test_broken_transfer_encodings_lose_no_more_than_is_broken(encoding: str, body: bytes, text: str) -> None:
    assert draft_of(HEADERS + part(PLAIN, body, f"Content-Transfer-Encoding: {encoding}")).text == text


@pytest.mark.parametrize("marked", ["utf-16", "utf-8-sig"])
def test_a_mail_saved_by_a_text_editor_is_read(marked: str) -> None:
    assert draft_of((HEADERS.decode() + "\r\n" + WORDS).encode(marked)).title == "Forty hurt"


def test_hebrew_under_the_name_that_mailers_give_its_encoding_is_read() -> None:
    words = "אתמול בתל אביב פרצה שריפה גדולה"
    head = HEADERS + b"Content-Type: text/plain; charset=ISO-8859-8-I\r\n\r\n"
    assert draft_of(head + words.encode("iso8859-8")).text == words


LINES = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff\ufffe\uffff"), max_size=60)


@given(st.lists(LINES.filter(str.strip), min_size=1, max_size=5))
def test_the_words_of_a_mail_come_out_as_they_were_sent(lines: list[str]) -> None:
    body = "\n".join(lines)
    encoded = base64.encodebytes(body.encode())
    mail = HEADERS + part(PLAIN, encoded, "Content-Transfer-Encoding: base64")
    assert draft_of(mail).text == body.rstrip()
