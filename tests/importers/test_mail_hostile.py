"""A mail that is sealed, too large, damaged or made to harm ends in its words or in a sentence."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from annotate.canonical import is_canonical
from annotate.errors import ImportRefused
from annotate.importers import read_bytes
from tests.importers.mails import HEADERS, PLAIN, ending, imported, multipart, part


@pytest.mark.parametrize("type_", ["multipart/encrypted; boundary=b", "application/pkcs7-mime; name=smime.p7m"])
def test_an_encrypted_mail_is_refused_with_what_to_do(type_: str) -> None:
    with pytest.raises(ImportRefused, match=r"^a\.eml is encrypted or sealed; open it in your mail program"):
        read_bytes(HEADERS + part(type_, b"--b\r\n\r\nx\r\n--b--"), "a.eml")


def test_a_text_larger_than_anyone_writes_is_left_out_and_told() -> None:
    read = imported(HEADERS + multipart("mixed", part(PLAIN, "Words."), part(PLAIN, b"more\r\n" * 4_000_000)))
    assert [draft.text for draft in read.articles] == ["Words."]
    assert read.warnings == ("A text of 23 MB in news.eml is too large and was left out.",)


@pytest.mark.parametrize("body", [b"more\r\n" * 4_000_000, b"w\0\0\0\0\0\1\2\3\xff"])
def test_a_mail_whose_words_cannot_be_read_is_refused_with_what_to_do(body: bytes) -> None:
    with pytest.raises(ImportRefused, match=r"^a\.eml holds no words that can be read; open it in your mail program"):
        read_bytes(HEADERS + part(PLAIN, body), "a.eml")


H = HEADERS + b"MIME-Version: 1.0\r\n"
HOSTILE = {
    "parts inside parts": H
    + b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(10_000))
    + b"\r\nwords",
    "the same boundary inside itself": H
    + b"--b\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n".join([b""] * 50_000)[5:]
    + b"words",
    "more parts than any mail has": H
    + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n"
    + b"--b\r\n\r\nw\r\n" * 200_000,
    "almost boundaries": H
    + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\n"
    + b"--b-\n--b--b" * 200_000,
    "no boundary stated": H + b"Content-Type: multipart/mixed\r\n\r\n--q\r\n\r\nwords\r\n--q--",
    "no boundary there": H + b"Content-Type: multipart/mixed; boundary=b\r\n\r\nwords",
    "a header of 20 MB": H + b"X-Long: " + b"x" * 20_000_000 + b"\r\n\r\nwords",
    "a subject of encoded words": b"MIME-Version: 1.0\r\nSubject: " + b"=?utf-8?b?eA==?= " * 500_000 + b"\r\n\r\nwords",
    "a folded header": b"MIME-Version: 1.0\r\nFrom: x" + b"\r\n y," * 500_000 + b"\r\n\r\nwords",
    "a million headers": H + b"X-A: b\r\n" * 1_000_000 + b"\r\nwords",
    "parameters without end": b"MIME-Version: 1.0\r\nContent-Type: text/plain" + b";" * 2_000_000 + b"\r\n\r\nwords",
    "a number of a thousand digits": H + b"Content-Type: text/plain; charset*" + b"9" * 3900 + b"=x\r\n\r\nwords",
    "mails inside mails": H + b"Content-Type: message/rfc822\r\n\r\n" * 10_000 + b"Subject: x\r\n\r\nwords",
    "headers only": H,
    "NUL bytes": H + b"\r\nwords\0 with a hole and many more of them",
    "bytes of no charset": H + b"\r\n\xff\xfe words \x81\x8d and \xed\xa0\x80 more",
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_mail_ends_in_its_words_or_a_sentence(data: bytes) -> None:
    read = ending(data, "news.eml")
    if isinstance(read, str):
        assert read.startswith("news.eml holds no words")
    else:
        assert all(is_canonical(draft.text) and 0 < len(draft.title) <= 1000 for draft in read.articles)


def test_a_control_character_is_removed_and_told() -> None:
    assert imported(HOSTILE["NUL bytes"]).warnings == ("1 control character was removed.",)


@given(
    st.binary(max_size=400),
    st.sampled_from(["base64", "quoted-printable", "8bit"]),
    st.sampled_from(["a.eml", "b.mbox"]),
)
@example(b"From: =?utf-8?q?=?=, <, \r\nDate: Mon, 1 Jan 9999999999999999 25:99\r\n\r\nx", "8bit", "a.eml")
def test_any_mail_ends_in_articles_or_a_sentence(noise: bytes, encoding: str, name: str) -> None:
    head = f"Message-ID: <1@a>\nContent-Transfer-Encoding: {encoding}\nContent-Type: multipart/mixed; boundary=b\n"
    for data in (
        head.encode() + noise,
        H + multipart("mixed", noise, noise, boundary="b"),
        H[:-2] + noise + b"\n\nwords",
    ):
        read = ending(data, name)
        if isinstance(read, str):
            assert read.startswith(f"{name} ")
            assert "damaged or not a mail" not in read
        else:
            assert all(is_canonical(draft.text) and draft.title for draft in read.articles)
