"""Mails and mailboxes: each mail an article, its words as the sender wrote them, its attachments offered.

The words of a HTML mail are all those that it shows. A mail has no menus, and what finds the article in a web page
leaves out what it is not sure of: in a mail that is as often as not the news itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from email.utils import getaddresses

from annotate.canonical import canonical
from annotate.errors import ImportRefused
from annotate.importers.assembly import assemble
from annotate.importers.decoding import decode, mark_of
from annotate.importers.draft import Attachment, Draft, DraftPart
from annotate.importers.flowed_text import unflowed
from annotate.importers.format import Format, Reading
from annotate.importers.forwarded import forwarded_in
from annotate.importers.headline import guessed_title
from annotate.importers.mail_attachments import LARGEST_OFFER, attachments_of, is_shown
from annotate.importers.mbox import is_mailbox, mails_in
from annotate.importers.mime import Part, decoded_words, header_block, parsed
from annotate.importers.one_line import one_line
from annotate.importers.options import ReadOptions
from annotate.importers.stated_date import published_in
from annotate.importers.visible_text import visible_blocks
from annotate.importers.web_page import LARGEST
from annotate.model import Published
from annotate.vocabulary import PartRole

_ENDINGS = (".eml", ".emlx", ".mbox", ".mbx")
_LENGTH_BEFORE = re.compile(rb"(\d{1,10})[ \t]{0,20}\r?\n")
_ONLY_IN_MAILS = {"received", "return-path", "delivered-to", "message-id", "mime-version"}
_ENCRYPTED = {"multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"}
_POINTS_TO_PAGE = re.compile(r"(?is)\b(?:view|read|see|open|display)\b.{0,80}\b(?:browser|online)\b|\bhtml\b")
_TECHNICAL_NAME = re.compile(r"\A[^\s.]+\.\S*\Z|\b(?=\w*\d)\w{12,}")
_MOST_WORDS_OF_A_POINTER = 60
_SHORT = 1000
"""Code points up to which a plain text is held against the page beside it."""
_MOST_WARNINGS = 20
_FORWARDS_INSIDE = 5
_GAP = "\n\n"


@dataclass(frozen=True, slots=True)
class _Words:
    """What a mail or a part of it says; canonical, parts in code points."""

    text: str = ""
    parts: tuple[DraftPart, ...] = ()
    warnings: tuple[str, ...] = ()
    plain: bool = True


def recognises(data: bytes, name: str) -> bool:
    """By the headers at the beginning; with a mail's ending, any will do."""
    data = _as_sent(data[:65536], name)
    if is_mailbox(data[:4096]):
        return True
    headers = header_block(data[:65536])
    if headers is None:
        return False
    return not _ONLY_IN_MAILS.isdisjoint(headers) or (bool(headers) and name.lower().endswith(_ENDINGS))


def read(data: bytes, name: str, options: ReadOptions) -> Reading:
    """One article a mail; raises ImportRefused where no mail has words that can be read."""
    drafts: dict[int, Draft] = {}
    warnings: dict[str, None] = {}
    attachments: list[Attachment] = []
    refusal: ImportRefused | None = None
    count = offered_size = 0
    data = _as_sent(data, name)
    for outer in mails_in(data) if is_mailbox(data) else (data,):
        message = parsed(outer)
        mails = list(_mails(message, _FORWARDS_INSIDE))
        for mail in mails:
            count += 1
            try:
                drafts[count], said = _draft(mail, name, options)
                warnings.update(dict.fromkeys(said))
            except ImportRefused as refused:
                refusal = refusal or refused
        for holder, mails_too in _holders(message, mails):
            offered = attachments_of(holder, LARGEST_OFFER - offered_size, mails_too=mails_too)
            attachments += offered.attachments
            offered_size += sum(len(attachment.data) for attachment in offered.attachments)
            warnings.update(dict.fromkeys(offered.warnings))
    if not drafts:
        raise refusal or ImportRefused(f"{name} holds no mail; there is nothing to import.")
    told = list(warnings)
    if len(told) > _MOST_WARNINGS:
        told[_MOST_WARNINGS:] = [f"There are {len(told) - _MOST_WARNINGS:,} more notes of such kinds on these mails."]
    if len(drafts) < count:
        left_out = "1 mail was" if count - len(drafts) == 1 else f"{count - len(drafts):,} mails were"
        told.append(f"{left_out} left out because nothing in them can be read.")
    articles = [replace(draft, place_in_file=f"{place} of {count}") for place, draft in drafts.items()]
    return Reading(tuple(articles if count > 1 else drafts.values()), tuple(told), tuple(attachments))


