"""Pictures are kept whole, known by their bytes, and have no words before a person types them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.errors import ImportRefused
from annotate.importers import read_bytes
from annotate.importers.picture import picture_of
from annotate.vocabulary import ArticleType
from tests.importers.pictures import gif, jpeg, png, webp

MADE = {"png": png, "jpeg": jpeg, "gif": gif, "webp": webp}


@pytest.mark.parametrize("format_", MADE)
@pytest.mark.parametrize("name", ["post 🌊 e\u0301.png", "post 🌊 e\u0301.txt", "صورة.html"])
def test_a_picture_is_an_article_without_words_titled_by_its_file(format_: str, name: str) -> None:
    data = MADE[format_](1080, 2400)
    read = read_bytes(data, name)
    assert (read.importer, read.data, read.warnings) == ("picture", data, ())
    [draft] = read.articles
    assert (draft.text, draft.title, draft.title_confirmed) == ("", name.rpartition(".")[0], False)
    assert draft.type is ArticleType.IMAGE
    assert draft.published.words is None


@given(st.sampled_from(sorted(MADE)), st.integers(1, 16_383), st.integers(1, 16_383))
def test_the_size_stands_in_the_header(format_: str, width: int, height: int) -> None:
    picture = picture_of(MADE[format_](width, height))
    assert picture is not None
    assert (picture.format, picture.width, picture.height, picture.is_whole) == (format_, width, height, True)


def test_a_picture_without_its_end_is_kept_and_told() -> None:
    read = read_bytes(png(30, 20)[:-8], "a.png")
    assert read.warnings == ("a.png is cut short: the end of the picture is missing.",)


def test_one_too_large_to_be_shown_is_kept_and_told() -> None:
    [told] = read_bytes(png(60_000, 60_000), "bomb.png").warnings
    assert told.startswith("bomb.png has 60,000 × 60,000 pixels, which is more than can be shown;")


@given(st.sampled_from(sorted(MADE)), st.integers(1, 40), st.binary(max_size=30))
def test_other_bytes_behind_a_signature_end_in_a_sentence_or_a_picture(format_: str, kept: int, rest: bytes) -> None:
    data = MADE[format_](3, 2)[: max(12, kept)] + rest
    if picture_of(data) is not None:
        assert read_bytes(data, "a.bin").importer == "picture"
        return
    with pytest.raises(ImportRefused, match=r"^a\.bin is a picture that is damaged or cut short at its beginning\."):
        read_bytes(data, "a.bin")


@pytest.mark.parametrize("start", [b"II*\0", b"MM\0*", b"BM\0\0"])
def test_kinds_that_are_not_shown_say_what_to_do(start: bytes) -> None:
    with pytest.raises(ImportRefused, match=r"Provenote shows PNG, JPEG, GIF and WebP\. Save it as PNG"):
        read_bytes(start + bytes(80), "a.tif")
