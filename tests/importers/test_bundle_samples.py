"""The sample bundles, article by article, as a person reading them would write them down."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from annotate.importers import Draft, ImportedFile, read_file
from annotate.importers.bundles import bundle as bundle_format
from annotate.vocabulary import PartRole, Precision


def bundle(shared: Path, name: str) -> ImportedFile:
    return read_file(shared / "inputs" / "bundles" / name)


def told(draft: Draft) -> tuple[str, str | None, str | None, date | None]:
    return draft.title, draft.outlet, draft.author, draft.published.on


def parts(draft: Draft, role: PartRole) -> list[str]:
    return [draft.text[part.start : part.end] for part in draft.parts if part.role is role]


LOREM = "Lorem ipsum dolor sit amet"
ETIAM = f"{LOREM}, consectetur adipiscing elit. Etiam lacinia elementum sapien"


def test_nexis_text_file(shared: Path) -> None:
    imported = bundle(shared, "nexis.txt")
    jan_11 = date(2010, 1, 11)
    assert [told(draft) for draft in imported.articles] == [
        (LOREM, "Guardian.com", "Andrew Sparrow", jan_11),
        (LOREM, "Guardian", "Simon Tisdall", jan_11),
        (LOREM, "The Sun (England)", "TREVOR Kavanagh", jan_11),
        (f"{LOREM}, consectetur adipiscing elit", "The Times (London)", "Tom Coghlan", jan_11),
        (f"{ETIAM}?; eget aliquet ex finibus ut.", "The Times (London)", "William Rees-Mogg", jan_11),
        (f"{ETIAM}, eget aliquet", "The Times (London)", "Tom Coghlan", jan_11),
        ("ranch noble ash voice declaration", "Guardian", "Allegra Stratton", date(2010, 1, 8)),
        ("PRISONER OF HIS OWN CABINET", "MAIL ON SUNDAY (London)", "STEPHEN POLLARD", date(2010, 1, 10)),
        (
            "R (programming language) on Wikipedia",
            "Sunday Mirror",
            "Ross Ihaka and Robert Gentleman",
            date(2010, 1, 10),
        ),
        ("Wikipedia", "DAILY MAIL (London)", None, date(2010, 1, 9)),
    ]
    assert [draft.place_in_file for draft in imported.articles] == [
        "1 of 10",
        "2 of 10",
        "3 of 10, FEATURES; Pg. 6",
        "4 of 10, NEWS; Pg. 3",
        "5 of 10, EDITORIAL; Pg. 24",
        "6 of 10, NEWS; Pg. 8",
        "7 of 10",
        "8 of 10",
        "9 of 10, NEWS; Pg. 6",
        "10 of 10",
    ]
    assert {draft.language for draft in imported.articles} == {"en"}
    assert {draft.published.precision for draft in imported.articles} == {Precision.DAY}
    assert imported.articles[0].published.words == "January 11, 2010 Monday"
    assert imported.warnings == ()


def test_lines_of_a_nexis_text_file_are_joined_to_paragraphs(shared: Path) -> None:
    drafts = bundle(shared, "nexis.txt").articles
    assert drafts[7].text.split("\n\n")[:2] == [
        "PRISONER OF HIS OWN CABINET",
        "In publishing and graphic design, lorem ipsum is a placeholder text commonly used to demonstrate the visual "
        "form of a document without relying on meaningful content (also called greeking). Replacing the actual content "
        "with placeholder text allows designers to design the form of the content before the content itself has been "
        "produced.",
    ]
    assert drafts[0].text.endswith(
        "Fusce sit amet aliquet lorem, id faucibus nisl. Nulla suscipit metus neque, ut varius."
    )
    assert drafts[9].text.endswith(
        "On 29 April 2017, the Turkish authorities blocked online access to Wikipedia in all languages across Turkey."
    )
    assert "publication-quality graphs" in drafts[8].text
    for draft in drafts:
        assert parts(draft, PartRole.HEADLINE) == [draft.title]
        for label in ("LOAD-DATE", "LENGTH:", "BYLINE", "Copyright", "All Rights Reserved", "DOCUMENTS"):
            assert label not in draft.text


def test_captions_of_a_nexis_text_file_are_parts(shared: Path) -> None:
    drafts = bundle(shared, "nexis.txt").articles
    assert parts(drafts[3], PartRole.CAPTION) == [
        "Rupert Hamer, who was killed in an explosion in Afghanistan yesterday while on patrol with US Marines\n"
        "SUNDAY MIRROR / PA"
    ]
    assert parts(drafts[8], PartRole.CAPTION) == [
        "Puppet master? Charles Clarke (left) is said to be behind plot against Brown"
    ]


def test_nexis_word_document(shared: Path) -> None:
    imported = bundle(shared, "nexis.docx")
    guardian = "The Guardian (London)"  # without its space in the file
    assert [told(draft) for draft in imported.articles] == [
        (LOREM, guardian, "Mattha Busby (now), Andrew Sparrow (earlier)", date(2019, 7, 1)),
        (LOREM, guardian, "Andrew Sparrow", date(2019, 7, 2)),
        (LOREM, guardian, "Daniel Boffey in Brussels", date(2019, 7, 4)),
        (f"{LOREM}, consectetur adipiscing elit", guardian, "Heather Stewart", date(2019, 7, 3)),
        (f"{LOREM}, consectetur adipiscing elit.", guardian, "Andrew Sparrow and Kevin Rawlinson", date(2019, 7, 4)),
        (f"{ETIAM}, eget aliquet", guardian, "Lisa O'Carroll Sample File correspondent", date(2019, 7, 2)),
        ("Sample Headline", guardian, "Letters", date(2019, 7, 3)),
        (f"{LOREM}, nec egestas blandit", guardian, "Greg Wood", date(2019, 7, 3)),
        ("R (programming language) on Wikipedia", guardian, "Ross Ihaka and Robert Gentleman", date(2019, 7, 3)),
        ("What is Wikipedia", guardian, "Tom Kibasi", date(2019, 7, 2)),
    ]
    assert imported.articles[0].published.words == "July 1, 2019 Monday 9:20 AM GMT"
    assert [draft.place_in_file for draft in imported.articles][6:] == [
        "7 of 10, POLITICS; Version:3",
        "8 of 10, SPORT; Version:3",
        "9 of 10, Wikipedia",
        "10 of 10, OPINION; Version:1",
    ]
    assert [draft.language for draft in imported.articles] == [*[None] * 6, "en", *[None] * 3]
    assert imported.warnings == ()
    assert imported.articles[8].text.startswith(
        "R (programming language) on Wikipedia\n\nR is a programming language and free software environment"
    )
    assert imported.articles[8].text.endswith("both on-line in a number of formats and in hard copy.")
    for draft in imported.articles:
        for label in (
            "Load-Date",
            "Length:",
            "Byline",
            "Copyright",
            "End of Document",
            "Classification",
            "Search Terms",
        ):
            assert label not in draft.text


def test_lexisnexis_page(shared: Path) -> None:
    imported = bundle(shared, "lexisnexis.html")
    first, second = imported.articles
    assert told(first) == ("Heading One", "Some Newspaper", "PAPER AUTHOR", date(1991, 12, 19))
    assert told(second) == ("First part; Second part", "Some Newspaper", None, date(1993, 1, 28))
    assert first.published.words == "December 19, 1991, Sunday"
    assert first.place_in_file == "1 of 2, Section 5; Part 2; Page 16; Column 2; National Desk"
    assert (first.language, second.language) == ("en", "en")
    assert first.text == (
        'Heading One\n\nSome text.\n\nSome more text.\n\n"Quotation" said somebody. More text, a highlight and end of '
        'paper.\n\nDiagram: "Something" Blah blah. (Source: NSA)'
    )
    assert second.text.split("\n\n")[:5] == [
        "First part; Second part",
        "A list:\nCategory 1",
        "Blah blah.",
        "And more...\nCategory 2",
        "Blah blah.",
    ]
    assert parts(second, PartRole.CAPTION) == ["Table (source: An Office)"]
    assert imported.warnings == (
        "lexisnexis.html says that it holds 146 articles, and 2 were found, numbered 2001 to 2002 of 2146.",
    )


def test_factiva_page(shared: Path) -> None:
    imported = bundle(shared, "factiva.html")
    first, second = imported.articles
    assert told(first) == ("Test 1", "Test newspaper", None, date(2011, 12, 29))
    assert told(second) == ("Test 2", "Ouest France", None, date(2011, 12, 29))
    assert first.published.words == "29 décembre 2011"
    assert (first.place_in_file, second.place_in_file) == ("1 of 2", "2 of 2, Infolocale")
    assert (first.language, second.language) == ("fr", "fr")
    assert first.text == (
        "Test 1\n\nFirst head paragraph, with a few non-ASCII characters: à la française.\n\nSecond head paragraph.\n\n"
        "Third paragraph.\n\nFourth and last paragraph."
    )
    assert second.text == "Test 2\n\nFirst head paragraph.\n\nSecond head paragraph."
    assert imported.warnings == ()


def test_europresse_page(shared: Path) -> None:
    imported = bundle(shared, "europresse.html")
    first, second, third = imported.articles
    assert told(first) == ("A heading: some text", "l'Humanité", None, date(2013, 10, 5))
    assert told(second) == ("Another heading with colored text inside", "Mag", "Second Author", date(2012, 10, 3))
    assert told(third) == ("Heading", "Magazine 1", "Author Name", date(2012, 10, 4))
    assert first.published.words == "jeudi 5 octobre 2013"
    assert [draft.place_in_file for draft in imported.articles] == ["1 of 3, Politique", "2 of 3", "3 of 3, Éditorial"]
    assert first.text == (
        "A heading: some text\n\nSome text, and a few accentuated characters: éèêù. Continuation. More text, a "
        "sentence.\n\nTest."
    )
    assert second.text == "Another heading with colored text inside\n\nContents of the article.\n\n(1) A note."
    assert third.text == "Subtitle\n\nHeading\n\nThis is a test: a test"
    assert parts(third, PartRole.HEADLINE) == ["Subtitle", "Heading"]
    assert imported.warnings == ()


@pytest.mark.parametrize("name", ["nexis.txt", "nexis.docx", "lexisnexis.html", "factiva.html", "europresse.html"])
def test_a_bundle_is_known_by_its_bytes(shared: Path, tmp_path: Path, name: str) -> None:
    data = (shared / "inputs" / "bundles" / name).read_bytes()
    (tmp_path / "download").write_bytes(data)
    assert read_file(tmp_path / "download").importer == "bundle"


def test_no_other_sample_is_taken_for_a_bundle(shared: Path) -> None:
    others = [path for path in sorted((shared / "inputs").glob("*/*")) if path.parent.name != "bundles"]
    assert [path.name for path in others if bundle_format.recognises(path.read_bytes(), path.name)] == []
