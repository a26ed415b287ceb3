"""Lines that say what kind of text stands below them, and until when to hold it back: no titles, though first.

Such a line holds nothing else than its label, or that and a number or a time: "Embargo on grain lifted" is a headline.
"""

from __future__ import annotations

import re
import unicodedata

from annotate.importers.bundles.dates import date_in, names_day, names_month

_LONGEST = 100
"""Code points; with a date and both labels of "Press release – for immediate release" it comes to some 70."""

_KINDS = (
    r"(?:joint |official |public )?(?:press|news|media)[ -]?"
    r"(?:release|statement|notice|information|info|advisory|alert|announcement|bulletin|briefing|communiqué)",
    r"for immediate (?:release|publication)|(?:joint |official |public )?statement",
    r"breaking(?: news)?|news ?flash|newsletter|news|press|bulletin|memorandum|memo",
    r"pressemitteilung|medienmitteilung|medieninformation|presseinformation|presseaussendung|pressemeldung",
    r"presseerklärung|eilmeldung|zur sofortigen veröffentlichung",
    r"communiqué(?: de presse)?|informations? (?:de )?presse|dossier de presse|note de presse|avis aux médias",
    r"pour diffusion immédiate|lettre d['’]information",
    r"nota de (?:prensa|premsa|imprensa)|nota à imprensa|comunicado(?: de (?:prensa|imprensa)| à imprensa)?",
    r"boletín de prensa|para (?:publicación|divulgação) (?:inmediata|imediata)|[úu]ltima hora",
    r"comunicato(?: stampa)?|nota stampa|ultim['’]ora|comunicat de pres[ăa]",
    r"persbericht|perscommuniqué|nieuwsbrief|pressmeddelande|pressemeddelelse|pressemelding|fréttatilkynning",
    r"(?:lehdistö|media)?tiedote|pressiteade|preses relīze|pranešimas (?:spaudai|žiniasklaidai)",
    r"tisková zpráva|tiskové prohlášení|tlačová správa|informacja prasowa|komunikat(?: prasowy)?|notatka prasowa",
    r"sporočilo za (?:javnost|medije)|priopćenje(?: za (?:javnost|medije))?|saopštenje(?: za (?:javnost|medije))?",
    r"саопштење(?: за (?:јавност|медије))?|sajtóközlemény|прессъобщение|δελτίο τύπου|komunikatë për shtyp",
    r"basın (?:bülteni|açıklaması|duyurusu)|haber bülteni|siaran (?:pers|media)|thông cáo báo chí",
    r"пресс?-?рел[иі]з|сообщение для (?:прессы|сми)|повідомлення для (?:преси|змі)",
    r"보도 ?자료|プレスリリース|報道(?:発表)?(?:資料)?|新[闻聞][稿公][报報]?|ข่าวประชาสัมพันธ์|प्रेस विज्ञप्ति|প্রেস বিজ্ঞপ্তি",
    r"بيان صح[فا]+ي|بیانیه مطبوعاتی|پریس ریلیز|הודעה ל(?:עיתונות|תקשורת)",
)
_HELD_BACK = (
    r"(?:strictly |under |sous |bajo |sotto |onder |unter |media |press )*embargo(?:ed|ed copy)?",
    r"sperrfrist|sperrvermerk|эмбарго|(?:hold )?for release|not for (?:release|publication)",
)
_LABELS = re.compile(rf"(?:\W*(?:{'|'.join((*_KINDS, *_HELD_BACK))})(?![^\W\d_]))+", re.IGNORECASE)

_NUMBER = re.compile(r"(?:no|nr|num|n|number|nummer|numéro|número|numero|č|№)?[.°º]?\d[\d.,:/h-]*", re.IGNORECASE)
_OF_NUMBERS = frozenset(
    ("no", "nr", "n", "num", "n°", "nº", "№", "č", "number", "nummer", "numéro", "número", "numero")
)
_OF_TIMES = frozenset(
    (
        *("until", "till", "til", "before", "after", "from", "on", "at", "the", "of", "not", "hours", "hrs", "hour"),
        *("am", "pm", "a.m", "p.m", "noon", "midnight", "local", "time", "gmt", "utc", "bst", "cet", "cest", "est"),
        *(
            "edt",
            "et",
            "ct",
            "pt",
            "pst",
            "pdt",
            "eastern",
            "central",
            "pacific",
            "bis",
            "zum",
            "am",
            "um",
            "uhr",
            "vor",
        ),
        *(
            "den",
            "dem",
            "der",
            "jusqu'à",
            "jusqu’à",
            "jusqu'au",
            "jusqu’au",
            "au",
            "le",
            "du",
            "à",
            "heures",
            "h",
            "hasta",
        ),
        *("el", "las", "a", "de", "del", "até", "às", "fino", "al", "alle", "ore", "ora", "dal", "tot", "om", "uur"),
        *("до", "z", "dne", "dnia", "ze", "st", "nd", "rd", "th", "г", "р", "года", "року", "년", "월", "일", "호"),
    )
)
_OF_OCCASIONS = frozenset(
    ("immediate", "immediately", "delivery", "publication", "receipt", "notice", "further", "upon")
)
_WORD = re.compile(r"[^\s,;()\[\]|–—·•*_#]+")
_DAY_WITH_ENDING = re.compile(r"\d{1,4}(?:st|nd|rd|th|er|º|am|pm|h|hrs|uhr|년|월|일|호|年|月|日|号|號)?", re.IGNORECASE)


def is_release(line: str) -> bool:
    """Whether a line only says what kind of text it is, or until when to hold it back: "PRESS RELEASE", "Embargoed"."""
    words = unicodedata.normalize("NFC", " ".join(line.split()))
    if len(words) > _LONGEST:
        return False
    labels = _LABELS.match(words)
    return labels is not None and _only_numbers_or_times(words[labels.end() :])


def _only_numbers_or_times(words: str) -> bool:
    """Whether nothing else is there; words like "on" and "until" tell nothing without a number, day or occasion."""
    while (dated := date_in(words)) is not None:
        words = f"{words[: dated.start]} 1 {words[dated.end :]}"
    others = [word.strip(":.!?-/'\"“”„«»").lower() for word in _WORD.findall(words)]
    others = [word for word in others if any(map(str.isalnum, word))]
    told = [word for word in others if _tells(word)]
    return not others or (bool(told) and all(word in told or _may_stand_beside(word) for word in others))


def _tells(word: str) -> bool:
    numbered = _NUMBER.fullmatch(word) or _DAY_WITH_ENDING.fullmatch(word)
    return numbered is not None or names_day(word) or word in _OF_OCCASIONS


def _may_stand_beside(word: str) -> bool:
    return word in _OF_TIMES or word in _OF_NUMBERS or names_month(word)
