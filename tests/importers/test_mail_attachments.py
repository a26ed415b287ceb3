"""What a mail carries besides its words is offered where it may hold an article, and told where it cannot be."""

from __future__ import annotations

import base64

import pytest

from annotate.errors import ImportRefused
from annotate.importers import read_bytes
from annotate.importers.mail_attachments import LARGEST_OFFER
from tests.importers.mails import HEADERS, PLAIN, imported, multipart, part


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


def test_a_mail_without_words_is_taken_by_its_subject_and_without_that_refused() -> None:
    pdf = part("application/pdf; name=a.pdf", b"%PDF-1")
    read = imported(HEADERS + multipart("mixed", pdf))
    assert [draft.text for draft in read.articles] == ["Forty hurt"]
    assert read.warnings == ("A mail in news.eml holds no words besides its subject, which was taken as its text.",)
    assert [attachment.name for attachment in read.attachments] == ["a.pdf"]
    with pytest.raises(ImportRefused, match=r"^a\.eml holds no words; there is nothing to import\.$"):
        read_bytes(b"Message-ID: <1@a>\n\n \n", "a.eml")
