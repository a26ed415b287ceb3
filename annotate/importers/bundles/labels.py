"""Labels that LexisNexis and Nexis put before what they know of an article, in the languages of their pages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from annotate.importers.assembly import Block
from annotate.importers.bundles.article import address, paragraph_blocks
from annotate.importers.bundles.dates import date_in
from annotate.importers.bundles.languages import language_tag
from annotate.vocabulary import PartRole


class Field(Enum):
    """What a label announces."""

    LENGTH = auto()
    HEADLINE = auto()
    BYLINE = auto()
    SECTION = auto()
    DATELINE = auto()
    HIGHLIGHT = auto()
    BODY = auto()
    GRAPHIC = auto()
    PHOTO = auto()
    """Among captions, and in texts, too: it never begins what stands below one."""
    CORRECTION = auto()
    LANGUAGE = auto()
    LOAD_DATE = auto()
    URL = auto()
    BROADCAST = auto()
    """Left out: who was in a programme."""
    ISSUE = auto()
    """Left out: what kind of text it is, and where in an issue or a series it stood."""
    OTHER = auto()
    """Left out: what indexers added."""


HEAD = {
    *(Field.HEADLINE, Field.BYLINE, Field.SECTION, Field.DATELINE, Field.HIGHLIGHT, Field.LENGTH),
    *(Field.BROADCAST, Field.ISSUE),
}
"""What may stand above an article's text."""
TAIL = {
    *(Field.GRAPHIC, Field.PHOTO, Field.CORRECTION, Field.LANGUAGE, Field.LOAD_DATE, Field.URL),
    *(Field.ISSUE, Field.OTHER),
}
"""What may stand below it."""
OF_WORDS = {Field.GRAPHIC, Field.PHOTO, Field.CORRECTION}
"""Paragraphs without a label may follow these and belong to them."""

_NAMES = {
    Field.LENGTH: "length|länge|longueur|longitud|extensión|lengte|lunghezza|comprimento|tamanho",
    Field.HEADLINE: "headline|überschrift|titre|titular|kop|titolo|título",
    Field.BYLINE: "byline|autor|autoren|auteur|auteurs|autore|author|authors|verfasser",
    Field.SECTION: "section|rubrik|rubrique|ressort|abschnitt|sección|sectie|rubriek|sezione|seção|secção",
    Field.DATELINE: "dateline|ort|orte|lieu|lieux|lugar|luogo|plaats|datums- und ortszeile",
    Field.HIGHLIGHT: "highlight|encart|vorspann|teaser|hervorhebung|kurzfassung|destacado|surligner",
    Field.BODY: "body|text|texte|textkörper",
    Field.PHOTO: "photo",
    Field.GRAPHIC: "graphic|grafik|graphique|graphics|gráfico|grafische afbeelding|grafico",
    Field.CORRECTION: "correction|korrektur|rectificatif",
    Field.LANGUAGE: "language|sprache|langue|idioma|taal|lingua",
    Field.LOAD_DATE: (
        "load date|update|ladedatum|date de chargement|mise à jour|fecha de carga|data di caricamento"
        "|data de carregamento|laaddatum|datum geladen"
    ),
    Field.URL: "url",
    Field.BROADCAST: "show|anchors|guests|reporters|correspondents|panelists",
    Field.ISSUE: (
        "type|time|document type|publication type|pub type|category|distribution|edition|ausgabe|page|series"
        "|series title|type publication|type de publication|publikationstyp|veröffentlichungstyp|tipo de publicación"
        "|tipo di pubblicazione|tipo de publicação|publicatietype"
    ),
    Field.OTHER: (
        "zeitschriftencode|zeitungscode|zeitungs code|transcript|station|network|journal code|code journal|subject"
        "|sujet|thema|schlagwörter|company|société|societe|firma|organization|organisation|person|personne|geographic|geo"
        "|localisation geo|industry|secteur activite|branche|city|state|country|land|pays|ticker|symbole boursier|notes"
        "|note|cite|acc no|correction date|publisher|copyright|isbn|issn|credit|memo|terms|name|names|loaddate"
    ),
}


def _key(label: str) -> str:
    """A label as it is looked up: with or without capitals, hyphens and "de" ("DATE-CHARGEMENT")."""
    return " ".join(word for word in label.casefold().replace("-", " ").split() if word not in ("de", "di"))


