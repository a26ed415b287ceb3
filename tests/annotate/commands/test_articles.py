"""Taking articles in, knowing them again, and what is known about them."""

from dataclasses import replace
from datetime import date

import pytest

from annotate.commands import (
    edit_article,
    edit_attribution,
    edit_project,
    import_file,
    mark,
    move_to_bin,
    restore_from_bin,
    set_status,
)
from annotate.errors import NotAllowed
from annotate.history import next_undo, undo
from annotate.model import Article, Published
from annotate.project import Project
from annotate.vocabulary import ArticleStatus, AttributionBasis, Kind, Mode, PartRole, Precision, SourceType, Stance
from tests.annotate.drafts import FLOOD, imported, span_of, tables_of, take_in


def test_an_imported_article_keeps_bytes_text_parts_and_what_the_input_states(project: Project) -> None:
    published = Published("5 mai 2020", date(2020, 5, 5), Precision.DAY)
    data = FLOOD.replace("\n", "\r\n").encode("utf-16")
    taken = import_file(
        project, imported(FLOOD, data=data, outlet="Harbour Post", published=published, language="ar", url="x:y")
    )
    assert (taken.outcome, taken.reason) == ("imported", "")
    [entry] = taken.articles
    article = project.read.article(entry.article_id)
    assert article is not None
    assert (article.uid, article.title, entry.outcome) == (entry.uid, entry.title, "imported")
    assert (article.outlet, article.published, article.language, article.url) == (
        "Harbour Post",
        published,
        "ar",
        "x:y",
    )
    assert (article.author, article.collected_at, article.status) == (None, None, ArticleStatus.UNREAD)
    assert project.read.body(article.text_id) == FLOOD
    text = project.read.text(article.text_id)
    assert text is not None
    assert (text.number, text.length, text.words) == (1, len(FLOOD), len(FLOOD.split()))
    assert [part.role for part in project.read.parts(article.text_id)] == [PartRole.HEADLINE, PartRole.BODY]
    file = project.read.file(article.file_id or 0)
    assert file is not None
    assert (project.read.file_bytes(file.id), file.size) == (data, len(data))


def test_the_same_bytes_are_recognised_under_another_name(project: Project, article: Article) -> None:
    before = tables_of(project)
    taken = import_file(project, imported(FLOOD, "copy of flood.txt"))
    assert taken.outcome == "duplicate"
    assert taken.articles[0].article_id == article.id
    assert taken.reason == f"copy of flood.txt is in the project already, as “{article.title}”."
    assert tables_of(project) == before


def test_the_same_text_is_recognised_in_other_bytes(project: Project, article: Article) -> None:
    step = next_undo(project)
    taken = import_file(project, imported(FLOOD, "flood.html", data=b"<p>other bytes</p>", title="Its own title"))
    assert taken.outcome == "duplicate"
    assert taken.reason == (f"“Its own title” has the same text as “{article.title}”, which is in the project already.")
    assert len(project.read.articles()) == len(project.read.files()) == 1
    assert next_undo(project) == step


def test_a_bundle_with_one_known_article_is_partly_taken(project: Project, article: Article) -> None:
    known, new = imported(FLOOD).articles[0], imported("Another 🌊\n\nbody").articles[0]
    bundle = replace(imported(FLOOD, "bundle.txt", data=b"bundle"), articles=(known, new, new))
    taken = import_file(project, bundle)
    assert taken.outcome == "partial"
    assert [entry.outcome for entry in taken.articles] == ["duplicate", "imported", "duplicate"]
    assert len(project.read.articles()) == 2
    undo(project)
    assert project.read.articles() == [article]


def test_warnings_of_the_importer_are_handed_on(project: Project) -> None:
    taken = import_file(project, replace(imported(FLOOD), warnings=("2 control characters were removed.",)))
    assert (taken.outcome, taken.reason) == ("imported", "2 control characters were removed.")


def test_what_lies_in_the_bin_may_be_imported_anew(project: Project, article: Article) -> None:
    move_to_bin(project, [article.id])
    taken = import_file(project, imported(FLOOD))
    assert taken.outcome == "imported"
    assert taken.articles[0].article_id != article.id


def test_several_files_joined_are_one_step_under_one_label(project: Project) -> None:
    for number in range(3):
        import_file(
            project,
            imported(f"Report {number}\n\nx", f"{number}.txt"),
            join=project.last_step_id,
            label="Import 3 files",
        )
    step = next_undo(project)
    assert step is not None
    assert step.label == "Import 3 files"
    undo(project)
    assert project.read.articles() == project.read.files() == []


def test_the_bin_takes_an_article_out_of_the_list_and_gives_it_back(project: Project, article: Article) -> None:
    other = take_in(project, "Other\n\nx", "other.txt")
    move_to_bin(project, [article.id, other.id])
    assert project.read.articles() == []
    step = next_undo(project)
    assert step is not None
    assert step.label == "Move to bin: 2 articles"
    restore_from_bin(project, [other.id])
    assert [entry.id for entry in project.read.articles()] == [other.id]
    undo(project)
    undo(project)
    assert len(project.read.articles()) == 2


def test_status_is_set_for_several_articles_at_once(project: Project, article: Article) -> None:
    other = take_in(project, "Other\n\nx", "other.txt")
    set_status(project, [article.id, other.id], ArticleStatus.DONE)
    assert {entry.status for entry in project.read.articles()} == {ArticleStatus.DONE}
    undo(project)
    assert {entry.status for entry in project.read.articles()} == {ArticleStatus.UNREAD}


