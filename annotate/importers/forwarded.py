"""Mails that were forwarded inside another without a word added: the block of headers that mail programs put above.

Who sent the mail on is not its author. Only a block that nothing but white space stands before is looked at: where
somebody wrote above it, the mail is theirs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from annotate.importers.one_line import one_line

_LABELS = {
    "sender": "from|von|de|da|van|från|fra|od|от|отправитель|від|من|gönderen|kimden|发件人|寄件者|差出人|送信元"
    "|보낸 사람",
    "subject": "subject|betreff|objet|asunto|oggetto|onderwerp|assunto|ämne|emne|temat|тема|الموضوع|konu|主题|主旨|件名"
    "|제목",
    "sent": "date|sent|datum|gesendet|envoyé|enviado|fecha|data|inviato|verzonden|skickat|wysłano|дата|отправлено"
    "|التاريخ|تاريخ الإرسال|tarih|日期|发送时间|日付|送信日時|날짜|보낸 날짜",
    "others": "to|cc|bcc|reply-to|an|kopie|à|para|a|aan|kopia|till|til|do|кому|копия|إلى|kime|收件人|抄送|宛先"
    "|받는 사람",
}
_ROLES = {label: role for role, labels in _LABELS.items() for label in labels.split("|")}
_LINE = re.compile(r"[> \t]*\*?([^\W\d_][^:：\n]{0,20}?)\*?[ \t\u00a0]{0,3}[:：]\*?[ \t]*(.*)")
_ANNOUNCED = re.compile(
    r"\W*(?:-{2,}|_{5,}|begin forwarded message|anfang der weitergeleiteten|début du message|inicio del mensaje"
    r"|начало переад|inizio messaggio).{0,80}",
    re.IGNORECASE,
)
_FORWARDED = re.compile(
    r"\s*(?:fwd?|wg|tr|rv|i|vb|vs|pd|enc|doorst|ilt|переслано|إعادة توجيه|转发|轉寄|전달)\s?[:：]", re.IGNORECASE
)
_ADDRESS = re.compile(r"[<\[](?:mailto:)?[^<>\[\]\s]{1,300}@[^<>\[\]]{1,300}[>\]]")
_LONGEST = 4000
"""Code points in which the block must end."""


@dataclass(frozen=True, slots=True)
class Forwarded:
    """What the block says; it stands at text[start:end] (code points)."""

    sender: str
    subject: str | None
    sent: str | None
    start: int
    end: int


def forwarded_in(text: str, subject: str) -> Forwarded | None:
    """The headers of the mail that a text forwards, announced by a line above them or by the `subject` ("FW: …").

    None where anything else stands before them: who wrote it is the author.
    """
    found: dict[str, str] = {}
    start = end = place = 0
    seen = False
    last, announced = "", _FORWARDED.match(subject) is not None
    for line in text[:_LONGEST].splitlines(keepends=True):
        words = line.strip("> \t\r\n\u00a0")
        place += len(line)
        labelled = _LINE.fullmatch(line.rstrip("\r\n"))
        role = _ROLES.get(labelled[1].strip().casefold()) if labelled else None
        if role and labelled:
            start, last, end = start if found else place - len(line), role, place
            found.setdefault(role, labelled[2].strip())
        elif not found:
            if not words:
                continue
            if seen or not _ANNOUNCED.fullmatch(words):
                return None
            seen = announced = True
        elif not words:
            break
        elif last:  # a header that goes on
            found[last], end = f"{found[last]} {words}", place
    sender, inner, sent = (one_line(found.get(role)) for role in ("sender", "subject", "sent"))
    if not announced or not sender or not (inner or sent) or not text[end:].strip(" >\n"):
        return None
    name = _ADDRESS.sub("", sender).strip("\"' ") or sender.strip("<>[] ")
    return Forwarded(name, inner, sent, start, end)
