"""Factiva and Europresse in the forms that people save, and dates in the languages in which these write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.importers import Draft, ImportedFile, read_bytes
from annotate.importers.bundles.dates import date_in, is_date_line, published
from annotate.model import Published
from annotate.vocabulary import PartRole, Precision

WORDS = "🇺🇦 said: مرحبا بالعالم, e\u0301te\u0301, 👩‍👩‍👧 and 24\u00a0%."


def parts(draft: Draft, role: PartRole) -> list[str]:
    return [draft.text[part.start : part.end] for part in draft.parts if part.role is role]


def texts(imported: ImportedFile) -> list[str]:
    return [draft.text for draft in imported.articles]


def factiva_page(*articles: str) -> bytes:
    whole = "<br/><span></span>".join(f'<div class="article enArticle">{article}</div>' for article in articles)
    return (
        f"<!DOCTYPE html><html><head><title>Factiva</title></head><body><h1>Factiva</h1>{whole}"
        "<div id='pageFooter'>&copy; 2012 Factiva, Inc. All rights reserved.</div></body></html>"
    ).encode()


SHOWN = """<p></p><div>Commodities</div><div id="hd"><span class="enHeadline">Oil jumps</span></div>
<div class="author">By John Smith and Ana Ruiz</div><div>295 words</div><div>3 July 2012</div><div>15:32</div>
<div>Reuters News</div><div>LBA</div><div>English</div><div>(c) 2012 Reuters Limited </div>
<p class="articleParagraph enarticleParagraph">First <b>paragraph</b>: {}</p>
<p class="articleParagraph enarticleParagraph">It quotes "Document LBA" and 12 words.</p>
<p>Document LBA0000020120703e873000b5</p>"""


class TestFactiva:
    def test_a_page_as_on_the_screen(self) -> None:
        bare = SHOWN.replace('<div class="author">By John Smith and Ana Ruiz</div>', "").replace(
            "<div>3 July 2012</div><div>15:32</div>", ""
        )
        imported = read_bytes(factiva_page(SHOWN.format(WORDS), bare.format("Other.")), "x.html")
        first, second = imported.articles
        assert (first.title, first.outlet, first.author) == ("Oil jumps", "Reuters News", "John Smith and Ana Ruiz")
        assert first.published == Published("3 July 2012", date(2012, 7, 3), Precision.DAY)
        assert (first.language, first.place_in_file) == ("en", "1 of 2, Commodities")
        assert (second.title, second.outlet, second.author, second.published) == (
            "Oil jumps",
            "Reuters News",
            None,
            Published(),
        )
        assert texts(imported) == [
            f'Oil jumps\n\nFirst paragraph: {WORDS}\n\nIt quotes "Document LBA" and 12 words.',
            'Oil jumps\n\nFirst paragraph: Other.\n\nIt quotes "Document LBA" and 12 words.',
        ]

    def test_a_page_with_codes(self) -> None:
        def row(code: str, words: str) -> str:
            return f'<tr><td class="index"><b>{code}</b>&nbsp;</td><td>{words}</td></tr>'

        rows = [("SE", "World"), ("HD", "Oil jumps"), ("BY", "By John Smith"), ("WC", "1,295 words"), ("SN", "Reuters")]
        rows += [
            ("LA", "English"),
            ("CY", "(c) Reuters"),
            ("LP", f"<p>{WORDS}</p>"),
            ("TD", "<p>Two.</p><p>Three.</p>"),
        ]
        rows += [("ART", "A tanker"), ("NS", "c13 : Regulation"), ("AN", "Document LBA0000020120703e873000b5")]
        page = factiva_page(f"<table>{''.join(row(*each) for each in rows)}</table>")
        (draft,) = read_bytes(page, "x.html").articles
        assert (draft.title, draft.outlet, draft.author, draft.place_in_file) == (
            "Oil jumps",
            "Reuters",
            "John Smith",
            "1 of 1, World",
        )
        assert draft.published == Published()
        assert draft.text == f"Oil jumps\n\n{WORDS}\n\nTwo.\n\nThree.\n\nA tanker"
        assert parts(draft, PartRole.CAPTION) == ["A tanker"]

    def test_a_text_file_as_on_the_screen(self) -> None:
        text = (
            "World\nOil jumps\nBy John Smith\n295 words\n3 July 2012\n15:32\nReuters News\nLBA\nEnglish\n"
            f"(c) 2012 Reuters Limited\n\n{WORDS}\n\nTwo.\n\nDocument LBA0000020120703e873000b5\n\n"
            "Page 1 of 2 © 2012 Factiva, Inc. All rights reserved.\n"
            "Oil falls again after a long day of talks\n120 words\n4 July 2012\nThe Guardian\nGRDN\n43\nEnglish\n"
            "Copyright 2012. The Guardian. All rights reserved.\n\nOne.\n\nDocument GRDN000020120704e8740001b\n"
        )
        imported = read_bytes(text.encode(), "x.txt")
        first, second = imported.articles
        assert (first.title, first.outlet, first.author, first.place_in_file) == (
            "Oil jumps",
            "Reuters News",
            "John Smith",
            "1 of 2, World",
        )
        assert (second.title, second.outlet, second.author, second.published.on) == (
            "Oil falls again after a long day of talks",
            "The Guardian",
            None,
            date(2012, 7, 4),
        )
        assert texts(imported) == [
            f"Oil jumps\n\n{WORDS}\n\nTwo.",
            "Oil falls again after a long day of talks\n\nOne.",
        ]

    def test_a_german_text_file(self) -> None:
        text = (
            "Öl steigt weiter stark\nVon Max Müller\n1.295 Wörter\n3 März 2012\nDie Welt\nDWELT\n4\nDeutsch\n"
            "© Copyright 2012\n\nDer Text.\n\nDokument DWELT00020120303e8330001x\n"
        )
        (draft,) = read_bytes(text.encode(), "x.txt").articles
        assert (draft.title, draft.outlet, draft.author, draft.language) == (
            "Öl steigt weiter stark",
            "Die Welt",
            "Max Müller",
            "de",
        )
        assert (draft.published.on, draft.text) == (date(2012, 3, 3), "Öl steigt weiter stark\n\nDer Text.")

    def test_a_text_file_with_codes(self) -> None:
        text = (
            f"HD\tOil jumps\nBY\tBy John Smith\nWC\t295 words\nPD\t3 July 2012\nSN\tReuters News\nSC\tLBA\n"
            f"LA\tEnglish\nCY\t(c) 2012\nLP\t\n\n{WORDS}\n\nTD\n\nHD\tis a code in his text.\n\nIN a paragraph.\n\n"
            "CO\tabc : A Company\nNS\tc13 : Regulation\nAN\tDocument LBA0000020120703e873000b5\n"
        )
        (draft,) = read_bytes((text + text.replace("jumps", "falls")).encode(), "x.txt").articles[:1]
        assert (draft.title, draft.outlet, draft.author) == ("Oil jumps", "Reuters News", "John Smith")
        assert draft.text == f"Oil jumps\n\n{WORDS}\n\nHD\tis a code in his text.\n\nIN a paragraph."

    def test_a_rich_text_document_with_codes(self) -> None:
        rows = [
            ("HD", "Oil jumps"),
            ("WC", "295 words"),
            ("PD", "3 July 2012"),
            ("SN", "Reuters News"),
            ("LA", "English"),
        ]
        table = "".join(f"\\trowd\\intbl {{\\b {code}\\cell}}{words}\\cell\\row\n" for code, words in rows)
        body = "\\trowd\\intbl{\\b LP\\cell}One.\\par Two.\\cell\\row\n\\trowd\\intbl TD\\cell Three.\\cell\\row\n"
        end = "\\trowd\\intbl AN\\cell Document LBA0000020120703e873000b5\\cell\\row\\pard\\par\n"
        data = f"{{\\rtf1\\ansi {table}{body}{end}{table.replace('jumps', 'falls')}{body}{end}}}".encode()
        first, second = read_bytes(data, "x.rtf").articles
        assert (first.title, second.title, first.outlet) == ("Oil jumps", "Oil falls", "Reuters News")
        assert first.text == "Oil jumps\n\nOne. Two.\n\nThree."


EUROPRESSE = """<!DOCTYPE html><html lang="fr"><head><title>Europresse</title></head><body>
<p>Nombre de document(s) : <b>{stated}</b></p>{articles}</body></html>"""


def europresse(title: str, header: str, body: str, author: str = "", outlet: str = "La Croix, no. 43018") -> str:
    return f"""<article><header><div class="rdp__DocPublicationName"><span class="DocPublicationName">{outlet}</span>
    </div><span class="DocHeader">{header}</span><div class="titreArticle"><p class="titreArticleVisu
    rdp__articletitle">{title}</p></div>{author}</header><section><div class="DocText clearfix">
    <div class="docOcurrContainer">{body}</div></div></section><aside>Illustration</aside><footer>
    <small>© 2019 La Croix. Tous droits réservés.</small>
    <p>Numéro de document : news·20190305·LC·1</p></footer></article>"""


class TestEuropresse:
    def test_the_new_form(self) -> None:
        articles = europresse(
            "La <mark>guerre</mark> continue",
            "Monde, mardi 5 mars 2019 1245 mots, p. 12",
            f"<p>{WORDS}</p><p>Deux.<br>Trois.</p>",
            '<p class="sm-margin-bottomNews">Par Anne Dupont</p>',
        ) + europresse("La guerre continue", "", "<p>© dit-il.</p><p>Fin.</p>", outlet="Le Monde (site web)")
        imported = read_bytes(EUROPRESSE.format(stated=2, articles=articles).encode(), "x.html")
        first, second = imported.articles
        assert (first.title, first.outlet, first.author) == ("La guerre continue", "La Croix", "Anne Dupont")
        assert first.published == Published("mardi 5 mars 2019", date(2019, 3, 5), Precision.DAY)
        assert (first.place_in_file, second.place_in_file) == ("1 of 2, Monde", "2 of 2")
        assert (second.outlet, second.author, second.published) == ("Le Monde (site web)", None, Published())
        assert texts(imported) == [
            f"La guerre continue\n\n{WORDS}\n\nDeux.\nTrois.",
            "La guerre continue\n\n© dit-il.\n\nFin.",
        ]
        assert imported.warnings == ()

    def test_another_number_than_stated_is_told(self) -> None:
        page = EUROPRESSE.format(stated=25, articles=europresse("Titre", "mardi 5 mars 2019", "<p>Texte.</p>"))
        assert read_bytes(page.encode(), "x.html").warnings == (
            "x.html says that it holds 25 articles, and 1 was found.",
        )


class TestPagesThatAreNoBundles:
    @pytest.mark.parametrize(
        "inner",
        [
            '<article class="article"><h1>Bridge falls</h1><p>The bridge fell on Monday, the mayor said.</p></article>',
            '<div class="article"><h1>Bridge falls</h1><p>1 of 12 DOCUMENTS were found, the mayor said.</p></div>',
            "<pre>&lt;span class=&quot;DocPublicationName&quot;&gt; and titreArticleVisu are its classes.</pre>",
        ],
    )
    def test_a_page_about_them_is_a_page(self, inner: str) -> None:
        page = f"<!DOCTYPE html><html><head><title>Bridge falls</title></head><body>{inner}</body></html>"
        assert read_bytes(page.encode(), "x.html").importer == "html"


@pytest.mark.parametrize(
    ("words", "on", "precision"),
    [
        ("January 11, 2010 Monday", date(2010, 1, 11), Precision.DAY),
        ("Monday, January 11, 2010", date(2010, 1, 11), Precision.DAY),
        ("11 January 2010", date(2010, 1, 11), Precision.DAY),
        ("1er août 2012", date(2012, 8, 1), Precision.DAY),
        ("vendredi 13 juillet 2012", date(2012, 7, 13), Precision.DAY),
        ("5. Juli 2019 Freitag", date(2019, 7, 5), Precision.DAY),
        ("3 Mär 2012", date(2012, 3, 3), Precision.DAY),
        ("5 de marzo de 2012", date(2012, 3, 5), Precision.DAY),
        ("Sept. 5, 2012", date(2012, 9, 5), Precision.DAY),
        ("2012-03-05", date(2012, 3, 5), Precision.DAY),
        ("05.03.2012", date(2012, 3, 5), Precision.DAY),
        ("25/03/2012", date(2012, 3, 25), Precision.DAY),
        ("5 марта 2012", date(2012, 3, 5), Precision.DAY),
        ("2012年3月5日", date(2012, 3, 5), Precision.DAY),
        ("March 2012", date(2012, 3, 1), Precision.MONTH),
        ("Winter 2012", date(2012, 1, 1), Precision.YEAR),
        ("03/04/2012", None, None),
        ("February 30, 2012", None, None),
        ("no date", None, None),
    ],
)
def test_dates_in_many_languages(words: str, on: date | None, precision: Precision | None) -> None:
    assert published(words) == Published(words, on, precision)


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        ("January 28, 1993, Tuesday, Late Edition - Final", True),
        ("July 1, 2019 Monday 9:20 AM GMT", True),
        ("January 10, 2010 Sunday 3 Star Edition", True),
        ("January 5, 2010 was the day on which it began", False),
        ("On January 5, 2010", False),
        ("The Times", False),
    ],
)
def test_a_date_line_is_no_sentence(line: str, is_one: bool) -> None:
    assert is_date_line(line) is is_one


@given(st.text(max_size=200))
def test_a_date_stands_where_it_is_said_to(words: str) -> None:
    dated = date_in(words)
    if dated is not None:
        assert dated.published.words == " ".join(words[dated.start : dated.end].split())
