"""Mails and mailboxes: the sender's words, name, subject and date, whatever servers and mailers have done to them."""

from __future__ import annotations

import base64
from datetime import date
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from annotate.canonical import canonical, is_canonical
from annotate.errors import ImportRefused
from annotate.importers import Draft, ImportedFile, ReadOptions, read_bytes, read_file
from annotate.importers.forwarded import forwarded_in
from annotate.importers.mail_attachments import LARGEST_OFFER
from annotate.model import Published
from annotate.vocabulary import PartRole, Precision

HEADERS = (
    b"Received: from mx.example.org by home; Tue, 3 Mar 2026 08:00:00 +0100\r\n"
    b"From: Olena Kovalenko <olena@example.org>\r\n"
    b"Date: Tue, 03 Mar 2026 07:59:58 +0100\r\n"
    b"Subject: Forty hurt\r\n"
)
SENT = Published("Tue, 03 Mar 2026 07:59:58 +0100", date(2026, 3, 3), Precision.DAY)
WORDS = "عدد الجرحى 40 شخصا 🇺🇦, said Zoe\u0308 👩‍👩‍👧.\u2028And more."


def imported(data: bytes, name: str = "news.eml") -> ImportedFile:
    read = read_bytes(data, name)
    assert read.importer == "mail"
    assert all(is_canonical(draft.text) and draft.text.strip() for draft in read.articles)
    return read


def ending(data: bytes, name: str) -> ImportedFile | str:
    """What was read, or the sentence that says why not."""
    try:
        return read_bytes(data, name)
    except ImportRefused as refused:
        return str(refused)


def draft_of(data: bytes) -> Draft:
    (draft,) = imported(data).articles
    return draft


def part(type_: str, body: str | bytes, *headers: str) -> bytes:
    lines = [f"Content-Type: {type_}", *headers]
    encoded = body.encode() if isinstance(body, str) else body
    return "\r\n".join(lines).encode("utf-8", "surrogateescape") + b"\r\n\r\n" + encoded


def multipart(kind: str, *parts: bytes, boundary: str = "=_b", start: str = "") -> bytes:
    inside = b"".join(b"--" + boundary.encode() + b"\r\n" + one + b"\r\n" for one in parts)
    head = f'Content-Type: multipart/{kind}; boundary="{boundary}"{start}\r\n\r\n'.encode()
    return head + b"A multipart message.\r\n" + inside + b"--" + boundary.encode() + b"--\r\nend\r\n"


PLAIN = "text/plain; charset=utf-8"
PAGE = "text/html; charset=utf-8"


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


def test_a_text_larger_than_anyone_writes_is_left_out_and_told() -> None:
    read = imported(HEADERS + multipart("mixed", part(PLAIN, "Words."), part(PLAIN, b"more\r\n" * 4_000_000)))
    assert [draft.text for draft in read.articles] == ["Words."]
    assert read.warnings == ("A text of 23 MB in news.eml is too large and was left out.",)


@pytest.mark.parametrize("body", [b"more\r\n" * 4_000_000, b"w\0\0\0\0\0\1\2\3\xff"])
def test_a_mail_whose_words_cannot_be_read_is_refused_with_what_to_do(body: bytes) -> None:
    with pytest.raises(ImportRefused, match=r"^a\.eml holds no words that can be read; open it in your mail program"):
        read_bytes(HEADERS + part(PLAIN, body), "a.eml")


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


