"""Erase for good: a source that must not be found."""

from __future__ import annotations

import pytest

from annotate import commands as do
from annotate import history
from annotate.backups import backups_of, make_backup
from annotate.erasing import Wish, copy_without_history, erase, plan_erasing
from annotate.erasing.plans import Plan
from annotate.errors import CannotUndo, NotAllowed
from annotate.integrity import check_project
from annotate.model import Article
from annotate.project import Project
from annotate.vocabulary import Kind
from tests.annotate.drafts import FLOOD, take_in
from tests.annotate.works import everything_is_whole, marked
from tests.safety.needles import ARABIC, found_in

FIRST, LAST = "Zyxqa", "Rwenblat"
NAME = f"{FIRST} {LAST}"
NEEDLES = (FIRST, LAST, ARABIC)
NAMING = f"Dam fails\n\n“It was weak,” said {NAME}, a baker. {ARABIC} agreed.\n\nThe road was closed on Monday.\n"


def plan(project: Project, source_id: int, **wish: object) -> Plan:
    return plan_erasing(project.read, project.path, Wish(source_id=source_id, **wish))  # type: ignore[arg-type]


def known(project: Project) -> tuple[int, Article, Article]:
    """A source that an article names and that notes, titles, labels and another entry speak of."""
    naming = take_in(project, NAMING, "dam.txt", title="Dam fails", author="Somebody")
    other = take_in(project, FLOOD, "flood.txt", title=f"What {LAST} said")
    mention = marked(project, naming, Kind.SOURCE, NAME)
    do.register_mention(project, mention)
    source = next(one.id for one in project.read.sources() if one.name == NAME)
    do.edit_source(project, source, aliases=(ARABIC,), note=f"{FIRST} is a baker")
    quote = marked(project, naming, Kind.CLAIM, f"“It was weak,” said {NAME}")
    plain = marked(project, naming, Kind.CLAIM, "The road was closed on Monday")
    far = marked(project, other, Kind.CLAIM, "Nobody told us")
    for claim in (quote, plain, far):
        do.attribute(project, claim, source)
    do.edit_record(project, far, plain_words=f"{NAME} was not told")
    do.edit_record(project, far, plain_words=f"The baker {LAST.upper()} was not told, says {ARABIC}")
    do.edit_annotation(project, far, note=f"ask {FIRST.lower()}@example.org, i. e. {LAST}, {FIRST}")
    mayor = do.add_source(project, "The mayor")
    do.edit_source(project, mayor, affiliation=f"{NAME}’s party")
    do.edit_article(project, other.id, url=f"https://example.org/{FIRST}-{LAST}".lower(), note=f"from {LAST}")
    do.edit_project(project, note=f"All of it is about {NAME}.")
    return source, naming, other


def test_with_the_articles_that_name_it_no_byte_has_the_name(project: Project) -> None:
    source, naming, other = known(project)
    make_backup(project.path)
    assert found_in(project.path.parent, *NEEDLES)
    erased = erase(project, plan(project, source, article_ids=(naming.id,)))
    assert found_in(project.path.parent, *NEEDLES) == []
    assert erased.standing == ()
    assert len(erased.removed) == 1
    assert [one.path for one in backups_of(project.path)] == [erased.backup]
    assert check_project(project.read) == []
    assert [one.name for one in project.read.sources()] == ["The mayor"]
    (far,) = project.read.annotations()
    assert far.article_id == other.id
    assert far.claim.plain_words == "The baker [erased] was not told, says [erased]"
    assert project.read.attributions() == []
    article = project.read.article(other.id)
    assert article is not None
    assert (article.title, article.note) == ("What [erased] said", "from [erased]")
    assert article.url == "https://example.org/[erased]"
    project.close()
    assert found_in(project.path.parent, *NEEDLES) == []


