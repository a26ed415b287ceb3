"""A web page made ready for finding the article in it: without what is no part of any, with what would be lost.

trafilatura leaves out captions and elements of time wherever they stand, reads every table as one of figures, though
old pages are laid out in tables, and takes notices about cookies for an article where they are longer than that.
"""

from __future__ import annotations

import re
from typing import Any

from annotate.canonical import canonical

CAPTION = "\U000ffffd"
"""Private; stands before the words of a caption while the article is looked for."""

_CONSENT = re.compile(
    r"(?i)(?:^|[\s_-])(?:cookies?|consent|gdpr|onetrust|didomi|usercentrics|qc-cmp2?)(?:[\s_-]|$)"
    r"|cookie-?(?:banner|notice|consent|bar|law|message|popup|wall)"
)
_POINTS_ELSEWHERE = re.compile(
    r"\W*(?:read (?:more|also|next)|also read|see also|more on this|related(?: articles?| stor(?:y|ies)| news)?"
    r"|(?:à )?lire (?:aussi|également)|lisez aussi|lesen sie auch|mehr zum thema|lesen sie mehr|lea también"
    r"|leer también"
    r"|lee también|leia também|leia mais|leggi anche|lees ook|czytaj (?:też|także)|читайте (?:также|ещё|еще)"
    r"|اقرأ (?:أيض[اً]+|المزيد)|مواضيع ذات صلة)\W*",
    re.IGNORECASE,
)
_ADVERTISEMENT = re.compile(
    r"\W*(?:advertisement|advertising|anzeige|werbung|publicité|publicidad|publicidade|pubblicità|реклама|إعلان"
    r"|follow us on [^.]{3,60})\W*",
    re.IGNORECASE,
)
_MAY_BE_BESIDE = re.compile(
    r"read|also|see|more|related|lire|lisez|lesen|mehr|lea|lee|leia|leggi|czytaj|читайте|اقرأ|مواضيع"
    r"|advert|anzeige|werbung|publici|pubblicit|реклама|إعلان|follow"
)
"""A word of every one of both in lower case, so that one look tells for nearly all boxes that they are neither."""
_LONGEST_POINTER = 300
"""Code points of a paragraph that only points to another article."""
_LOOKED_AT = 600
"""Code points of a longer text that tell that its words are too many."""
_MOST_CHILDREN = 3
"""Of a paragraph that only points to another article."""
_SMALL = ("p", "div", "span", "li")
_LEFT_OUT = ("nav", "footer", "aside", "menu")
"""Whatever is in these, trafilatura leaves out."""
_LONGEST_DATELINE = 30
"""Code points besides the time in a line such as "Published 3 May"."""
_FEWEST_WORDS = 4
"""Of a caption; what has fewer is a credit."""
_LONG_CELL = 200
"""Code points; from here on a cell with paragraphs of its own is a column of the page and no cell."""


def make_ready(page: Any) -> None:
    """Change an lxml page in place."""
    boxes = list(page.iter("p", "div", "span", "li", "section", "dialog", "form"))
    _drop_consent(page, [box for box in boxes if box.tag not in ("span", "li")])
    left_out = {box for around in page.iter(*_LEFT_OUT) for box in around.iter(*_SMALL)}
    for box in boxes:
        is_small = len(box) <= _MOST_CHILDREN and box.tag in _SMALL and box not in left_out
        if is_small and _is_beside_the_article(box):
            _drop(box)
    for table in list(page.iter("table")):
        if any(map(_is_column, table.iter("td"))):
            for element in list(table.iter("table", "tbody", "thead", "tr", "td", "th")):
                element.tag = "div"
    for time in list(page.iter("time")):
        _keep_time(time)
    for figure in list(page.iter("figure")):
        _keep_caption(figure)


