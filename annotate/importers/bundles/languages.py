"""Tags for languages that databases name in words ("ENGLISH", "Français", "Deutsch")."""

from __future__ import annotations

import re

_NAMES = {
    "en": "english englisch anglais inglés ingles inglese inglês engels engelska английский 英语",
    "fr": "french français francais französisch francés francese francês frans franska французский",
    "de": "german deutsch allemand alemán tedesco alemão duits tyska немецкий",
    "es": "spanish español espanol spanisch espagnol spagnolo espanhol spaans spanska испанский",
    "it": "italian italiano italienisch italien italiaans",
    "pt": "portuguese português portugues portugiesisch portugais portugués portoghese portugees",
    "nl": "dutch nederlands niederländisch néerlandais neerlandais holandés olandese holandês",
    "ru": "russian русский russisch russe ruso russo",
    "uk": "ukrainian українська ukrainisch ukrainien ucraniano",
    "ar": "arabic العربية عربي arabisch arabe árabe arabo",
    "he": "hebrew עברית hebräisch hébreu",
    "fa": "persian farsi فارسی persisch persan",
    "tr": "turkish türkçe türkisch turc turco",
    "zh": "chinese 中文 chinesisch chinois chino",
    "ja": "japanese 日本語 japanisch japonais",
    "ko": "korean 한국어 koreanisch coréen",
    "pl": "polish polski polnisch polonais",
    "cs": "czech čeština tschechisch tchèque",
    "sv": "swedish svenska schwedisch suédois",
    "da": "danish dansk dänisch danois",
    "no": "norwegian norsk norwegisch norvégien",
    "fi": "finnish suomi finnisch finnois",
    "el": "greek ελληνικά griechisch grec",
    "hu": "hungarian magyar ungarisch hongrois",
    "ro": "romanian română rumänisch roumain",
    "id": "indonesian bahasa indonesisch indonésien",
    "ur": "urdu اردو",
    "hi": "hindi हिन्दी",
}
_TAGS = {name: tag for tag, names in _NAMES.items() for name in names.split()}
_WORD = re.compile(r"[^\s;,/()|]+")


def language_tag(words: str | None) -> str | None:
    """BCP 47 tag of the first language that the words name, else None."""
    return next((_TAGS[word] for word in _WORD.findall((words or "").casefold()) if word in _TAGS), None)


def is_language(line: str) -> bool:
    """Whether a line is the name of a language and nothing else."""
    return line.strip().casefold() in _TAGS