_FIELDS = {_key(name): field for field, names in _NAMES.items() for name in names.split("|")}
_LABEL = re.compile(r"\s*([^\W\d_][^\W\d_ -]*(?:(?:- |[ -])[^\W\d_]+){0,2})\s*:(?:[ \t\u00a0]+|\n|$)")
WORDS = re.compile(
    r"\d{1,3}(?:[.,\u00a0 '’]?\d{1,3}){0,3}[ \t\u00a0]{0,3}"
    r"(?:words?|wörter|worte|mots?|palabras?|palavras?|woorden|parole|слов[а]?|字)\b",
    re.IGNORECASE,
)
"""The length of an article."""
COPYRIGHT = re.compile(
    r"\s*(?:copyright\b|©|\(c\)|all rights reserved|tous (?:les )?droits réservés|alle rechte vor"
    r"|todos los derechos reserv|todos os direitos reserv|tutti i diritti riserv|alle rechten voorbeh)",
    re.IGNORECASE,
)
_OF_EDITIONS = (
    "first|second|third|late|early|final|main|city|metro|national|regional|home|international|morning|evening|weekend"
    "|sunday|saturday|edition|ausgabe|édition|editie|edición|edizione|edição|\\d{1,2}"
)
_EDITION = re.compile(rf"(?=.*(?:ausgabe|[ée]di[tczç]))(?:(?:{_OF_EDITIONS})\b[\s;,.–-]*)+", re.IGNORECASE)

_FITS: dict[Field, Callable[[str], object]] = {
    Field.LENGTH: WORDS.match,
    Field.LOAD_DATE: lambda value: len(value) < 60 and date_in(value),
    Field.LANGUAGE: language_tag,
    Field.URL: address,
    Field.ISSUE: lambda value: not value.endswith((".", "!", "?")),
}
"""What stands behind a label that a sentence could begin with, too ("Update: three more were found")."""
_SURE = {Field.LANGUAGE, Field.LOAD_DATE}
"""One of these is in every tail."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A paragraph that begins with a label: what it announces, and the words after it."""

    field: Field
    value: str


def labelled(paragraph: str, capitals: bool) -> Labelled | None:
    """What a known label announces, else None; with `capitals` it counts only if written in capitals."""
    found = _LABEL.match(paragraph)
    field = _FIELDS.get(_key(found[1])) if found else None
    if found is None or field is None or (capitals and found[1] != found[1].upper()):
        return None
    value = paragraph[found.end() :].strip()
    if field in _FITS and not _FITS[field](value):
        return None
    return Labelled(field, value)


def line_of_label(value: str, *fields: Field) -> str:
    """Pattern of the beginning of a line: a label of one of the fields, not in capitals, and the pattern of a value."""
    names = "|".join(name.replace(" ", "[ -]") for field in fields for name in _NAMES[field].split("|"))
    return rf"^[ \t\u00a0]{{0,200}}(?![A-ZÀ-Þ]{{2}})(?i:{names})[ \u00a0]?:[\s\u00a0]*{value}"


def is_edition(line: str) -> bool:
    """Whether a line names the edition of an issue and nothing else ("Late Edition - Final")."""
    return _EDITION.fullmatch(line.strip()) is not None


def tail_start(paragraphs: Sequence[str], start: int, capitals: bool) -> int:
    """Index of the first paragraph of what stands below the text; `len(paragraphs)` where nothing does.

    The tail is the longest run of labels and copyright lines at the end. A line in the text itself that looks like a
    label is followed by more text and so is none; labels that have words of their own may be followed by these, but
    not as the first of the run, except captions below GRAPHIC. Where labels are not in capitals it begins with one
    that no sentence begins with.
    """
    first = len(paragraphs)
    sure = False
    beginning = first
    for index in range(len(paragraphs) - 1, start - 1, -1):
        label = labelled(paragraphs[index], capitals)
        if label is not None and label.field in TAIL:
            with_words = any(not COPYRIGHT.match(paragraph) for paragraph in paragraphs[index + 1 : first])
            if with_words and label.field not in OF_WORDS:
                break
            first = index
            sure = sure or label.field in _SURE
            begins = capitals or label.field not in (Field.ISSUE, Field.OTHER)
            if begins and (not with_words or (capitals and label.field is Field.GRAPHIC)):
                beginning = index
        elif COPYRIGHT.match(paragraphs[index]) and index >= first - 2:
            first = index
            beginning = index if not sure else beginning
        elif first - index > _MOST_WORDS:
            break
    if sure:
        return beginning
    end = len(paragraphs)
    while end > start and COPYRIGHT.match(paragraphs[end - 1]):
        end -= 1
    return end


def words_below(paragraphs: Sequence[str], capitals: bool) -> Iterator[Block]:
    """What is to be read of a tail: captions, and corrections, since these take something back."""
    field = Field.OTHER
    for paragraph in paragraphs:
        label = labelled(paragraph, capitals)
        if label is not None:
            field = label.field
        if COPYRIGHT.match(paragraph):
            continue
        if field in (Field.GRAPHIC, Field.PHOTO):
            captioned = label is not None and label.field is Field.GRAPHIC
            yield from paragraph_blocks([label.value if label and captioned else paragraph], PartRole.CAPTION)
        elif field is Field.CORRECTION:
            yield from paragraph_blocks([paragraph])


def first_value(labels: Iterable[Labelled], field: Field) -> str | None:
    """What the first label of a field that says something says."""
    return next((label.value for label in labels if label.field is field and label.value), None)


_MOST_WORDS = 12
"""Paragraphs that a correction or the captions may have."""