@pytest.mark.parametrize(
    ("header", "title"),
    [
        (b"=?utf-8?q?Caf=C3=A9_40?= =?iso-8859-1?q?_=E9t=E9?=", "Café 40 été"),
        (b"=?utf-8?b?0KHQ?=\r\n =?utf-8?b?vtGA0L7Qug==?=", "Сорок"),
        ("Сорок 🇺🇦".encode(), "Сорок 🇺🇦"),
        (b"Caf\xe9", "Café"),
        (b"=?utf-8?b?a?= and =?nothing", "=?utf-8?b?a?= and =?nothing"),
        (b"=?x-unknown?q?Caf=C3=A9?=", "Café"),
        (b"One\r\n two\tthree\0", "One two three"),
        ("\u202eturned\u202c \u2067round\u2069".encode(), "turned round"),
        (b"\xed\xa0\x80 half", "í\xa0€ half".replace("\xa0", " ")),
    ],
)
def test_subjects_are_decoded_however_they_were_written(header: bytes, title: str) -> None:
    draft = draft_of(b"Message-ID: <1@a>\r\nSubject: " + header + b"\r\n\r\nWords.")
    assert (draft.title, draft.title_confirmed) == (title, True)


@pytest.mark.parametrize(
    ("sender", "author"),
    [
        ("Olena Kovalenko <o@example.org>", "Olena Kovalenko"),
        ('"Kovalenko, Olena" <o@example.org>', "Kovalenko, Olena"),
        ("=?utf-8?q?Kovalenko=2C_Ol=C3=A9na?= <o@example.org>", "Kovalenko, Oléna"),
        ("<o@example.org>", "o@example.org"),
        ("o@example.org (Olena)", "Olena"),
        ("Olena <o@a.org>, Ivan <i@a.org>", "Olena, Ivan"),
        ("", None),
    ],
)
def test_the_author_is_the_senders_name_or_else_the_address(sender: str, author: str | None) -> None:
    assert draft_of(f"Message-ID: <1@a>\nFrom: {sender}\n\nWords.".encode()).author == author


@pytest.mark.parametrize(
    ("stated", "outlet"),
    [
        ('"The Morning Brief" <brief.example.org>', "The Morning Brief"),
        ("<brief.example.org>", None),
        ("brief.example.org", None),
        ("12345 <x.example.org>", None),
        ("39c5ac1f2d7e8b90a1c2d3e4mc list <39c5ac1f2d7e8b90a1c2d3e4.list.example.org>", None),
        ("=?utf-8?q?Bulletin_n=C2=B0_4?= <x.example.org>", "Bulletin n° 4"),
    ],
)
def test_a_list_that_names_itself_is_the_outlet(stated: str, outlet: str | None) -> None:
    assert draft_of(f"Message-ID: <1@a>\nList-Id: {stated}\n\nWords.".encode()).outlet == outlet


@pytest.mark.parametrize(
    ("words", "published"),
    [
        ("3 Mar 2026 07:59:58 GMT", Published("3 Mar 2026 07:59:58 GMT", date(2026, 3, 3), Precision.DAY)),
        ("Tue, 31 Feb 2026 07:00:00 +0000", Published("Tue, 31 Feb 2026 07:00:00 +0000")),
        ("yesterday", Published("yesterday")),
        ("", Published()),
    ],
)
def test_a_date_keeps_its_words_and_is_never_invented(words: str, published: Published) -> None:
    assert draft_of(f"Message-ID: <1@a>\nDate: {words}\n\nWords.".encode()).published == published


def test_a_mail_without_a_subject_has_a_title_that_is_not_confirmed() -> None:
    draft = draft_of(b"Message-ID: <1@a>\n\nForty hurt\n\nThey said so.")
    assert (draft.title, draft.title_confirmed) == ("Forty hurt", False)