def test_what_is_known_about_an_article_is_changed_by_name(project: Project, article: Article) -> None:
    published = Published("غداً", date(2021, 1, 1), Precision.YEAR)
    edit_article(project, article.id, title="Ü 🌊", author="Zoe\u0301", published=published, note="seen twice")
    found = project.read.article(article.id)
    assert found is not None
    assert (found.title, found.author, found.published, found.note) == ("Ü 🌊", "Zoe\u0301", published, "seen twice")
    assert found.revision == article.revision + 1


def test_an_article_that_is_gone_is_refused(project: Project) -> None:
    with pytest.raises(NotAllowed, match="not in the project any more"):
        edit_article(project, 99, title="x")


def test_the_projects_own_words_are_changed_and_undone(project: Project) -> None:
    edit_project(project, title="Flood case", marking="TLP:AMBER", note="ملاحظة")
    info = project.read.project_info()
    assert (info.title, info.marking, info.note) == ("Flood case", "TLP:AMBER", "ملاحظة")
    undo(project)
    assert project.read.project_info().marking == ""


def test_claims_in_own_voice_are_attributed_once_the_outlet_is_known(project: Project, article: Article) -> None:
    waiting = mark(project, article.id, Kind.CLAIM, [span_of(project, article, "The road to Alt-Moor was closed.")])
    spoken = mark(project, article.id, Kind.CLAIM, [span_of(project, article, "“that the dam was weak.”")])
    assert project.read.attributions() == []
    edit_article(project, article.id, outlet="The Harbour Post")
    [attribution] = project.read.attributions()
    assert attribution.annotation_id == waiting != spoken
    assert (attribution.stance, attribution.basis) == (Stance.ASSERTS, AttributionBasis.STATED)
    [outlet] = project.read.sources()
    assert (outlet.id, outlet.name, outlet.type) == (attribution.source_id, "The Harbour Post", SourceType.MEDIA)
    assert (outlet.article_id, outlet.reliability) == (None, None)
    undo(project)
    assert project.read.attributions() == []
    assert project.read.sources() == []
    found = project.read.annotation(waiting)
    assert found is not None
    assert found.claim.mode is Mode.VOICE


def says(project: Project, claim: int) -> list[str]:
    """Names of those a claim is attributed to."""
    names = {source.id: source.name for source in project.read.sources()}
    return [names[said.source_id] for said in project.read.attributions([claim])]


def test_own_voice_goes_with_a_corrected_outlet_and_waits_where_it_is_taken_away(project: Project) -> None:
    article = take_in(project, outlet="Harbour Post")
    claim = mark(project, article.id, Kind.CLAIM, [span_of(project, article, "The road to Alt-Moor was closed.")])
    stood = tables_of(project)
    edit_article(project, article.id, outlet="Valley News")
    assert says(project, claim) == ["Valley News"]
    undo(project)
    assert tables_of(project) == stood
    edit_article(project, article.id, outlet=None)
    assert says(project, claim) == []
    edit_article(project, article.id, outlet="بريد الميناء")
    assert says(project, claim) == ["بريد الميناء"]


def test_what_a_person_said_about_the_outlet_stays_when_its_name_changes(project: Project) -> None:
    article = take_in(project, outlet="Harbour Post")
    claim = mark(project, article.id, Kind.CLAIM, [span_of(project, article, "The road to Alt-Moor was closed.")])
    [said] = project.read.attributions([claim])
    edit_attribution(project, said.id, verb="reported")
    edit_article(project, article.id, outlet="Valley News")
    assert says(project, claim) == ["Harbour Post"]


def test_half_a_name_of_an_outlet_being_typed_leaves_nothing_in_the_register(
    project: Project, article: Article
) -> None:
    claim = mark(project, article.id, Kind.CLAIM, [span_of(project, article, "The road to Alt-Moor was closed.")])
    before = tables_of(project)
    edit_article(project, article.id, outlet="Val")
    step = project.last_step_id
    for typed in ("Valley", "", "Valley Courier 🗞️"):
        edit_article(project, article.id, outlet=typed, join=step)
    assert says(project, claim) == ["Valley Courier 🗞️"]
    assert [source.name for source in project.read.sources()] == ["Valley Courier 🗞️"]
    undo(project)
    assert tables_of(project) == before


def test_two_equal_articles_in_one_bundle_are_taken_once(project: Project) -> None:
    bundle = imported(FLOOD, "bundle.txt")
    taken = import_file(project, replace(bundle, articles=bundle.articles * 2))
    assert taken.outcome == "partial"
    assert [entry.outcome for entry in taken.articles] == ["imported", "duplicate"]
    assert len({entry.article_id for entry in taken.articles}) == len(project.read.articles()) == 1


def test_a_bundle_is_read_anew_for_what_lies_in_the_bin_alone(project: Project) -> None:
    bundle = imported(FLOOD, "bundle.txt")
    drafts = (bundle.articles[0], imported("Other words 🌾").articles[0])
    first, second = import_file(project, replace(bundle, articles=drafts)).articles
    move_to_bin(project, [second.article_id])
    again = import_file(project, replace(bundle, articles=drafts))
    assert [entry.outcome for entry in again.articles] == ["duplicate", "imported"]
    assert again.articles[0].article_id == first.article_id
    assert again.articles[1].article_id != second.article_id


def test_an_import_that_was_undone_can_be_made_again(project: Project) -> None:
    file = imported(FLOOD)
    import_file(project, file)
    undo(project)
    assert import_file(project, file).outcome == "imported"
    assert [article.title for article in project.read.articles()] == [file.articles[0].title]
