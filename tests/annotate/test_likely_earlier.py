"""Which article an incoming one is a changed version of, and that nothing else is taken for one."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.commands import import_file, move_to_bin
from annotate.importers.draft import Draft
from annotate.project import Project
from annotate.same_article import address_key, shared_words
from annotate.store.queries.earlier import MOST_OF_A_TITLE
from tests.annotate.drafts import FLOOD, imported, take_in

NEW = FLOOD.replace("900", "950").replace("The road to Alt-Moor was closed.", "")
OTHER = "Harvest 🌾\n\nWheat was brought in early this year, said the growers of the plain, and barley came late.\n"


def draft(text: str = NEW, **metadata: object) -> Draft:
    return imported(text, **metadata).articles[0]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://www.valley.example/flood/", "http://valley.example/flood"),
        ("https://valley.example/flood?utm_source=x&id=7#top", "https://VALLEY.example/flood?id=7"),
        ("https://m.valley.example/خبر", "https://valley.example/خبر?fbclid=abc"),
        ("https://valley.example/?p=12", "https://valley.example?p=12&ref=home"),
    ],
)
def test_addresses_that_lead_to_one_article_are_the_same(one: str, other: str) -> None:
    assert address_key(one) == address_key(other) != ""


@pytest.mark.parametrize("address", [None, "", "x:y", "https://valley.example/", "https://[::1", "flood"])
def test_what_names_no_article_is_no_address(address: str | None) -> None:
    assert address_key(address) == ""


def test_other_articles_have_other_addresses() -> None:
    assert address_key("https://valley.example/a?id=1") != address_key("https://valley.example/a?id=2")


@given(st.text(), st.text())
def test_shared_words_are_a_part_of_one_and_say_the_same_both_ways(one: str, other: str) -> None:
    assert 0 <= shared_words(one, other) == shared_words(other, one) <= 1
    assert shared_words(one, one) == (1.0 if any(letter.isalnum() for letter in one) else 0.0)


def test_a_version_is_known_by_its_address(project: Project) -> None:
    article = take_in(project, url="https://www.valley.example/flood")
    assert project.read.likely_earlier(draft(OTHER, url="http://valley.example/flood?utm_medium=x")) == article
    assert project.read.likely_earlier(draft(OTHER, url="http://valley.example/harvest")) is None


def test_a_version_is_known_by_outlet_and_title(project: Project) -> None:
    article = take_in(project, title="Flood in the valley", outlet="The Harbour Post")
    assert project.read.likely_earlier(draft(title="Flood in the Valley.", outlet="Harbour Post")) == article
    assert project.read.likely_earlier(draft(title="Flood in the valley", outlet="Hill Courier")) is None


@pytest.mark.parametrize(("first", "then"), [(None, None), ("Harbour Post", None), (None, "Harbour Post")])
def test_without_a_known_outlet_a_version_is_known_by_title_and_words(
    project: Project, first: str | None, then: str | None
) -> None:
    article = take_in(project, title="Flood in the valley 🌊", outlet=first)
    assert project.read.likely_earlier(draft(title="Flood in the valley 🌊", outlet=then)) == article
    assert project.read.likely_earlier(draft(OTHER, title="Flood in the valley 🌊", outlet=then)) is None
    assert project.read.likely_earlier(draft(title="Harvest", outlet=then)) is None


def test_a_title_that_many_articles_bear_tells_no_version(project: Project) -> None:
    for number in range(MOST_OF_A_TITLE):
        take_in(project, f"{FLOOD}\n{number}", f"{number}.txt", title="Weekly report")
    assert project.read.likely_earlier(draft(title="Weekly report")) is not None
    take_in(project, f"{FLOOD}\nOne more.", "more.txt", title="Weekly report")
    assert project.read.likely_earlier(draft(title="Weekly report")) is None


def test_a_report_that_is_called_the_same_each_week_is_no_version_of_the_last(project: Project) -> None:
    take_in(project, title="Weekly report", outlet="Harbour Post")
    assert project.read.likely_earlier(draft(OTHER, title="Weekly report", outlet="Harbour Post")) is None


def test_a_version_is_known_by_its_file_name_and_words(project: Project) -> None:
    article = take_in(project, name="flood.txt", title="First word")
    assert project.read.likely_earlier(draft(), "flood.txt") == article
    assert project.read.likely_earlier(draft(), "other.txt") is None
    assert project.read.likely_earlier(draft(OTHER), "flood.txt") is None
    assert project.read.likely_earlier(draft(), "flood.txt", but=[article.id]) is None


def test_what_lies_in_the_bin_has_no_new_versions(project: Project) -> None:
    article = take_in(project, url="https://valley.example/flood")
    move_to_bin(project, [article.id])
    assert project.read.likely_earlier(draft(url="https://valley.example/flood"), "flood.txt") is None


def test_an_import_updates_only_where_it_is_asked_to(project: Project) -> None:
    article = take_in(project)
    assert import_file(project, imported(NEW, "flood.txt"), updating=True).outcome == "updated"
    assert len(project.read.texts(article.id)) == 2
    assert import_file(project, imported(NEW + "More.", "flood.txt")).outcome == "imported"
    assert len(project.read.articles()) == 2


def test_an_updating_import_says_what_became_of_the_marks_and_takes_the_rest_in(project: Project) -> None:
    article = take_in(project, name="news.txt")
    bundle = imported(NEW, "news.txt", data=b"bundle")
    taken = import_file(
        project, replace(bundle, articles=(*bundle.articles, draft(OTHER), draft(NEW + "!"))), updating=True
    )
    assert [one.outcome for one in taken.articles] == ["updated", "imported", "imported"]
    assert (taken.outcome, taken.articles[0].article_id) == ("partial", article.id)
    assert taken.reason == f"A new version of “{article.title}”. It had no marks."
