"""Tags and events."""

from datetime import date

import pytest

from annotate.commands import add_event, add_tag, edit_event, edit_record, edit_tag, mark, remove_tag, toggle_tag
from annotate.commands.codebook import COLOURS, KEYS
from annotate.errors import NotAllowed
from annotate.history import undo
from annotate.model import Article, DatedWords, Tag
from annotate.project import Project
from annotate.vocabulary import DateBasis, Kind, Precision
from tests.annotate.drafts import span_of, tables_of


def tag(project: Project, tag_id: int) -> Tag:
    return next(tag for tag in project.read.tags() if tag.id == tag_id)


def test_new_tags_get_the_next_free_key_and_colour_and_come_in_order(project: Project) -> None:
    made = [add_tag(project, f"tag {number}") for number in range(11)]
    tags = project.read.tags()
    assert [entry.id for entry in tags] == made
    assert [entry.key for entry in tags] == [*KEYS, None, None]
    assert [entry.colour for entry in tags] == [*COLOURS, COLOURS[0]]


def test_a_free_key_is_given_again(project: Project) -> None:
    first = add_tag(project, "one")
    add_tag(project, "two")
    edit_tag(project, first, key=None)
    assert tag(project, add_tag(project, "three")).key == "1"


def test_a_key_moves_over_from_the_tag_that_had_it(project: Project) -> None:
    one, two = add_tag(project, "one"), add_tag(project, "two")
    edit_tag(project, two, key="1")
    assert (tag(project, one).key, tag(project, two).key) == (None, "1")
    undo(project)
    assert (tag(project, one).key, tag(project, two).key) == ("1", "2")


def test_a_name_is_needed_and_taken_once_whatever_its_case_and_spaces(project: Project) -> None:
    made = add_tag(project, "  Flucht \n 🌊 ")
    assert tag(project, made).name == "Flucht 🌊"
    for name in ("", " \u2028"):
        with pytest.raises(NotAllowed, match="needs a name"):
            add_tag(project, name)
    with pytest.raises(NotAllowed, match="There is a tag “FLUCHT 🌊” already"):
        add_tag(project, "FLUCHT 🌊")
    other = add_tag(project, "Wasser")
    with pytest.raises(NotAllowed, match="already"):
        edit_tag(project, other, name="flucht  🌊")
    edit_tag(project, made, name="FLUCHT 🌊")
    assert tag(project, made).name == "FLUCHT 🌊"


def test_a_tag_cannot_lie_below_itself(project: Project) -> None:
    top = add_tag(project, "top")
    middle = add_tag(project, "middle", parent_id=top)
    bottom = add_tag(project, "bottom", parent_id=middle)
    for below in (top, middle, bottom):
        with pytest.raises(NotAllowed, match="cannot lie below itself"):
            edit_tag(project, top, parent_id=below)
    edit_tag(project, bottom, parent_id=top)
    assert tag(project, bottom).parent_id == top


def test_removing_a_tag_takes_it_off_and_moves_those_below_up(project: Project, article: Article) -> None:
    top = add_tag(project, "top")
    middle = add_tag(project, "middle", parent_id=top)
    bottom = add_tag(project, "bottom", parent_id=middle)
    made = mark(project, article.id, Kind.CLAIM, [span_of(project, article, "🇵🇸🇸🇾")])
    toggle_tag(project, [made], middle)
    toggle_tag(project, [made], bottom)
    before = tables_of(project)
    remove_tag(project, middle)
    assert tag(project, bottom).parent_id == top
    assert project.read.annotations([made])[0].tag_ids == (bottom,)
    assert project.read.tag_counts() == {bottom: 1}
    undo(project)
    assert tables_of(project) == before
    with pytest.raises(NotAllowed, match="not in the codebook"):
        remove_tag(project, 99)


def test_claims_and_figures_are_about_events(project: Project, article: Article) -> None:
    happened = DatedWords("am Montag", date(2021, 3, 1), None, Precision.DAY, DateBasis.RECKONED)
    made = add_event(project, " Flood 🌊 ", happened=happened, place="الوادي")
    [event] = project.read.events()
    assert (event.id, event.name, event.happened, event.place) == (made, "Flood 🌊", happened, "الوادي")
    claim = mark(project, article.id, Kind.CLAIM, [span_of(project, article, "dozens of houses")])
    edit_record(project, claim, event_id=made)
    assert project.read.annotations([claim])[0].claim.event_id == made
    edit_event(project, made, name="Spring flood", happened=DatedWords())
    [event] = project.read.events()
    assert (event.name, event.happened) == ("Spring flood", DatedWords())
    with pytest.raises(NotAllowed, match="needs a name"):
        add_event(project, " ")
