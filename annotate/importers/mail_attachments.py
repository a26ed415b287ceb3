"""Which files inside a mail may be articles: documents and forwarded mails, not logos, signatures or invitations."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from annotate.importers.draft import Attachment
from annotate.importers.mime import Part, parsed
from annotate.importers.one_line import one_line

LARGEST_OFFER = 64 * 1024 * 1024
"""Bytes of all that is offered from one file; it waits in memory until the analyst has chosen."""

_ENDINGS = {
    *(".pdf", ".doc", ".docx", ".docm", ".odt", ".rtf", ".txt", ".md", ".html", ".htm", ".xhtml"),
    *(".eml", ".mht", ".mhtml"),
}
_ENDING_OF_TYPE = {
    "application/pdf": ".pdf",
    "application/msword": ".doc",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/rtf": ".rtf",
    "text/rtf": ".rtf",
    "text/html": ".html",
    "text/plain": ".txt",
    "message/rfc822": ".eml",
}
_MADE_BY_SERVERS = re.compile(r"(?i)ATT\d{3,}\.(?:txt|html?)")
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|]')


@dataclass(frozen=True, slots=True)
class Offered:
    """Attachments, and a sentence for each one that is too large to be among them."""

    attachments: tuple[Attachment, ...]
    warnings: tuple[str, ...]


def attachments_of(mail: Part, room: int = LARGEST_OFFER, *, mails_too: bool = True) -> Offered:
    """Attachments that may be articles, in up to `room` bytes; forwarded mails unless they are articles already."""
    attachments: list[Attachment] = []
    warnings: list[str] = []
    for leaf in mail.leaves() if mail.parts else ():
        name = _name(leaf)
        if name is None or (leaf.type == "message/rfc822" and not mails_too):
            continue
        # Base64 makes three bytes of four; what is far too large is not decoded to find that out.
        body = leaf.body() if (leaf.end - leaf.start) * 0.7 <= room else None
        if body is not None and not body.strip():
            continue
        if body is None or len(body) > room:
            warnings.append(f"The attachment {name} is too large to be offered; save it from your mail program.")
            continue
        room -= len(body)
        attachments.append(Attachment(name, body))
    return Offered(tuple(attachments), tuple(warnings))


def is_shown(leaf: Part) -> bool:
    """Whether a mail program shows a part among the mail's own words."""
    if leaf.type not in ("text/plain", "text/html", "text/enriched", "application/xhtml+xml"):
        return False
    disposition = _disposition(leaf)
    return disposition == "inline" or (disposition != "attachment" and not _stated_name(leaf))


def _disposition(leaf: Part) -> str:
    return (leaf.value("Content-Disposition") or "").split(";", 1)[0].strip().lower()


def _stated_name(leaf: Part) -> str:
    stated = leaf.parameter("filename", "Content-Disposition") or leaf.parameter("name")
    return PurePosixPath((one_line(stated) or "").replace("\\", "/")).name


def _name(leaf: Part) -> str | None:
    """A file name without folders for what may be an article, else None."""
    if is_shown(leaf):
        return None
    stated = _stated_name(leaf)
    if leaf.type == "message/rfc822" and not stated.lower().endswith(".eml"):
        stated = (stated or one_line(parsed(leaf.body()[:65536]).words("Subject")) or "forwarded mail") + ".eml"
    elif not stated and _disposition(leaf) == "attachment" and leaf.type in _ENDING_OF_TYPE:
        stated = f"attachment{_ENDING_OF_TYPE[leaf.type]}"
    stated = _NOT_IN_NAMES.sub("_", stated)
    if not stated:
        return None
    ending = PurePosixPath(stated).suffix.lower()
    if ending not in _ENDINGS and leaf.type in _ENDING_OF_TYPE and not leaf.type.startswith("text/"):
        stated += _ENDING_OF_TYPE[leaf.type]
        ending = _ENDING_OF_TYPE[leaf.type]
    return stated if ending in _ENDINGS and not _MADE_BY_SERVERS.fullmatch(stated) else None