def test_documents_and_forwarded_mails_are_offered_and_nothing_else() -> None:
    forwarded = HEADERS.replace(b"Forty hurt", b"Fwd/older: news") + b"\r\nOld words."
    attach = "Content-Disposition: attachment"
    read = imported(
        HEADERS
        + multipart(
            "mixed",
            part(PLAIN, "See below."),
            part("application/octet-stream", b"%PDF-1", f'{attach}; filename="C:\\\\temp\\\\re\u202eport.PDF"'),
            part("application/pdf; name*=utf-8''zv%C3%ADt", b"%PDF-2", attach),
            part("application/pdf", b"%PDF-3", attach),
            part("text/plain; name=note.txt", "A note.", attach),
            part("message/rfc822", forwarded),
            part("text/html; name=ATT00001.htm", "<p></p>", attach),
            part("image/png; name=logo.png", b"PNG", attach),
            part("application/pgp-signature; name=signature.asc", b"x", attach),
            part("text/calendar; name=invite.ics", b"x", attach),
            part("application/ms-tnef; name=winmail.dat", b"x", attach),
            part("application/pdf; name=empty.pdf", b"", attach),
            part("text/plain; filename*=x; filename*0=y; name*=a; name*0=b", "More.", "Content-Disposition: inline"),
        )
    )
    assert [draft.text for draft in read.articles] == ["See below.\n\nMore."]
    assert [(attachment.name, attachment.data) for attachment in read.attachments] == [
        ("report.PDF", b"%PDF-1"),
        ("zvít.pdf", b"%PDF-2"),
        ("attachment.pdf", b"%PDF-3"),
        ("note.txt", b"A note."),
        ("Fwd_older: news.eml".replace(":", "_"), forwarded),
    ]
    again = read_bytes(read.attachments[-1].data, read.attachments[-1].name)
    assert (again.importer, again.articles[0].text) == ("mail", "Old words.")


@pytest.mark.parametrize("size", [LARGEST_OFFER + 1, 2 * LARGEST_OFFER])
def test_attachments_beyond_what_can_wait_in_memory_are_named(size: int) -> None:
    huge = base64.b64encode(bytes(size))
    mail = multipart(
        "mixed", part(PLAIN, "Words."), part("application/pdf; name=a.pdf", huge, "Content-Transfer-Encoding: base64")
    )
    read = imported(HEADERS + mail)
    assert (read.attachments, len(read.warnings)) == ((), 1)
    assert read.warnings[0].startswith("The attachment a.pdf is too large to be offered")


def test_a_mail_forwarded_whole_without_a_word_is_the_article() -> None:
    forwarded = HEADERS + part(PLAIN, "The news.")
    outer = b"Message-ID: <1@a>\nSubject: Fwd\nFrom: me@a.org\n" + multipart("mixed", part("message/rfc822", forwarded))
    read = imported(outer)
    assert [(draft.text, draft.title, draft.author) for draft in read.articles] == [
        ("The news.", "Forty hurt", "Olena Kovalenko")
    ]
    assert read.attachments == ()


def test_each_mail_of_a_digest_is_an_article() -> None:
    mails = [f"Subject: {number}\r\n\r\nNews {number}.".encode() for number in range(1, 4)]
    digest = multipart("digest", *(b"\r\n" + mail for mail in mails), boundary="d")
    read = imported(HEADERS + multipart("mixed", part(PLAIN, "Today's topics"), digest, part(PLAIN, "Footer")))
    assert [(draft.title, draft.text, draft.place_in_file) for draft in read.articles] == [
        (str(number), f"News {number}.", f"{number} of 3") for number in range(1, 4)
    ]


def test_a_mail_without_words_is_taken_by_its_subject_and_without_that_refused() -> None:
    pdf = part("application/pdf; name=a.pdf", b"%PDF-1")
    read = imported(HEADERS + multipart("mixed", pdf))
    assert [draft.text for draft in read.articles] == ["Forty hurt"]
    assert read.warnings == ("A mail in news.eml holds no words besides its subject, which was taken as its text.",)
    assert [attachment.name for attachment in read.attachments] == ["a.pdf"]
    with pytest.raises(ImportRefused, match=r"^a\.eml holds no words; there is nothing to import\.$"):
        read_bytes(b"Message-ID: <1@a>\n\n \n", "a.eml")


