"""RTF documents: the words on the page in any code page; groups of every kind; hostile input ends soon."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.canonical import canonical
from annotate.errors import ImportRefused
from annotate.importers import Draft, ImportedFile, assembly, read_bytes, read_file, rich_text
from annotate.vocabulary import PartRole

FONTS = (
    rb"{\fonttbl{\f0\fswiss\fcharset0 Arial;}{\f1\fcharset178{\*\panose 020b}Arial (Arabic);}"
    rb"{\f2\fcharset204 Arial Cyr;}{\f3\fcharset128 MS Mincho;}{\f4\fcharset238 Arial CE;}{\f5\fcharset161 Greek;}}"
)


def rtf(body: bytes | str, head: bytes = rb"\ansi\ansicpg1252\deff0") -> bytes:
    inner = body if isinstance(body, bytes) else body.encode("ascii")
    return rb"{\rtf1" + head + FONTS + inner + b"}"


def imported(body: bytes | str, name: str = "report.rtf") -> ImportedFile:
    return read_bytes(rtf(body), name)


def draft_of(body: bytes | str, name: str = "report.rtf") -> Draft:
    return imported(body, name).articles[0]


def text_of(body: bytes | str) -> str:
    return draft_of(body).text


def written(paragraph: str) -> str:
    """As Word writes it: ASCII as it stands, everything else in halves of UTF-16 with a fallback."""
    units = paragraph.encode("utf-16-le", "surrogatepass")
    numbers = [int.from_bytes(units[place : place + 2], "little", signed=True) for place in range(0, len(units), 2)]
    return "".join(
        f"\\{chr(number)}" if chr(max(number, 0)) in "\\{}" else chr(number) if 32 <= number < 127 else f"\\u{number}?"
        for number in numbers
    )


def test_paragraphs_are_a_blank_line_apart_and_line_breaks_stay() -> None:
    assert text_of("First one.\\par Second\r\n one.\\line Its next line.\\par\\pard\\par Third\\tab one") == (
        "First one.\n\nSecond one.\nIts next line.\n\nThird\tone"
    )


def test_line_ends_of_the_file_are_no_part_of_the_text_unless_they_are_escaped() -> None:
    assert text_of("One wo\r\nrd\\\r\nand\\\nmore") == "One word\n\nand\n\nmore"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (rb"caf\'e9 \'93so\'94", "café “so”"),
        (rb"{\f4 Zg\'b3oszenie} \'b3", "Zgłoszenie ³"),
        (rb"\f1 \'e3\'d1\'cd\'c8\'c7", "مرحبا"),
        (rb"{\rtlch\fcs1 \af1 \ltrch\fcs0 \f0 caf\'e9} {\ltrch\fcs0 \f0 \rtlch\fcs1 \af1 \'e3}", "café م"),
        (rb"\f2 \'cf\'f0\'e8\'e2\'e5\'f2", "Привет"),
        (rb"\f3 \'93\'fa\'96\'7b \'83A", "日本 ア"),
        (rb"\f3 \'82\'a0\f5 \'e1\plain\'e9", "あαé"),
        (b"\\f2 \xcf\xf0", "Пр"),
        ("naïve – 🇺🇦 e\u0301".encode(), "naïve – 🇺🇦 e\u0301"),
        (rb"\f0 a\f99 \'e9", "aé"),
    ],
)
def test_code_pages_are_those_of_the_font(body: bytes, text: str) -> None:
    assert text_of(body) == text


@pytest.mark.parametrize(
    ("head", "body", "text"),
    [
        (rb"\ansi\ansicpg1250", rb"Prosz\'ea o \'9fr\'f3d\'b3o", "Proszę o źródło"),
        (rb"\ansi\ansicpg1251", rb"\'cc\'e8\'f0", "Мир"),
        (rb"\ansi\ansicpg936", rb"\'c4\'e3\'ba\'c3", "你好"),
        (rb"\mac", rb"caf\'8e", "café"),
        (rb"\pc", rb"caf\'82", "café"),
        (rb"\pca", rb"caf\'82", "café"),
        (rb"\ansi\ansicpg65001", rb"caf\'c3\'a9", "café"),
        (rb"\ansi\ansicpg77777", rb"caf\'e9", "café"),
    ],
)
def test_without_a_font_the_documents_code_page_holds(head: bytes, body: bytes, text: str) -> None:
    assert read_bytes(b"{\\rtf1" + head + b" " + body + b"}", "a.rtf").articles[0].text == text


@pytest.mark.parametrize(
    ("code_page", "body", "text"),
    [
        (932, rb"\'95\\ \'8e\'a6, \'83\\\'94\\\'89\{", "表 示, ソ能閲"),
        (932, rb"\'b1\\ \'95\'5c\\ \'95\'95\\", "ｱ\\ 表\\ 封\\"),
        (950, rb"\'b3\\\'a5\\\'bb\\", "許功蓋"),
        (936, rb"\'81\}", "亇"),
        (1252, rb"\'95\\", "•\\"),
    ],
)
def test_a_sign_that_is_half_a_character_is_no_sign(code_page: int, body: bytes, text: str) -> None:
    data = rtf(rb"\pard " + body + rb"\par", rb"\ansi\ansicpg%d" % code_page)
    assert read_bytes(data, "report.rtf").articles[0].text == text


def test_unicode_characters_take_the_place_of_their_fallback() -> None:
    assert text_of(r"\u8217?s {\uc0\u8217s} \uc2\u26085\'93\'fax \uc3\u8230... \uc1\u8212\emdash z") == "’s ’s 日x … —z"
    assert text_of(r"\u-10179?\u-8704? \u8220{}x\u8221\par y") == "😀 “x”\n\ny"


def test_half_a_character_is_replaced_and_told() -> None:
    read = imported(r"Bad \u-10179? half")
    assert read.articles[0].text == "Bad \N{REPLACEMENT CHARACTER} half"
    assert read.warnings == ("1 broken character was replaced by \N{REPLACEMENT CHARACTER}.",)


def test_bytes_that_no_character_has_are_told() -> None:
    read = imported(r"Bad \'81 byte")
    assert read.articles[0].text == "Bad \N{REPLACEMENT CHARACTER} byte"
    assert read.warnings == ("1 character does not fit its code page; look for \N{REPLACEMENT CHARACTER}.",)


def test_characters_with_names_are_written_out() -> None:
    assert text_of(r"\{a\}\\ 1\~200 co\-op x\_y \endash\emdash\lquote q\rquote\ldblquote q\rdblquote\bullet") == (
        "{a}\\ 1\u00a0200 coop x-y –—‘q’“q”•"
    )


def test_cells_are_a_tab_apart_and_rows_follow_each_other() -> None:
    row = r"\trowd\cellx1\cellx2\pard\intbl %s\cell %s\cell\row"
    body = r"Before\par" + row % ("Town", "Dead") + row % (r"Abc\par d\line e", r"1\~200") + r"\pard After"
    assert text_of(body) == "Before\n\nTown\tDead\nAbc d e\t1\u00a0200\n\nAfter"


def test_a_table_in_a_table_is_part_of_its_cell() -> None:
    body = (
        r"\trowd\pard\intbl left\cell\pard\intbl\itap2 in\nestcell side\nestcell"
        r"{\*\nesttableprops\trowd\cellx1\nestrow}{\nonesttables\par}\pard\intbl out\cell\row"
    )
    assert text_of(body) == "left\tin side out"


def test_a_table_in_a_table_that_lays_out_keeps_its_rows_and_paragraphs() -> None:
    prose = "The river rose by 40 centimetres on Tuesday, the council said, and both bridges were closed."
    end = r"\pard\intbl\itap%d{\*\nesttableprops\trowd\cellx1\cellx2\nestrow}{\nonesttables\par}"
    deep = r"\pard\intbl\itap3 9\nestcell\nestcell" + end % 3
    inner = rf"\pard\intbl\itap2 May\nestcell 12\nestcell{end % 2}\pard\intbl\itap2 June\nestcell{deep}"
    inner += rf"\pard\intbl\itap2 (est.)\nestcell{end % 2}"
    body = rf"\trowd\cellx3\pard\intbl {prose}\par{inner}\pard\intbl More.\cell\row\pard After"
    assert text_of(body) == f"{prose}\n\nMay\t12\nJune\t9 (est.)\n\nMore.\n\nAfter"


@pytest.mark.parametrize("depth", [r"\itap-1", r"\itap0", r"\itap", r"\itap99999999"])
def test_cells_of_any_depth_keep_their_words(depth: str) -> None:
    assert text_of(rf"Before\par\intbl{depth} in\nestcell side\nestrow out\cell") == "Before\n\nin side out"


def test_items_of_a_list_follow_on_the_next_line_without_their_numbers() -> None:
    new = r"Among:\par{\listtext 1.\tab}\ls1 one\par{\listtext 2.\tab}two\par\pard After.\par"
    old = r"{\pntext\'b7\tab}\pard{\pntext\'b7\tab}{\*\pn\pnlvlblt}one\par{\pntext\'b7\tab}two\par"
    assert text_of(new + old) == "Among:\n\none\ntwo\n\nAfter.\n\none\ntwo"


def test_headings_are_known_by_their_style_or_their_level() -> None:
    draft = draft_of(
        r"{\stylesheet{Normal;}{\s1 heading 1;}{\s2\sbasedon0 Title;}{\*\cs3 Emphasis;}}"
        r"\s2 Ten years on\par\pard Words.\par\pard\s1 First\par\pard\outlinelevel1 Second\par\pard\plain Words."
    )
    assert [draft.text[part.start : part.end] for part in draft.parts] == ["Ten years on", "First", "Second"]
    assert {part.role for part in draft.parts} == {PartRole.HEADLINE}
    assert (draft.title, draft.title_confirmed) == ("Ten years on", True)


def test_of_a_link_the_words_are_kept_and_of_a_field_what_it_shows() -> None:
    assert text_of(
        r'See {\field{\*\fldinst{HYPERLINK "https://example.org/\{a"}}{\fldrslt{\ul the report}}}, page '
        r"{\field\fldedit{\*\fldinst PAGE}{\fldrslt 3}}."
    ) == ("See the report, page 3.")


def test_notes_follow_the_text_and_are_told() -> None:
    read = imported(
        r"Five died.{\super\chftn}{\footnote\pard\plain\chftn  Says the mayor.\par Later.}\par\intbl Six\cell more\row"
        r"\pard{\footnote\ftnalt The end.}Last"
    )
    assert read.articles[0].text == "Five died.\n\nSix\tmore\n\nLast\n\nSays the mayor. Later.\n\nThe end."
    assert read.warnings == ("2 footnotes were put after the text.",)


def test_hidden_text_is_left_out_and_told_and_deleted_text_is_left_out() -> None:
    read = imported(r"Seen {\v unseen }and{\deleted  gone}{\revised  here}\v  x\v0 .\v y\plain !")
    assert read.articles[0].text == "Seen and here.!"
    assert read.warnings == ("Text that is formatted as hidden was left out.",)


def test_a_text_box_is_read_once_after_its_paragraph() -> None:
    assert text_of(
        r"Around{\shp{\*\shpinst\shpleft1{\sp{\sn shapeType}{\sv 202}}{\shptxt In the box\par}}"
        r"{\shprslt{\*\do\dptxbx{\dptxbxtext In the box\par}}}} it\par After"
    ) == ("Around it\n\nIn the box\n\nAfter")


def test_what_is_no_text_is_left_out() -> None:
    assert text_of(
        r"{\colortbl;\red0;}{\*\generator Riched20;}{\header Head\par}{\footer Foot}{\*\annotation Remark}"
        r"{\*\unknown{words}}{\pict\pngblip 89504e47}{\*\shppict{\pict 00}}{\nonshppict{\pict 00}}Words{\xe index}"
        r"{\object\objemb{\*\objdata 0105}{\result{\pict 00} shown}}{\*\bkmkstart a}."
    ) == ("Words shown.")


def test_binary_data_is_passed_over_by_its_length() -> None:
    assert text_of(b"One {\\pict\\bin8 }}{{\\par} two\\bin3 }}} three") == "One  two three"


def test_what_comes_after_the_document_is_not_read() -> None:
    assert read_bytes(rtf("Words") + b"{\\rtf1 more}\0\0", "a.rtf").articles[0].text == "Words"


def test_title_and_author_come_from_the_properties_and_no_date_is_made_up() -> None:
    info = (
        r"{\info{\title Ten years on}{\upr{\author Olena ?}{\*\ud{\author Olena \u1050?}}}{\operator X}"
        r"{\creatim\yr2012\mo5\dy6}{\doccomm Remark}}"
    )
    draft = draft_of(info + r"It was late.\par Ten years\~on")
    assert (draft.title, draft.title_confirmed, draft.author) == ("Ten years on", True, "Olena К")
    assert draft.text == "It was late.\n\nTen years\u00a0on"
    assert (draft.published.words, draft.published.on) == (None, None)
    assert draft_of(info + "It was late.").title_confirmed is False


@pytest.mark.parametrize("junk", ["", "Microsoft Word - final2.doc", "Document1", "report.rtf"])
def test_junk_in_the_properties_is_passed_over(junk: str) -> None:
    draft = draft_of(rf"{{\info{{\title {junk}}}{{\author User}}}}It was late in the day.", "valley.rtf")
    assert (draft.title, draft.title_confirmed, draft.author) == ("valley", False, None)


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=60), max_size=6))
def test_what_is_written_comes_back_as_the_same_words(paragraphs: list[str]) -> None:
    body = "\\par\r\n".join(written(paragraph) for paragraph in ["Start", *paragraphs])
    expected = assembly.assemble(assembly.Block(words) for words in ["Start", *paragraphs])
    read = imported(body)
    assert (read.articles[0].text, read.warnings) == (expected.text, expected.notes)


@given(st.binary(max_size=200))
def test_any_bytes_after_the_signature_end_in_an_article_or_a_sentence(data: bytes) -> None:
    try:
        articles = read_bytes(b"{\\rtf1" + data, "a.rtf").articles
    except ImportRefused as refused:
        assert str(refused) == "a.rtf holds no words; there is nothing to import."  # noqa: PT017
    else:
        assert [canonical(draft.text).text for draft in articles] == [draft.text for draft in articles]


_PIECES = st.sampled_from(
    [
        *(rb"{", rb"}", rb"\par ", rb"\cell ", rb"\row ", rb"\intbl ", rb"\u8217?", rb"\u-10179?", rb"\'e9", rb"\*"),
        *(rb"{\footnote ", rb"{\upr ", rb"{\*\ud ", rb"{\info ", rb"{\title ", rb"{\stylesheet ", rb"\s1 ", rb"\uc9 "),
        *(rb"{\fonttbl ", rb"\fcharset128 ", rb"\f1 ", rb"{\shptxt ", rb"{\pict ", rb"\bin5 ", rb"\v ", b"\xe9", b"a"),
        *(rb"\ansicpg932 ", rb"\ansicpg1200 ", rb"\deff ", rb"\u99999999 ", rb"\fcharset ", b"\\", b"\r\n", b"\0"),
    ]
)


@given(st.lists(_PIECES, max_size=40))
def test_any_order_of_groups_ends_in_canonical_text(pieces: list[bytes]) -> None:
    text = read_bytes(b"{\\rtf1 Words " + b"".join(pieces), "a.rtf").articles[0].text
    assert canonical(text).text == text


def test_a_truncated_document_is_read_as_far_as_it_goes_and_told() -> None:
    read = read_bytes(rtf(r"First.\par Sec{\b ond")[:-1], "cut.rtf")
    assert read.articles[0].text == "First.\n\nSecond"
    assert read.warnings == ("cut.rtf ends before its last bracket is closed; it may have been cut short.",)


@pytest.mark.parametrize(
    "body",
    [
        b"Words" + b"{" * 200_000 + b"}" * 200_000,
        b"{" * 200_000 + b"Words",
        b"Words" + b"}" * 1_000_000,
        b"Words\\bin9999999999 ",
        b"Words{\\pict\\bin9999999999 ",
        b"Words" + b"{\\pict" * 200_000,
        b"Words" + b"{\\field{\\*\\fldinst HYPERLINK " * 100_000,
        b"Words" + b"\\ " * 1_000_000,
        b'{\\field{\\*\\fldinst{HYPERLINK "' + b"x" * 5_000_000 + b'"}}{\\fldrslt Words}}',
    ],
)
def test_hostile_groups_leave_the_words(body: bytes) -> None:
    assert text_of(body).strip() == "Words"


def test_more_formatting_than_can_be_read_in_time_is_refused() -> None:
    with pytest.raises(ImportRefused, match=r"^a\.rtf has more formatting marks than can be read safely; save it as"):
        read_bytes(rtf(b"Words" + b"\\b" * rich_text.MARKUP_LIMIT), "a.rtf")


def test_more_words_than_fit_into_memory_are_refused() -> None:
    with pytest.raises(ImportRefused, match=r"^a\.rtf has more than 50 MB of words, .*; split it\.$"):
        read_bytes(rtf(b"Words " * (rich_text.WORDS_LIMIT // 5)), "a.rtf")


def test_a_document_without_words_is_refused() -> None:
    with pytest.raises(ImportRefused, match=r"^empty\.rtf holds no words"):
        imported(r"\par {\pict 00}", "empty.rtf")


def test_the_shared_documents_are_read(shared: Path) -> None:
    folder = shared / "inputs" / "rtf"
    polish = read_file(folder / "ansicpg1250.rtf")
    assert polish.articles[0].text == (
        "Proszę o zapoznanie się z poniższą klauzulą informacyjną.\n\n"
        "Zgodnie z rozporządzeniem Parlamentu Europejskiego i Rady (UE) 2016/679 z dnia \n"
        "27 kwietnia 2016 r. w sprawie ochrony osób fizycznych w związku z przetwarzaniem danych osobowych i w "
        "sprawie swobodnego przepływu takich danych oraz uchylenia dyrektywy 95/46/WE (ogólne rozporządzenie o "
        "ochronie danych), (Dz. Urz. UE L 119 z 04.05.2016 r., str. 1) informuję."
    )
    assert (polish.articles[0].title, polish.articles[0].title_confirmed) == ("DANE WNIOSKODAWCY", False)
    assert polish.articles[0].author == "AMiszcz"
    links = read_file(folder / "hyperlinks.rtf").articles[0]
    assert (links.text, links.title, links.author) == ("Wikipedia\n\nText\n\nSearch", "Wikipedia", None)
    example = read_file(folder / "example.rtf").articles[0]
    assert example.text.startswith(
        "Text here with hyperlink\n\nAnother font\n\nAnother text size\n\nA graphic\n\nSome more text. Some"
    )
    assert (example.text.count("\n\n"), example.text.count("Some more text.")) == (15, 300)
    assert (example.title, example.title_confirmed) == ("Text here with hyperlink", False)
    assert example.author == "Gattermann, Katjana"
    assert all(read_file(path).warnings == () for path in folder.iterdir())


def test_a_font_tells_its_code_page_by_its_name_where_nothing_else_does() -> None:
    fonts = rb"{\fonttbl{\f0\fnil\fcharset0 Arial CE;}{\f1\fnil Times New Roman Cyr;}{\f2\fnil\fcharset204 Arial CE;}}"
    body = rb"\f0 Za\'bf\'f3\'b3\'e6 \f1 \'cc\'e8\'f0 \f2 \'cc\'e8\'f0"
    data = rb"{\rtf1\ansi\ansicpg1252\deff0" + fonts + body + b"}"
    assert read_bytes(data, "names.rtf").articles[0].text == "Zażółć Мир Мир"


def test_a_heading_that_is_numbered_is_no_item_of_a_list() -> None:
    numbered = "\\pard\\outlinelevel0\\ls1{\\listtext 1.\\tab}"
    assert text_of(f"{numbered}Findings\\par{numbered}Housing\\par") == "Findings\n\nHousing"