def test_where_an_article_stays_that_names_it_that_is_said_before_and_after(project: Project) -> None:
    source, naming, _other = known(project)
    shown = plan(project, source)
    assert [(one.label, one.count) for one in shown.named_in] == [(naming.label, 2)]
    assert shown.quotes == ()
    assert dict(shown.counts)["claims"] == 1, "the one that quotes the name goes"
    assert {one.field for one in shown.records} >= {"In plain words", "Note", "Title", "URL", "Affiliation"}
    erased = erase(project, shown)
    assert {(one.record, one.field) for one in erased.standing} == {(naming.label, "Text")}
    everything_is_whole(project)
    stands = {line.partition(":")[2] for line in found_in(project.path.parent, *NEEDLES)}
    assert stands, "it stands in the text, and nobody claims otherwise"
    words = [one.words for one in project.read.annotations()]
    assert not any(needle in word for needle in NEEDLES for word in words)


def test_marks_that_quote_it_can_stay_and_are_told(project: Project) -> None:
    source, naming, _other = known(project)
    shown = plan(project, source, quotes=False)
    (quote,) = shown.quotes
    erased = erase(project, shown)
    assert (quote.record, quote.field) in {(one.record, one.field) for one in erased.standing}
    assert len(project.read.annotation_ids(naming.id)) == 2
    everything_is_whole(project)


def test_parts_of_the_name_can_stay(project: Project) -> None:
    source, naming, other = known(project)
    erase(project, plan(project, source, article_ids=(naming.id,), parts=False))
    article = project.read.article(other.id)
    assert article is not None
    assert article.note == f"from {LAST}"
    assert article.url == "https://example.org/[erased]"


def test_labels_and_undo_do_not_bring_it_back(project: Project) -> None:
    source, naming, _other = known(project)
    erase(project, plan(project, source, article_ids=(naming.id,)))
    assert not any(needle in step.label for step in project.read.steps(1_000) for needle in NEEDLES)
    while history.next_undo(project) is not None:
        try:
            history.undo(project)
        except CannotUndo:
            break
        everything_is_whole(project)
        assert found_in(project.path.parent, *NEEDLES) == []


def test_a_source_that_is_gone_already_is_said_to_be(project: Project) -> None:
    with pytest.raises(NotAllowed, match="not in the register any more"):
        plan(project, 99)
    with pytest.raises(NotAllowed, match="Nothing was chosen"):
        plan_erasing(project.read, project.path, Wish())


def test_a_backup_from_before_it_was_known_stays(project: Project) -> None:
    take_in(project)
    before = make_backup(project.path).backup
    source = do.add_source(project, NAME)
    with_it = make_backup(project.path).backup
    shown = plan(project, source)
    assert shown.backups == (with_it.path,)
    erase(project, shown)
    assert before.path in [one.path for one in backups_of(project.path)]
    assert found_in(project.path.parent, FIRST, LAST) == []


def test_analysts_are_nobody_s_source_and_keep_their_names(project: Project) -> None:
    source, naming, other = known(project)
    project.become(f"{FIRST} Analyst")
    marked(project, other, Kind.FIGURE, "900")
    shown = plan(project, source, article_ids=(naming.id,))
    assert [(one.record, one.words) for one in shown.untouched] == [("Analysts", f"{FIRST} Analyst")]
    erased = erase(project, shown)
    assert {one.record for one in erased.standing} == {"Analysts"}
    assert f"{FIRST} Analyst" in {one.name for one in project.read.analysts()}
    history.undo(project)
    everything_is_whole(project)


def test_other_projects_in_the_folder_that_hold_it_are_told(project: Project) -> None:
    source, _naming, _other = known(project)
    copy_without_history(project.read, project.path.with_name("copy.pnote"))
    project.path.with_name("no project.pnote").write_bytes(b"nothing")
    before = {path.name for path in project.path.parent.iterdir()}
    assert [path.name for path in plan(project, source).copies] == ["copy.pnote"]
    assert {path.name for path in project.path.parent.iterdir()} == before
    with Project.open(project.path.with_name("copy.pnote"), "Ben") as opened:
        do.edit_project(opened, note="in its log")
        assert [path.name for path in plan(project, source).copies] == ["copy.pnote"]