def _drop_consent(page: Any, boxes: list[Any]) -> None:
    """Notices that ask for consent; an article on cookies or consent, which sites mark with the same words, stays."""
    marked = [(box, mark) for box in boxes for mark in (box.get("id"), box.get("class")) if mark]
    # A page's boxes share few classes; each is looked at once.
    of_consent = {mark for mark in {mark for _, mark in marked} if _CONSENT.search(mark)}
    if not of_consent:
        return
    most = _size_of_paragraphs(page) / 2
    for box, mark in marked:
        is_notice = mark in of_consent and next(box.iter("h1", "article", "main"), None) is None
        if is_notice and _size_of_paragraphs(box) <= most:
            _drop(box)


def _size_of_paragraphs(element: Any) -> int:
    """Code points."""
    return sum(len(paragraph.text_content()) for paragraph in element.iter("p"))


def _is_beside_the_article(box: Any) -> bool:
    """Whether it only says that an advertisement follows, or only points to another article."""
    text = str(box.text_content()) if len(box) else box.text or ""
    if len(text) > _LONGEST_POINTER and len(_squeezed(text[:_LOOKED_AT])) > _LONGEST_POINTER:
        return False
    if not _MAY_BE_BESIDE.search(text.lower()):
        return False
    words = _squeezed(text)
    return len(words) <= _LONGEST_POINTER and (_ADVERTISEMENT.fullmatch(words) is not None or _points(box, words))


def _points(box: Any, words: str) -> bool:
    """Whether a paragraph is a link and nothing besides, but for words such as "Read more"."""
    links = [said for link in box.iter("a") if (said := _words(link))]
    if not links:
        return False
    besides = words
    for said in links:
        besides = besides.replace(said, " ", 1)
    if not any(map(str.isalnum, besides)):
        label = words.split(":", 1)[0]
        return _POINTS_ELSEWHERE.fullmatch(label) is not None
    return _POINTS_ELSEWHERE.fullmatch(besides) is not None


def _is_column(cell: Any) -> bool:
    inside = next(cell.iter("p", "div", "h1", "h2", "h3", "table"), None) is not None or len(cell.findall(".//br")) > 2
    return inside and len(_words(cell)) > _LONG_CELL


def _keep_time(time: Any) -> None:
    """A time inside a sentence is part of it; a line that is hardly more than a time goes with it."""
    parent = time.getparent()
    if parent is None or parent.tag not in ("p", "li", "span", "strong", "em", "b", "i"):
        return
    if len(_words(parent)) - sum(len(_words(each)) for each in parent.iter("time")) > _LONGEST_DATELINE:
        time.tag = "span"
        time.attrib.clear()
    elif parent.tag == "p":
        _drop(parent)


def _keep_caption(figure: Any) -> None:
    """Only the caption of a picture or table; what is inside a link is a teaser of another article."""
    captions = [caption for caption in figure.iter("figcaption") if _words(caption)]
    if (
        not captions
        or next(figure.iter("table"), None) is not None
        or next(figure.iterancestors("a"), None) is not None
    ):
        return
    words = [said for caption in captions if len((said := _apart(caption)).split()) >= _FEWEST_WORDS]
    for child in list(figure):
        child.drop_tree()
    figure.attrib.clear()
    figure.tag, figure.text = "div", None
    for each in words:
        caption = figure.makeelement("p")
        caption.text = CAPTION + canonical(each).text
        figure.append(caption)


def _apart(caption: Any) -> str:
    """The words of a caption; labels that only the page's style puts apart ("Image caption") are put apart here."""
    joined = "\0".join(str(text) for text in caption.itertext())
    return " ".join(re.sub(r"(?<=[^\W_])\0(?=[A-ZÀ-ÞА-Я])", " ", joined).replace("\0", "").split())


def _drop(element: Any) -> None:
    """Take an element out, unless something around it went before."""
    if element.getparent() is not None:
        element.drop_tree()


def _words(element: Any) -> str:
    return _squeezed(str(element.text_content()))


def _squeezed(text: str) -> str:
    return " ".join(text.split())