FORMAT = Format("mail", "2", "mail", _ENDINGS, recognises, read)


def _as_sent(data: bytes, name: str) -> bytes:
    """The mail without what its program put around it: Apple Mail its length and notes, a text editor UTF-16."""
    counted = _LENGTH_BEFORE.match(data) if name.lower().endswith(".emlx") else None
    if counted:
        return data[counted.end() : counted.end() + int(counted[1])]
    marked = mark_of(data)
    if marked is not None and marked[1] != "utf-8":
        return data[len(marked[0]) :].decode(marked[1], "replace").encode("utf-8")
    return data


def _mails(message: Part, forwards: int) -> Iterator[Part]:
    """The mails that a message stands for: those in a digest, or one that was forwarded whole without a word added."""
    if forwards:
        digests = [part for part in _multiparts(message) if part.type == "multipart/digest"]
        inside = [leaf for part in digests or (message,) for leaf in part.leaves() if leaf.type == "message/rfc822"]
        if inside and (digests or not any(is_shown(leaf) and leaf.body().strip() for leaf in message.leaves())):
            for leaf in inside:
                yield from _mails(parsed(leaf.body()), forwards - 1)
            return
    yield message


def _holders(message: Part, mails: list[Part]) -> list[tuple[Part, bool]]:
    """What has attachments, and whether the mails among these are to be offered or are articles already."""
    if mails[:1] == [message]:
        return [(message, True)]
    return [(message, False), *((mail, True) for mail in mails)]


def _multiparts(part: Part) -> Iterator[Part]:
    if part.parts:
        yield part
        for child in part.parts:
            yield from _multiparts(child)


def _draft(mail: Part, name: str, options: ReadOptions) -> tuple[Draft, tuple[str, ...]]:
    if mail.type in _ENCRYPTED:
        raise ImportRefused(
            f"{name} is encrypted or sealed; open it in your mail program, copy its words and paste them."
        )
    words = _words(mail, name, options)
    subject = one_line(mail.words("Subject"))
    text, warnings = words.text, words.warnings
    if not text and warnings:
        raise ImportRefused(
            f"{name} holds no words that can be read; open it in your mail program, copy its words and paste them."
        )
    if not text:
        text = subject or ""
        warnings = (f"A mail in {name} holds no words besides its subject, which was taken as its text.",)
    if not text:
        raise ImportRefused(f"{name} holds no words; there is nothing to import.")
    draft = Draft(
        text=text,
        title=subject or guessed_title(text, name),
        title_confirmed=subject is not None,
        outlet=_list_name(mail),
        author=_sender(mail),
        published=_sent(mail),
        language=None,
        parts=words.parts,
    )
    inner = forwarded_in(text, subject or "")
    if inner is None:
        return draft, warnings
    parts = [*draft.parts, DraftPart(PartRole.BOILERPLATE, inner.start, inner.end)] if not draft.parts else draft.parts
    told = f"“{draft.title}” was forwarded without a word added; sender, subject and date are those of the mail in it."
    forwarded = replace(
        draft,
        title=inner.subject or draft.title,
        author=inner.sender,
        published=published_in(inner.sent[:100]) if inner.sent else Published(),
        parts=tuple(parts),
    )
    return forwarded, (*warnings, told)


def _sender(mail: Part) -> str | None:
    """The sender's name, or the address where no name is given."""
    try:
        stated = getaddresses([mail.value("From") or mail.value("Sender") or ""])
    except (IndexError, ValueError):
        return None
    # Names are decoded after the addresses are told apart: a comma in a name would be taken for one between two.
    named = [
        one_line(decoded_words(person, mail.charset).strip("\"' ")) or one_line(address) for person, address in stated
    ]
    return one_line(", ".join(dict.fromkeys(name for name in named if name)))


