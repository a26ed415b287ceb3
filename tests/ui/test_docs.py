"""What README and docs name is in the program under that name: menus, commands, files, and the words of the sample."""

import argparse
import re
from pathlib import Path

import pytest

from annotate.cli import parser
from annotate.model import Figure, Mention
from annotate.sample import create_sample
from annotate.vocabulary import Bound, Kind
from tests.ui.conftest import Hands
from ui.actions import ACTIONS, MENUS

PROJECT = Path(__file__).resolve().parents[2]
PAGES = [PROJECT / "README.md", PROJECT / "SECURITY.md", *sorted((PROJECT / "docs").glob("*.md"))]
LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")


def words_of(page: Path) -> str:
    return " ".join(page.read_text(encoding="utf-8").split())


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_way_through_a_menu_is_there(page: Path) -> None:
    known = {f"{menu} → {spec.label.replace('&', '')}" for spec in ACTIONS for menu in MENUS if spec.menu == menu}
    named = re.findall(rf"\*+((?:{'|'.join(MENUS)}) → [^*]+)\*", words_of(page))
    assert set(named) <= known


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_menus_are_written_in_one_way(page: Path) -> None:
    """As **File → Bin…**, so that the test above sees each."""
    assert (
        re.findall(rf"(?<!\*)\b(?:{'|'.join(MENUS)}) ?[→›>▸] ?\w+|\*(?:{'|'.join(MENUS)}), \w+", words_of(page)) == []
    )


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_to_a_file(page: Path) -> None:
    links = LINK.findall(page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_every_command_is_there_and_every_one_that_is_there_is_told() -> None:
    [commands] = [action.choices for action in parser()._actions if isinstance(action, argparse._SubParsersAction)]
    for page in PAGES:
        named = set(re.findall(r"\./run ([a-z]+)", page.read_text(encoding="utf-8")))
        assert named <= set(commands) | {"test", "bench"}, page.name
    told = set(re.findall(r"\./run ([a-z]+)", PAGES[0].read_text(encoding="utf-8")))
    assert set(commands) <= told


def test_the_first_minutes_go_as_the_readme_says(hands: Hands) -> None:
    session = hands.session
    session.run(create_sample)
    first, second = session.read.articles()[:2]
    figure_words, source_words = re.findall(r"Drag over `([^`]+)`", words_of(PAGES[0]))
    session.choose_article(first.id)
    hands.click("Lindqvist")
    assert session.annotation is not None
    session.choose_article(second.id)
    figure = hands.mark(Kind.FIGURE, figure_words).record
    assert isinstance(figure, Figure)
    assert (figure.value, figure.bound, figure.counted) == (900, Bound.MIN, "people")
    known = len(session.read.sources())
    mention = hands.mark(Kind.SOURCE, source_words).record
    assert isinstance(mention, Mention)
    assert mention.source_id is not None
    assert len(session.read.sources()) == known
