"""The codebook as it goes out: the kinds of marks with what they are divided into, then the analyst's own tags.

A code has a name, a colour and a description, and no place for a key of the keyboard; tags that have one are in a set
that is named after it, which every program keeps.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from annotate import __version__
from annotate.exchange.refi import identity
from annotate.exchange.refi.markup import DECLARATION, Markup
from annotate.model import Tag
from annotate.report.evidence import Evidence
from annotate.vocabulary import Kind
from annotate.writing import Progress, Written, go_on, replacing, report

_COLOUR = re.compile("#(?:[0-9A-Fa-f]{6}|[0-9A-Fa-f]{3})")
_KIND_COLOURS = {Kind.CLAIM: "#E69F00", Kind.FIGURE: "#56B4E9", Kind.SOURCE: "#009E73"}
"""The hues of Okabe and Ito that the inks of the window are made from."""


def write_codebook(evidence: Evidence, target: Path, progress: Progress = go_on) -> Written:
    """Write the kinds and tags of a project as a REFI-QDA codebook (.qdc).

    Raises ExportFailed where it cannot be written and ExportCancelled where `progress` answers False.
    """
    markup = Markup()
    sets = sets_of_keys(evidence.tags, markup)
    book = (
        f'{DECLARATION}<CodeBook xmlns="urn:QDA-XML:codebook:1.0" origin="{identity.ORIGIN} {__version__}">'
        f"{codes(evidence.tags, markup)}{f'<Sets>{sets}</Sets>' if sets else ''}</CodeBook>\n"
    )
    with replacing(target) as temporary:
        temporary.write_text(book, encoding="utf-8", newline="\n")
        report(progress, len(evidence.tags), len(evidence.tags), target.name)
    return Written(target, {"Tags": len(evidence.tags)}, replaced_warning(markup))


def codes(tags: Mapping[int, Tag], markup: Markup) -> str:
    """The Codes element."""
    below: dict[int | None, list[Tag]] = {}
    for tag in tags.values():
        below.setdefault(tag.parent_id if tag.parent_id in tags else None, []).append(tag)

    def code(tag: Tag) -> str:
        colour = f' color="{tag.colour}"' if _COLOUR.fullmatch(tag.colour) else ""
        start = f'<Code guid="{tag.uid}" name="{markup.attribute(tag.name)}" isCodable="true"{colour}'
        meaning = f"<Description>{markup.text(tag.meaning)}</Description>" if tag.meaning else ""
        inside = meaning + "".join(map(code, below.get(tag.id, ())))
        return f"{start}>{inside}</Code>" if inside else f"{start}/>"

    kinds = "".join(_kind_code(kind, markup) for kind in Kind)
    return f"<Codes>{kinds}{''.join(map(code, below.get(None, ())))}</Codes>"


def _kind_code(kind: Kind, markup: Markup) -> str:
    colour = f'isCodable="true" color="{_KIND_COLOURS[kind]}"'
    divided = "".join(
        f'<Code guid="{identity.fixed(f"{kind.value}:{choice.value}")}" '
        f'name="{markup.attribute(f"{kind.label}: {choice.label}")}" {colour}>'
        f"<Description>{markup.text(choice.meaning)}</Description></Code>"
        for choice in identity.SUBDIVISIONS.get(kind, ())
    )
    return (
        f'<Code guid="{identity.fixed(f"kind:{kind.value}")}" name="{kind.label}" {colour}>'
        f"<Description>{markup.text(kind.meaning)}</Description>{divided}</Code>"
    )


def sets_of_keys(tags: Mapping[int, Tag], markup: Markup, *, in_project: bool = False) -> str:
    """A Set element for each tag that has a key; projects name members otherwise than codebooks do."""
    naming = "targetGUID" if in_project else "guid"
    return "".join(
        f'<Set guid="{identity.key_set(tag.key)}" name="{markup.attribute(f"Key {tag.key}")}">'
        f'<MemberCode {naming}="{tag.uid}"/></Set>'
        for tag in tags.values()
        if tag.key
    )


def replaced_warning(markup: Markup) -> tuple[str, ...]:
    """A sentence where something stood in words that no XML file can hold."""
    if not markup.replaced:
        return ()
    characters = "character" if markup.replaced == 1 else "characters"
    return (f"{markup.replaced:,} control {characters} in notes and names became \N{REPLACEMENT CHARACTER}.",)