@pytest.mark.parametrize("type_", ["multipart/encrypted; boundary=b", "application/pkcs7-mime; name=smime.p7m"])
def test_an_encrypted_mail_is_refused_with_what_to_do(type_: str) -> None:
    with pytest.raises(ImportRefused, match=r"^a\.eml is encrypted or sealed; open it in your mail program"):
        read_bytes(HEADERS + part(type_, b"--b\r\n\r\nx\r\n--b--"), "a.eml")


def test_every_mail_of_a_mailbox_is_an_article() -> None:
    def mail(number: int, body: str) -> bytes:
        return f"From olena@a.org Tue Mar  3 08:00:0{number} 2026\nSubject: No. {number}\n\n{body}\n\n".encode()

    box = (
        mail(1, "From the town came news.\n\n>From there, too.\n>>From quoted\n\nFrom: nobody")
        + mail(2, " ")
        + mail(3, f"{WORDS}\n\nFrom noon at 12:30 on\nit rained: a lot")
    )
    read = imported(box.replace(b"Subject: No. 2\n", b"X-Nothing: 1\n"), "box")
    assert [(draft.title, draft.place_in_file) for draft in read.articles] == [
        ("No. 1", "1 of 3"),
        ("No. 3", "3 of 3"),
    ]
    assert read.articles[0].text == "From the town came news.\n\nFrom there, too.\n>From quoted\n\nFrom: nobody"
    assert read.articles[1].text == f"{WORDS}\n\nFrom noon at 12:30 on\nit rained: a lot"
    assert read.warnings == ("1 mail was left out because nothing in them can be read.",)
    assert [draft.title for draft in imported(box.replace(b"\n", b"\r\n"), "box.mbox").articles][::2] == [
        "No. 1",
        "No. 3",
    ]


@pytest.mark.parametrize(
    ("data", "name", "importer"),
    [
        (b"MIME-Version: 1.0\nSubject: A\n\nWords.", "a.txt", "mail"),
        (b"\xef\xbb\xbf\r\nReceived: by x\r\n\r\nWords.", "a", "mail"),
        (b"X-Spam: no\r\nMessage-ID: <1>\r\rWords.".replace(b"\r\n", b"\r"), "a.eml", "mail"),
        (b"From: A\nSubject: B\n\nWords.", "a.eml", "mail"),
        (b"From: A\nSubject: B\n\nWords.", "a.txt", "txt"),
        (b"Subject: The message-id: is a header", "a.txt", "txt"),
        (b"From A to B at 12:30\nNote", "a.txt", "txt"),
        (b"From - Tue Mar 03 08:00:00 2026\nSubject: B\n\nWords.", "Inbox", "mail"),
    ],
)
def test_mails_are_told_by_their_headers(data: bytes, name: str, importer: str) -> None:
    assert read_bytes(data, name).importer == importer


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


LINES = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff\ufffe\uffff"), max_size=60)


@given(st.lists(LINES.filter(str.strip), min_size=1, max_size=5))
def test_the_words_of_a_mail_come_out_as_they_were_sent(lines: list[str]) -> None:
    body = "\n".join(lines)
    encoded = base64.encodebytes(body.encode())
    mail = HEADERS + part(PLAIN, encoded, "Content-Transfer-Encoding: base64")
    assert draft_of(mail).text == body.rstrip()


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


