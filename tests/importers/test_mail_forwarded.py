"""Mails within mails and mailboxes: each is an article under its own subject, sender and date."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.canonical import canonical
from annotate.importers.forwarded import forwarded_in
from annotate.vocabulary import PartRole
from tests.importers.mails import BODY, HEADERS, PLAIN, SENT, WORDS, draft_of, imported, multipart, part


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
