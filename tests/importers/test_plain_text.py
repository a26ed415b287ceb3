"""Text files and pasted text: every character as written, whatever the encoding."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from annotate.canonical import canonical
from annotate.errors import ImportRefused
from annotate.importers import ReadOptions, encodings_for, name_of, read_bytes, read_file, read_pasted

NOW = datetime(2026, 11, 22, 17, 5, tzinfo=UTC)
MIXED = "Вчера 👩‍👩‍👧 🇺🇦 cafe\u0301\u00a0مرحبا\r\nline\u2028two\r\n"
RUSSIAN = (
    "Вчера в городе прошли выборы мэра. По данным комиссии, явка составила сорок пять процентов.\n"
    "Глава штаба сообщил журналистам, что нарушений не было, но наблюдатели говорят об обратном.\n"
)
ARABIC = (
    "أعلنت وزارة الصحة أن عدد الجرحى بلغ أربعين شخصا بعد القصف الذي استهدف السوق في وسط المدينة.\n"
    "وقال شهود عيان إن فرق الإنقاذ وصلت بعد ساعة، وإن المستشفى القريب طلب من السكان التبرع بالدم.\n"
)
JAPANESE = "昨日、東京で大きな地震がありました。気象庁によると、震源の深さは約十キロです。けが人はいませんでした。\n"

worded = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(
    lambda text: bool(canonical(text).text.strip())
)


@given(worded, st.sampled_from(["utf-8-sig", "utf-16", "utf-32"]))
@example("\0" + "0" * 9, "utf-16")  # begins like the mark of UTF-32
def test_text_with_a_byte_order_mark_comes_back_to_the_letter(text: str, encoding: str) -> None:
    read = read_bytes(text.encode(encoding), "note.txt")
    assert read.articles[0].text == canonical(text).text


@given(worded, st.sampled_from(["utf-8", "utf-16-le", "utf-16-be", "utf-32-be", "gb18030"]))
def test_text_in_a_named_encoding_comes_back_to_the_letter(text: str, encoding: str) -> None:
    padded = "Words: " + text
    read = read_bytes(padded.encode(encoding), "note.txt", ReadOptions(encoding))
    assert read.articles[0].text == canonical(padded).text


@given(worded)
def test_pasted_text_is_kept_and_hashed(text: str) -> None:
    pasted = read_pasted(text, NOW)
    assert pasted.articles[0].text == canonical(text).text
    assert pasted.data == text.encode()
    assert pasted.sha256 == hashlib.sha256(pasted.data).hexdigest()


def test_utf8_text_keeps_emoji_flags_joiners_and_line_separators() -> None:
    read = read_bytes(MIXED.encode(), "mixed.txt")
    assert read.articles[0].text == MIXED.replace("\r\n", "\n")
    assert read.warnings == ()
    assert (read.importer, read.importer_version) == ("txt", "4")
    assert read.data == MIXED.encode()


@pytest.mark.parametrize(
    ("text", "encoding", "named"),
    [(RUSSIAN, "cp1251", "windows-1251"), (ARABIC, "cp1256", "windows-1256"), (JAPANESE, "cp932", "Shift_JIS")],
)
def test_a_guessed_encoding_is_right_and_told(text: str, encoding: str, named: str) -> None:
    read = read_bytes(text.encode(encoding), "old.txt")
    assert read.articles[0].text == text
    assert read.warnings == (f"The encoding was guessed as {named}; look whether the letters are right.",)


def test_western_text_is_not_taken_for_central_european() -> None:
    text = "Gestern fand in München eine Demonstration statt. Für die “Straße” – gesperrt – galt: größte Vorsicht.\n"
    read = read_bytes(text.encode("cp1252"), "de.txt")
    assert read.articles[0].text == text
    assert "windows-1252" in read.warnings[0]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [RUSSIAN, ARABIC, "Plain words, 12 of them 🇺🇦.\r\n"])
def test_utf16_without_a_byte_order_mark_is_recognised(text: str, encoding: str) -> None:
    read = read_bytes(text.encode(encoding), "wide.txt")
    assert read.articles[0].text == canonical(text).text
    assert read.warnings == ()


def test_the_named_encoding_wins_over_a_guess() -> None:
    data = "Łódź, wczoraj".encode("cp1250")
    assert read_bytes(data, "pl.txt", ReadOptions("windows-1250")).articles[0].text == "Łódź, wczoraj"


def test_an_encoding_that_does_not_fit_is_refused_by_name() -> None:
    with pytest.raises(ImportRefused, match=r"^ru\.txt is not written in utf-8: .*\."):
        read_bytes(RUSSIAN.encode("cp1251"), "ru.txt", ReadOptions("utf-8"))


@pytest.mark.parametrize("encoding", ["klingon", "rot13", "hex", "base64"])
def test_what_is_no_text_encoding_is_refused_by_name(encoding: str) -> None:
    with pytest.raises(ImportRefused, match=rf'^a\.txt was not read: "{encoding}" is not'):
        read_bytes(b"words", "a.txt", ReadOptions(encoding))


def test_utf8_cut_in_its_last_character_is_read_and_told() -> None:
    read = read_bytes("Київ місто".encode()[:-1], "cut.txt")
    assert read.articles[0].text == "Київ міст"
    assert read.warnings == ("cut.txt ends in the middle of a character; it may have been cut short.",)


def test_halves_of_characters_in_utf8_and_utf16_do_not_stop_the_import() -> None:
    assert read_bytes(b"a \xed\xa0\xbd\xed\xb8\x80 b", "cesu.txt").articles[0].text == "a 😀 b"
    lone = read_bytes(b"\xff\xfea\x00\x3d\xd8b\x00", "lone.txt")
    assert lone.articles[0].text == "a\ufffdb"
    assert lone.warnings == ("1 broken character was replaced by \ufffd.",)


def test_control_characters_are_cleaned_and_told() -> None:
    read = read_bytes(b"One\x1b[1m two\x08 three words that are long enough", "ansi.txt")
    assert read.articles[0].text == "One[1m two three words that are long enough"
    assert read.warnings == ("2 control characters were removed.",)


@pytest.mark.parametrize("data", [b"\x00\x01\x02words\x00\x00\x7f\x10" * 9, b"\x01\x02\x03\x04\x05ab" * 20])
def test_binary_data_is_refused(data: bytes) -> None:
    with pytest.raises(ImportRefused, match=r"^noise\.txt is not text"):
        read_bytes(data, "noise.txt")


@pytest.mark.parametrize("data", [b"", b" \r\n\t", b"\xef\xbb\xbf", b"\xff\xfe"])
def test_a_file_without_words_is_refused(data: bytes) -> None:
    with pytest.raises(ImportRefused, match=r"^blank\.txt (is empty|holds no words)"):
        read_bytes(data, "blank.txt")


def test_utf16_that_was_cut_short_is_refused() -> None:
    with pytest.raises(ImportRefused, match=r"^half\.txt says that it is UTF-16 text but is not"):
        read_bytes("words".encode("utf-16")[:-1], "half.txt")


def test_a_short_first_line_becomes_an_unconfirmed_title() -> None:
    draft = read_bytes("\n\nTown hall burns 🔥 again\n\nIt was late.".encode(), "a.txt").articles[0]
    assert (draft.title, draft.title_confirmed) == ("Town hall burns 🔥 again", False)


@pytest.mark.parametrize(
    "first", ["It was a dark night in the town.", "word " * 60, "=====", "قال شهود إن السوق أغلق۔"]
)
def test_without_a_headline_the_file_name_is_the_title(first: str) -> None:
    draft = read_bytes(f"{first}\n\nMore.".encode(), "market fire.v2.txt").articles[0]
    assert (draft.title, draft.title_confirmed) == ("market fire.v2", False)


TITLE = "Ministry opens shelters for 5,000 people 🏠"


@pytest.mark.parametrize(
    "above",
    [
        *("EMBARGOED", "EMBARGOED UNTIL 00.01 FRIDAY 3 MAY", "Embargo: 3 May 2026, 6 a.m.", "EMBARGOED UNTIL DELIVERY"),
        *("For release: 5 May 2026", "For release: immediate", "Sperrfrist: 3. Mai 2026, 10 Uhr"),
        "STRICTLY EMBARGOED UNTIL 10:00 AM EST ON TUESDAY, MAY 3, 2026",
        *("Press Release: 5 May 2026", "Press Release – For Immediate Release", "*** PRESS RELEASE ***"),
        *("MEDIA ADVISORY", "BREAKING NEWS", "NEWSLETTER", "Newsletter #12", "Press release no. 5, 3rd May 2026"),
        *("Comunicato stampa n. 14", "Comunicato stampa n. 14 del 3 marzo 2026", "Information de presse"),
        *("Sous embargo jusqu’au 3 mai 2026", "COMMUNIQUE\u0301 DE PRESSE", "TISKOVÁ ZPRÁVA", "Informacja prasowa"),
        *(
            "BASIN BÜLTENİ",
            "Basın açıklaması",
            "Lehdistötiedote",
            "보도자료",
            "보도자료 2026. 5. 3.",
            "新闻稿2026年5月3日",
        ),
        *("بيان صحفي", "пресс-релиз", "прес-реліз", "EMBARGOED UNTIL FRIDAY\n\nPRESS RELEASE"),
    ],
)
def test_what_says_that_a_text_is_a_release_is_no_title_and_stays_in_the_text(above: str) -> None:
    text = f"{above}\n\n{TITLE}\n\nThe ministry said so on Monday.\n"
    [draft] = read_bytes(text.encode(), "a.txt").articles
    assert (draft.title, draft.title_confirmed) == (TITLE, False)
    assert draft.text == canonical(text).text
    assert read_pasted(text, NOW).articles[0].title == TITLE


@pytest.mark.parametrize(
    "title",
    [
        *("Breaking news on the tram line", "Embargo on grain lifted", "Embargo: what it means for farmers"),
        *("Embargoed until the talks end, papers say", "Embargo until Friday, ministers say", "Embargo lifted in 2026"),
        *("For release of hostages, families march", "Newsletter of the mayor costs 40,000", "Memo reveals plan"),
        *("Press freedom falls in 2026", "News from the north", "Bulletin board burns", "Newsroom closes"),
    ],
)
@pytest.mark.parametrize("above", ["", "PRESS RELEASE\n\n"])
def test_a_headline_with_more_than_a_label_and_a_time_is_a_title(title: str, above: str) -> None:
    [draft] = read_bytes(f"{above}{title}\n\nIt was late.\n".encode(), "a.txt").articles
    assert draft.title == title


@pytest.mark.parametrize("label", ["EMBARGOED UNTIL FRIDAY", "BREAKING NEWS"])
def test_a_label_with_nothing_below_it_is_the_title(label: str) -> None:
    assert read_pasted(label, NOW).articles[0].title == label


@pytest.mark.parametrize("subject", ["SUBJECT: ", "Re: ", "Betreff:\n", "Objet : "])
def test_the_title_of_a_memo_is_its_subject_without_the_word(subject: str) -> None:
    text = f"MEMORANDUM\nTO: All staff\nFROM: Ana Ruiz\nDATE: 3 May\n{subject}{TITLE}\n\nThe shelters open.\n"
    [draft] = read_bytes(text.encode(), "memo.txt").articles
    assert draft.title == TITLE
    assert draft.text == text


def test_a_headline_below_a_label_may_begin_like_a_line_of_a_memo() -> None:
    text = "BREAKING NEWS\n\nFrom Lisbon to Porto by tram\n\nThe line opened.\n"
    assert read_bytes(text.encode(), "a.txt").articles[0].title == "From Lisbon to Porto by tram"


def test_nothing_is_invented_for_a_text_file() -> None:
    draft = read_bytes(b"Paris in May\n\nBy noon it rained. Jeanne Dupont left on 3 May 2020.", "a.txt").articles[0]
    assert (draft.outlet, draft.author, draft.url, draft.language) == (None, None, None, None)
    assert draft.published.words is None


def test_a_long_pasted_paragraph_is_titled_by_its_beginning() -> None:
    draft = read_pasted("The council met on Monday and decided. " * 5, NOW).articles[0]
    assert draft.title.endswith("…")
    assert draft.text.startswith(draft.title[:-1])
    assert len(draft.title) <= 80


def test_pasted_text_is_named_by_the_moment_and_may_hold_half_a_character() -> None:
    pasted = read_pasted("half \ud83d here", NOW)
    assert pasted.name == "Pasted text 2026-11-22 17.05"
    assert pasted.articles[0].text == "half \ufffd here"
    assert pasted.warnings == ("1 broken character was replaced by \ufffd.",)


def test_pasting_nothing_is_refused() -> None:
    with pytest.raises(ImportRefused, match="holds no words"):
        read_pasted(" \n\u00a0", NOW)


@pytest.mark.parametrize(
    "name", ["arabic_article", "cnn_article", "fox13now_001", "hindi_article", "spanish_article", "time_001"]
)
def test_shared_texts_are_taken_to_the_letter(shared: Path, name: str) -> None:
    path = shared / "inputs" / "txt" / f"{name}.txt"
    read = read_file(path)
    assert read.articles[0].text == canonical(path.read_bytes().decode()).text
    assert read.warnings == ()


def test_a_shared_utf16_file_without_mark_is_read(shared: Path) -> None:
    path = shared / "hostile" / "encodings" / "UTF-16BE.nobom-utf16be.txt"
    assert read_file(path).articles[0].text.startswith("DateTime,Bid,Ask\n07/19/2015")


@pytest.mark.parametrize("name", ["windows-1252._ude_2", "windows_1252.github_bug_9"])
def test_shared_western_texts_are_guessed_right(shared: Path, name: str) -> None:
    path = shared / "hostile" / "encodings" / f"{name}.txt"
    read = read_file(path)
    assert read.articles[0].text == canonical(path.read_bytes().decode("cp1252")).text
    assert "windows-1252" in read.warnings[0]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-8-sig"])
def test_naughty_strings_come_through(shared: Path, encoding: str) -> None:
    import json

    for string in json.loads((shared / "hostile" / "strings" / "blns.json").read_text("utf-8")):
        text = f"{'Naughty words follow. ' * 50}{string}\nend"
        assert read_bytes(text.encode(encoding), "n.txt").articles[0].text == canonical(text).text


@pytest.mark.parametrize(
    ("encoding", "words"), [("cp1256", "قال الدفاع المدني"), ("shift_jis", "日本語の記事"), ("utf-8", "Zoe\u0301 🇺🇦")]
)
def test_encodings_are_offered_that_a_cut_off_sample_can_be_written_in(encoding: str, words: str) -> None:
    sample = words.encode(encoding)[:-1]
    offered = encodings_for(sample)
    assert {"shift_jis": "cp932"}.get(encoding, encoding) in offered
    assert ("utf-8" in offered) == (encoding == "utf-8")
    assert len(set(map(name_of, offered))) == len(offered)


CHINESE = "昨天，北京发生了一起严重的交通事故。警方表示，有四十人受伤，其中五人伤势严重。调查仍在进行。"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [JAPANESE, CHINESE, CHINESE.replace("一", "") * 3, f"{CHINESE} 👩‍👩‍👧\r\n{ARABIC}"])
def test_utf16_without_a_mark_is_recognised_where_few_bytes_are_nul(text: str, encoding: str) -> None:
    read = read_bytes(text.encode(encoding), "note.txt")
    assert read.articles[0].text == canonical(text).text
    assert read.warnings == ()


def test_japanese_in_seven_bits_is_told_by_its_escapes() -> None:
    read = read_bytes(f"Flood: {JAPANESE}".encode("iso2022_jp"), "note.txt")
    assert read.articles[0].text == f"Flood: {JAPANESE}"
    assert read.warnings == ()


@pytest.mark.parametrize(
    ("text", "stray", "told"),
    [
        (RUSSIAN, b"\x96", "1 byte is"),
        (ARABIC, b"\x93\x94", "2 bytes are"),
        ("Größtenteils überflutet 🇺🇦: ", b"\x96", "1 byte is"),
    ],
)
def test_letters_pasted_into_utf8_are_read_and_told(text: str, stray: bytes, told: str) -> None:
    read = read_bytes((text * 2).encode() + stray + text.encode(), "note.txt")
    assert read.articles[0].text == text * 2 + stray.decode("cp1252") + text
    assert read.warnings == (f"{told} not UTF-8 like the rest of note.txt; read as windows-1252.",)


def test_cyrillic_that_only_one_rare_encoding_fits_is_guessed() -> None:
    read = read_bytes(RUSSIAN.encode("iso8859_5"), "note.txt")
    assert read.articles[0].text == RUSSIAN
    assert read.encoding_guessed == "ISO-8859-5"


def test_words_under_a_western_label_that_no_western_language_has_are_guessed() -> None:
    mail = b"From: a@example.org\r\nMessage-ID: <1@x>\r\nContent-Type: text/plain; charset=iso-8859-1\r\n\r\n"
    read = read_bytes(mail + RUSSIAN.encode("cp1251"), "a.eml")
    assert read.articles[0].text == RUSSIAN.rstrip()
    assert read.warnings == ("The encoding was guessed as windows-1251; look whether the letters are right.",)
    western = "Größtenteils überflutet: ÄÖÜ 40 %."
    assert read_bytes(mail + western.encode("cp1252"), "a.eml").articles[0].text == western


@pytest.mark.parametrize(
    ("lines", "author", "day"),
    [
        ("12 March 2026\nBy Marta Oliver\n\n", "Marta Oliver", date(2026, 3, 12)),
        (
            "By Marta Oliver and Jo\u00e3o de Souza\nCity Wire / 8 March 2026\n\n",
            "Marta Oliver and Jo\u00e3o de Souza",
            date(2026, 3, 8),
        ),
        ("2026\u5e743\u67083\u65e5\n\n", None, date(2026, 3, 3)),
        ("Von J\u00f6rg M\u00fcller | 3. Mai 2026\n\n", "J\u00f6rg M\u00fcller", date(2026, 5, 3)),
        ("By Monday evening the water had fallen \U0001f30a\n\n", None, None),
        ("By then, on 3 May 2026, the dam had already begun to leak.\n\n", None, None),
        ("By Ana Ruiz and Tom Bell | 3 May 2026\n\n", "Ana Ruiz and Tom Bell", date(2026, 5, 3)),
        ("3 марта 2026 г.\n\n", None, date(2026, 3, 3)),
        ("Updated 4 May 2026\n\n", None, None),
        ("", None, None),
    ],
)
def test_author_and_day_stand_in_the_lines_below_the_title(lines: str, author: str | None, day: date | None) -> None:
    text = f"River rises in the valley\n\n{lines}The river rose on 6 May 2026, and it rose all night e\u0301.\n"
    [draft] = read_bytes(text.encode("utf-8"), "river.txt").articles
    assert (draft.author, draft.published.on) == (author, day)
    assert draft.text == text


def test_pasted_words_have_their_author_and_day_read_too() -> None:
    [draft] = read_pasted("River rises 🌊\n\nBy Ana Ruiz\n12 March 2026\n\nThe river rose.\n", NOW).articles
    assert (draft.author, draft.published.on) == ("Ana Ruiz", date(2026, 3, 12))