def _list_name(mail: Part) -> str | None:
    """What a mailing list or newsletter calls itself (List-Id, RFC 2919), without its technical name."""
    stated = one_line(mail.words("List-Id").split("<", 1)[0].replace('"', " ")) or ""
    named = re.search(r"[^\W\d_]{2}", stated) and not _TECHNICAL_NAME.search(stated)
    return stated if named else None


def _sent(mail: Part) -> Published:
    words = one_line(mail.words("Date"))
    return published_in(words[:100]) if words else Published()


def _words(part: Part, name: str, options: ReadOptions) -> _Words:
    if not part.parts:
        return _leaf_words(part, name, options) if is_shown(part) else _Words()
    if part.type == "multipart/alternative":
        return _better(part, name, options)
    if part.type == "multipart/related":
        start = part.parameter("start")
        root = next((child for child in part.parts if start and child.value("Content-ID") == start), part.parts[0])
        return _words(root, name, options)
    return _joined([_words(child, name, options) for child in part.parts])


def _leaf_words(leaf: Part, name: str, options: ReadOptions) -> _Words:
    size = leaf.end - leaf.start
    if size > LARGEST:
        return _Words(warnings=(f"A text of {size / 1024**2:,.0f} MB in {name} is too large and was left out.",))
    raw = leaf.body()
    stated = leaf.charset
    if not (stated or "").lower().startswith("utf-16"):
        # A NUL among letters is damage; as another control character it is removed and told instead of refused.
        raw = raw.replace(b"\0", b"\x01")
    if stated and stated.lower() in ("us-ascii", "ascii") and not raw.isascii():
        stated = None
    try:
        decoded = decode(raw, name, options.encoding, stated)
    except ImportRefused:
        if options.encoding is not None:
            raise
        return _Words(warnings=(f"A part of {name} that should be text is none, or in an unknown encoding.",))
    if leaf.type != "text/plain":
        page = canonical(decoded.text)
        found = assemble(visible_blocks(page.text, hidden_too=False))
        notes = tuple(dict.fromkeys((*decoded.warnings, *page.notes, *found.notes)))
        return _Words(found.text, found.parts, notes, plain=False)
    text = decoded.text
    if (leaf.parameter("format") or "").lower() == "flowed":
        text = unflowed(text, delete_space=(leaf.parameter("delsp") or "").lower() == "yes")
    cleaned = canonical(text)
    return _Words(_without_empty_ends(cleaned.text), (), (*decoded.warnings, *cleaned.notes))


def _without_empty_ends(text: str) -> str:
    """Without lines before and after the words; the first line of words keeps its indentation."""
    text = text.rstrip()
    return text[text.rfind("\n", 0, len(text) - len(text.lstrip())) + 1 :]


def _better(alternatives: Part, name: str, options: ReadOptions) -> _Words:
    """Of the same words said in several ways the plain one, unless it only points to the others or lacks most of it."""
    plain = _longest(_words(way, name, options) for way in alternatives.parts if way.type == "text/plain")
    if len(plain.text) > _SHORT:
        return plain
    page = _longest(_words(way, name, options) for way in alternatives.parts if way.type != "text/plain")
    words = len(plain.text.split())
    points = words <= _MOST_WORDS_OF_A_POINTER and _POINTS_TO_PAGE.search(plain.text)
    if page.text and (points or 3 * words < len(page.text.split())):
        return page
    return plain


def _longest(ways: Iterator[_Words]) -> _Words:
    return max(ways, key=lambda way: len(way.text), default=_Words())


def _joined(pieces: list[_Words]) -> _Words:
    """Pieces one after the other; a page that says again what the text before it said is passed over."""
    texts: list[str] = []
    parts: list[DraftPart] = []
    length = 0
    for piece in pieces:
        if not piece.text or (not piece.plain and texts and piece.text.split() == texts[-1].split()):
            continue
        length += len(_GAP) if texts else 0
        parts += [DraftPart(part.role, part.start + length, part.end + length) for part in piece.parts]
        texts.append(piece.text)
        length += len(piece.text)
    warnings = dict.fromkeys(warning for piece in pieces for warning in piece.warnings)
    return _Words(_GAP.join(texts), tuple(parts), tuple(warnings), all(piece.plain for piece in pieces if piece.text))