BODY = "Four streets were flooded, and forty were hurt 🇺🇦.\n\nMore rain is to come."
FORWARDS = {
    "Gmail": (
        "Fwd: Morning brief",
        "---------- Forwarded message ---------\nFrom: Daily Brief <brief@example.org>\n"
        "Date: Mon, Mar 2, 2026 at 7:00 AM\nSubject: Morning brief\nTo: <anna@example.org>\n\n\n",
    ),
    "Apple Mail": (
        "Fwd: Morning brief",
        "\nBegin forwarded message:\n\n> From: Daily Brief <brief@example.org>\n> Subject: Morning brief\n"
        "> Date: 2 March 2026 at 07:00:00 GMT\n> To: anna@example.org\n> \n",
    ),
    "Thunderbird": (
        "Fwd: Morning brief",
        "-------- Weitergeleitete Nachricht --------\nBetreff: \tMorning brief\n"
        "Datum: \tMon, 2 Mar 2026 07:00:00 +0100\nVon: \tDaily Brief <brief@example.org>\nAn: \tanna@example.org\n\n",
    ),
    "Outlook": (
        "FW: Morning brief",
        "\nFrom: Daily Brief [mailto:brief@example.org]\nSent: Monday, March 2, 2026 7:00 AM\nTo: Anna\n"
        "Subject: Morning\n brief\n\n",
    ),
}


@pytest.mark.parametrize(("subject", "block"), FORWARDS.values(), ids=FORWARDS)
def test_a_mail_that_only_forwards_another_has_its_subject_sender_and_date(subject: str, block: str) -> None:
    head = HEADERS.replace(b"Forty hurt", subject.encode()) + b"Content-Type: text/plain; charset=utf-8\r\n\r\n"
    (draft,) = (read := imported(head + (block + BODY).encode())).articles
    assert (draft.title, draft.author, draft.published.on) == ("Morning brief", "Daily Brief", date(2026, 3, 2))
    assert draft.text.endswith(BODY)
    (part,) = draft.parts
    assert (part.role, draft.text[part.end :].lstrip("> \n")) == (PartRole.BOILERPLATE, BODY)
    assert "was forwarded without a word added" in read.warnings[0]


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("FW: Morning brief", "Look at this!\n\n" + FORWARDS["Gmail"][1] + BODY),
        ("Forty hurt", "From: the press office\nSubject: Forty hurt\n\n" + BODY),
        ("Fwd: Forty hurt", FORWARDS["Gmail"][1]),
        ("Fwd: Forty hurt", "From: here to the sea\n\n" + BODY),
    ],
    ids=["a word added", "nothing announced", "nothing forwarded", "no block"],
)
def test_the_author_of_a_mail_stays_its_sender_where_it_is_theirs(subject: str, text: str) -> None:
    head = HEADERS.replace(b"Forty hurt", subject.encode()) + b"Content-Type: text/plain; charset=utf-8\r\n\r\n"
    draft = draft_of(head + text.encode())
    assert (draft.title, draft.author, draft.published) == (subject, "Olena Kovalenko", SENT)


@given(st.text(), st.sampled_from(sorted(FORWARDS)))
def test_what_is_marked_as_the_block_of_a_forward_lies_in_the_text(noise: str, program: str) -> None:
    text = canonical(FORWARDS[program][1] + noise).text
    found = forwarded_in(text, "FW: it")
    assert found is None or 0 <= found.start < found.end < len(text)


@pytest.mark.parametrize("marked", ["utf-16", "utf-8-sig"])
def test_a_mail_saved_by_a_text_editor_is_read(marked: str) -> None:
    assert draft_of((HEADERS.decode() + "\r\n" + WORDS).encode(marked)).title == "Forty hurt"


def test_a_mail_of_apple_mail_is_read_without_its_length_and_notes() -> None:
    mail = HEADERS + b"Content-Type: text/plain; charset=utf-8\r\n\r\n" + BODY.encode()
    read = read_bytes(str(len(mail)).encode() + b"      \n" + mail + b'<?xml version="1.0"?><plist/>', "1.emlx")
    assert [(draft.title, draft.text) for draft in read.articles] == [("Forty hurt", BODY)]


def test_hebrew_under_the_name_that_mailers_give_its_encoding_is_read() -> None:
    words = "אתמול בתל אביב פרצה שריפה גדולה"
    head = HEADERS + b"Content-Type: text/plain; charset=ISO-8859-8-I\r\n\r\n"
    assert draft_of(head + words.encode("iso8859-8")).text == words
