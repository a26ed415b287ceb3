"""Bundles of LexisNexis and Nexis as they come from many hands: every article its own, nothing lost, nothing mixed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.canonical import is_canonical
from annotate.importers import read_bytes
from annotate.model import Published
from annotate.vocabulary import PartRole, Precision
from tests.importers.bundle_files import WORDS, article, body_of, classic, cover, one, rich_text, texts, uni, word


class TestLexisNexisText:
    def test_every_article_has_what_it_states(self) -> None:
        imported = read_bytes(
            classic(
                article(
                    "Bridge falls", WORDS, labels="BYLINE: By Ana Ruiz\n\nSECTION: Business\n\nLENGTH: 1,204 words"
                ),
                article("Bridge stands", "It stands."),
            ),
            "x.txt",
        )
        first, second = imported.articles
        assert (first.title, first.title_confirmed, first.outlet, first.author) == (
            "Bridge falls",
            True,
            "The Daily Bugle",
            "Ana Ruiz",
        )
        assert first.published == Published("March 3, 2015 Tuesday", date(2015, 3, 3), Precision.DAY)
        assert (first.place_in_file, second.place_in_file) == ("1 of 2, Business", "2 of 2")
        assert (first.language, second.author) == ("en", None)
        assert texts(imported) == [f"Bridge falls\n\n{WORDS}", "Bridge stands\n\nIt stands."]

    def test_articles_with_the_same_title_are_two(self) -> None:
        imported = read_bytes(classic(article("Clashes", "Monday."), article("Clashes", "Tuesday.")), "x.txt")
        assert texts(imported) == ["Clashes\n\nMonday.", "Clashes\n\nTuesday."]

    def test_a_missing_date_is_none(self) -> None:
        draft = one(classic(article("Undated", "Words.", top="                     The Daily Bugle")))
        assert (draft.outlet, draft.title, draft.published) == ("The Daily Bugle", "Undated", Published())

    def test_a_date_that_only_people_understand_keeps_its_words(self) -> None:
        top = "                     The Quarterly\n\n                      Winter, 2010"
        draft = one(classic(article("Seasons", "Words.", top=top)))
        assert (draft.outlet, draft.title) == ("The Quarterly", "Seasons")
        assert draft.published == Published("Winter, 2010", date(2010, 1, 1), Precision.YEAR)

    def test_the_notice_of_a_correction_is_no_headline(self) -> None:
        top = "        The Daily Bugle\n\n        March 3, 2015 Tuesday\n\nCorrection Appended"
        assert one(classic(article("Bridge", "Words.", top=top))).title == "Bridge"

    def test_an_address_is_taken_over(self) -> None:
        draft = one(classic(article("Bridge", "Words.", tail="URL: https://bugle.example/bridge?a=1")))
        assert (draft.url, body_of(draft)) == ("https://bugle.example/bridge?a=1", "Words.")

    def test_what_an_article_quotes_does_not_split_it(self) -> None:
        body = (
            'The file said "1 of 2 DOCUMENTS" on top.\n\n1 of 2 DOCUMENTS\n\nLENGTH: three metres of rope\n\n'
            "BYLINE: By Nobody\n\nSUBJECT: a leaked mail\n\nThat was all of it."
        )
        imported = read_bytes(classic(article("Quoting", body), article("Other", "Words.")), "x.txt")
        assert [draft.title for draft in imported.articles] == ["Quoting", "Other"]
        assert body_of(imported.articles[0]) == body
        assert imported.warnings == ()

    def test_the_older_form_with_headline_and_body_labels(self) -> None:
        text = (
            "              Copyright 1999 The New York Times Company\n                      The New York Times\n\n"
            "                    May 1, 1999, Saturday, Late Edition - Final\n\n"
            "SECTION: Section A; Page 1\n\nLENGTH: 584 words\n\nHEADLINE: A very long\nheadline\n\n"
            "BYLINE: By JANE ROE\n\nDATELINE: BELGRADE, April 30\n\nHIGHLIGHT: The deck\n\nBODY:\nFirst paragraph.\n\n"
            "Second paragraph.\n\nGRAPHIC: Photos: a bridge (J. Roe)\n\nLOAD-DATE: May 1, 1999"
        )
        draft = one(classic(text))
        assert (draft.title, draft.outlet, draft.author) == ("A very long headline", "The New York Times", "JANE ROE")
        assert draft.published == Published("May 1, 1999, Saturday", date(1999, 5, 1), Precision.DAY)
        assert draft.text == (
            "A very long headline\n\nThe deck\n\nFirst paragraph.\n\nSecond paragraph.\n\nPhotos: a bridge (J. Roe)"
        )
        assert [part.role for part in draft.parts] == [PartRole.HEADLINE, PartRole.HEADLINE, PartRole.CAPTION]

    def test_a_german_bundle(self) -> None:
        text = (
            "                           Dokument {} von 2\n\n\n                              Der Spiegel\n\n"
            "                             5. März 2012 Montag\n\n{}\n\nAUTOR: Müller, Jörg\n\nRUBRIK: POLITIK; S. 3\n\n"
            "LÄNGE: 1204 Wörter\n\nDer Text.\n\nUPDATE: 6. März 2012\n\nSPRACHE: GERMAN; DEUTSCH\n\n"
            "PUBLICATION-TYPE: Zeitschrift\n\n                 Copyright 2012 SPIEGEL-Verlag\n"
            "                   Alle Rechte vorbehalten\n\n"
        )
        imported = read_bytes((text.format(1, "Erste") + text.format(2, "Zweite")).encode("cp1252"), "x.txt")
        first, second = imported.articles
        assert (first.title, first.outlet, first.author, first.language) == (
            "Erste",
            "Der Spiegel",
            "Müller, Jörg",
            "de",
        )
        assert first.published == Published("5. März 2012 Montag", date(2012, 3, 5), Precision.DAY)
        assert second.text == "Zweite\n\nDer Text."
        assert second.place_in_file == "2 of 2, POLITIK; S. 3"

    def test_a_correction_stays_since_it_takes_something_back(self) -> None:
        tail = "CORRECTION: The bridge did not fall.\n\nIt was closed.\n\n         Copyright 2015 Bugle"
        draft = one(classic(article("Bridge", "It fell.", tail=tail)))
        assert body_of(draft) == "It fell.\n\nCORRECTION: The bridge did not fall.\n\nIt was closed."

    def test_the_last_words_in_capitals_are_no_labels(self) -> None:
        body = "It fell.\n\nUPDATE: three more were found.\n\nWARNING: do not cross"
        assert body_of(one(classic(article("Bridge", body)))) == body

    def test_another_number_than_the_file_states_is_told_with_both(self) -> None:
        data = classic(article("A", "One."), article("B", "Two.")).replace(b"of 2 DOC", b"of 7 DOC")
        assert read_bytes(data, "x.txt").warnings == (
            "x.txt says that it holds 7 articles, and 2 were found, numbered 1 to 2 of 7.",
        )

    def test_the_selection_on_the_cover_counts_before_the_hits_of_the_search(self) -> None:
        data = classic(
            article("A", "One."), article("B", "Two."), cover="Download Request: Selected Items: 501-502\n\n"
        )
        data = data.replace(b"1 of 2", b"501 of 900").replace(b"2 of 2", b"502 of 900")
        assert read_bytes(data, "x.txt").warnings == ()
        assert [draft.place_in_file for draft in read_bytes(data, "x.txt").articles] == ["1 of 2", "2 of 2"]

    def test_lines_are_joined_only_where_the_width_broke_them(self) -> None:
        long = " ".join(f"word{number}" for number in range(60))
        wrapped, line = [], ""
        for piece in long.split():
            if len(line) + 1 + len(piece) > 78:
                wrapped.append(line)
                line = piece
            else:
                line = f"{line} {piece}".strip()
        body = "\n".join([*wrapped, line]) + "\n\nRoses are red\nViolets are blue"
        draft = one(classic(article("Poem", body)))
        assert body_of(draft) == f"{long}\n\nRoses are red\nViolets are blue"

    def test_an_article_of_a_headline_alone_is_kept(self) -> None:
        assert one(classic(article("Picture of the day", ""))).text == "Picture of the day"

    def test_utf_16_is_recognised(self) -> None:
        text = classic(article("مرحبا", WORDS)).decode("utf-8-sig")
        draft = one(b"\xff\xfe" + text.encode("utf-16-le"))
        assert (draft.title, body_of(draft)) == ("مرحبا", WORDS)

    def test_five_hundred_articles_keep_their_order_and_their_words(self) -> None:
        imported = read_bytes(
            classic(*(article(f"Title {number}", f"Body {number}. {WORDS}") for number in range(500))), "x.txt"
        )
        assert [draft.title for draft in imported.articles] == [f"Title {number}" for number in range(500)]
        assert [body_of(draft) for draft in imported.articles] == [f"Body {number}. {WORDS}" for number in range(500)]

    def test_a_word_document_made_of_it(self) -> None:
        paragraphs = ["1 of 2 DOCUMENTS", "The Daily Bugle", "March 3, 2015 Tuesday", "Bridge falls", "LENGTH: 3 words"]
        paragraphs += [WORDS, "LANGUAGE: ENGLISH", "Copyright 2015 Bugle", "2 of 2 DOCUMENTS", "The Daily Bugle"]
        paragraphs += ["March 4, 2015 Wednesday", "Bridge stands", "LENGTH: 2 words", "It stands."]
        imported = read_bytes(word(paragraphs), "x.docx")
        assert texts(imported) == [f"Bridge falls\n\n{WORDS}", "Bridge stands\n\nIt stands."]


@pytest.mark.parametrize(("made", "name"), [(word, "x.docx"), (rich_text, "x.rtf")])
class TestNexisUni:
    def test_every_article_has_what_it_states(self, made, name: str) -> None:  # type: ignore[no-untyped-def]
        paragraphs = [*cover("Bridge falls", "Bridge stands"), *uni("Bridge falls", [WORDS, "More."])]
        imported = read_bytes(made([*paragraphs, *uni("Bridge stands", ["It stands."])]), name)
        first, second = imported.articles
        assert (first.title, first.title_confirmed, first.outlet) == ("Bridge falls", True, "The Daily Bugle")
        assert (first.author, first.language, first.place_in_file) == ("Ana Ruiz", "en", "1 of 2, NEWS; Pg. 4")
        assert first.published == Published("March 3, 2015 Tuesday 9:20 AM GMT", date(2015, 3, 3), Precision.DAY)
        assert [first.text, second.text] == [f"Bridge falls\n\n{WORDS}\n\nMore.", "Bridge stands\n\nIt stands."]
        assert imported.warnings == ()
        assert imported.importer == "bundle"

    def test_one_article_alone_is_read_the_same(self, made, name: str) -> None:  # type: ignore[no-untyped-def]
        draft = one(made(uni("Bridge falls", ["It fell."])), name)
        assert (draft.title, draft.outlet, draft.text) == (
            "Bridge falls",
            "The Daily Bugle",
            "Bridge falls\n\nIt fell.",
        )

    def test_missing_date_and_byline_are_none(self, made, name: str) -> None:  # type: ignore[no-untyped-def]
        undated = uni("Undated", ["Words."], top=["The Daily Bugle"], labels=["Length: 2 words"])
        imported = read_bytes(made([*cover("Undated", "Undated"), *undated, *undated]), name)
        for draft in imported.articles:
            assert (draft.title, draft.outlet, draft.author) == ("Undated", "The Daily Bugle", None)
            assert draft.published == Published()

    def test_a_season_for_a_date(self, made, name: str) -> None:  # type: ignore[no-untyped-def]
        draft = one(made(uni("Seasons", ["Words."], top=["The Quarterly", "Winter 2010"])), name)
        assert (draft.title, draft.outlet, draft.published.words) == ("Seasons", "The Quarterly", "Winter 2010")

    def test_labels_and_marks_in_the_text_stay_text(self, made, name: str) -> None:  # type: ignore[no-untyped-def]
        body = ["He wrote:", "Body", "Length: 30 words", "End of Document", "Load-Date: never", "and signed."]
        imported = read_bytes(made([*uni("Quoting", body), *uni("Other", ["Words."])]), name)
        assert texts(imported) == ["\n\n".join(["Quoting", *body]), "Other\n\nWords."]

    def test_captions_and_highlight_have_their_roles(self, made, name: str) -> None:  # type: ignore[no-untyped-def]
        labels = ["Length: 9 words", "Highlight: What it is about"]
        draft = one(made(uni("Bridge", ["It fell.", "Graphic", "", "The bridge, Reuters"], labels=labels)), name)
        assert draft.text == "Bridge\n\nWhat it is about\n\nIt fell.\n\nThe bridge, Reuters"
        assert [(part.role, draft.text[part.start : part.end]) for part in draft.parts] == [
            (PartRole.HEADLINE, "Bridge"),
            (PartRole.HEADLINE, "What it is about"),
            (PartRole.CAPTION, "The bridge, Reuters"),
        ]

    def test_the_last_words_of_a_live_report_are_no_labels(self, made, name: str) -> None:  # type: ignore[no-untyped-def]
        body = ["It fell.", "Person: a mayor, it seems.", "Update: three more were found, police said."]
        assert body_of(one(made(uni("Bridge", body)), name)) == "\n\n".join(body)
        bare = [
            line for line in uni("Bridge", body) if not line.startswith(("Classification", "Language", "Publication"))
        ]
        assert body_of(one(made(bare), name)) == "\n\n".join(body)

    def test_text_below_a_picture_in_the_text_is_no_caption(self, made, name: str) -> None:  # type: ignore[no-untyped-def]
        body = ["It fell.", "Photo: the bridge, Reuters", "It was old.", "Nobody knew."]
        bare = [line for line in uni("Bridge", body) if not line.startswith(("Classification", "Publication"))]
        draft = one(made(bare), name)
        assert body_of(draft) == "\n\n".join(body)
        assert [part.role for part in draft.parts] == [PartRole.HEADLINE]

    def test_captions_with_labels_are_captions(self, made, name: str) -> None:  # type: ignore[no-untyped-def]
        draft = one(made(uni("Bridge", ["It fell.", "Graphic", "", "PHOTO: The bridge", "PHOTO: The river"])), name)
        captions = [draft.text[part.start : part.end] for part in draft.parts if part.role is PartRole.CAPTION]
        assert (draft.text, captions[-1].endswith("The river")) == (
            "Bridge\n\nIt fell.\n\nPHOTO: The bridge\n\nPHOTO: The river",
            True,
        )

    def test_an_article_that_could_not_be_delivered_is_missed(self, made, name: str) -> None:  # type: ignore[no-untyped-def]
        failed = ["We are sorry but there is an error in this document and it is not possible to display it."]
        paragraphs = [*cover("A", "B", "C"), *uni("A", ["One."]), *failed, "End of Document", *uni("C", ["Three."])]
        imported = read_bytes(made(paragraphs), name)
        assert texts(imported) == ["A\n\nOne.", "C\n\nThree."]
        assert imported.warnings == (f"{name} says that it holds 3 articles, and 2 were found.",)


class TestWhatIsNoBundle:
    def test_a_text_that_speaks_of_bundles(self) -> None:
        text = 'Every page began with "1 of 12 DOCUMENTS".\n\nLENGTH: 500 words, it said below.\n\nEnd of Document\n'
        assert read_bytes(text.encode(), "notes.txt").importer == "txt"

    def test_a_word_document_that_ends_with_those_words(self) -> None:
        assert read_bytes(word(["Report", "The bridge fell.", "End of Document"]), "report.docx").importer == "docx"

    def test_a_separator_without_articles_is_read_as_text(self) -> None:
        text = "1 of 12 DOCUMENTS\n\nnothing that an article has\n\nBYLINE: us\n"
        imported = read_bytes(text.encode(), "notes.txt")
        assert texts(imported) == [text]


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=60), min_size=1, max_size=4))
def test_whatever_the_words_every_article_is_found(bodies: list[str]) -> None:
    imported = read_bytes(classic(*(article("A title", body) for body in bodies)), "x.txt")
    assert len(imported.articles) >= len(bodies)
    for draft in imported.articles:
        assert is_canonical(draft.text)
        assert all(0 <= part.start < part.end <= len(draft.text) for part in draft.parts)


@pytest.mark.parametrize("outlet", ["The Guardian(London)", "The Guardian (London)"])
def test_the_space_that_a_database_leaves_out_of_an_outlet_s_name_is_put_in(outlet: str) -> None:
    top = f"                              {outlet}\n\n                            March 3, 2015 Tuesday"
    assert one(classic(article("River rises 🌊", "It rose e\u0301.", top=top))).outlet == "The Guardian (London)"
