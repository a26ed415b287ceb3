"""The bin: what lies in it is in no list, count, search, tie or export, and comes back whole."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from annotate import commands as do
from annotate import history
from annotate.handing_on import Form, Handing, Order
from annotate.project import Project
from annotate.references import Reference
from annotate.report.evidence import gather
from annotate.vocabulary import Kind, Relation
from tests.annotate.drafts import tables_of
from tests.annotate.works import everything_is_whole, marked
from tests.safety.entangled import NEEDLES, taken
from tests.safety.needles import found_in

WITH_BIN = {Form.JSON}
"""Holds everything by its name and its meaning, history and bin among it."""


@pytest.mark.parametrize(
    "form", [form for form in Form if form not in WITH_BIN | {Form.PDF}], ids=lambda form: form.value
)
@pytest.mark.parametrize("sharing", [False, True], ids=["", "for sharing"])
def test_no_export_has_a_word_of_what_lies_in_the_bin(
    project: Project, tmp_path: Path, form: Form, sharing: bool
) -> None:
    _secret, other = taken(project)
    if sharing and not form.can_be_shared:
        return
    out = tmp_path / "out"
    out.mkdir()
    order = Order(form, out / f"handed on{form.suffix}", sharing=sharing)
    Handing(project.read, order, analyst="Ana").write()
    for package in [path for path in out.rglob("*") if path.is_file() and zipfile.is_zipfile(path)]:
        with zipfile.ZipFile(package) as opened:
            opened.extractall(out / f"{package.name} opened")
    written = b"".join(path.read_bytes() for path in out.rglob("*") if path.is_file())
    assert found_in(out, *NEEDLES) == []
    if form not in (Form.QDC, Form.BRIEF):  # the tags alone; what is claimed, and not where
        assert other.title.split()[0].encode() in written


def test_evidence_holds_no_record_of_it(project: Project) -> None:
    secret, other = taken(project)
    evidence = gather(project.read, "Ana")
    assert set(evidence.articles) == {other.id}
    assert {text.article_id for text in evidence.texts.values()} == {other.id}
    assert {file.name for file in evidence.files.values()} == {"flood.txt"}
    assert {one.article_id for one in evidence.annotations.values()} == {other.id}
    assert not evidence.links_from
    assert not evidence.links_to
    assert {said.annotation_id for said in evidence.attributions} <= set(evidence.annotations)
    assert not evidence.checks
    assert not evidence.open_suggestions
    assert secret.id not in evidence.articles


def test_no_list_count_or_tie_knows_it(project: Project) -> None:
    secret, other = taken(project)
    read = project.read
    binned = set(read.ids_in_articles([secret.id]))
    (far,) = read.annotation_ids(other.id)
    assert [article.id for article in read.articles()] == [other.id]
    assert not binned & set(read.annotation_ids())
    assert not binned & {one.id for one in read.annotations()}
    assert read.tag_counts() == {read.tags()[0].id: 1}
    assert read.links([far], with_bin=False) == []
    assert len(read.links([far])) == 1
    totals = read.totals()
    assert (totals["articles"], totals["claims"], totals["figures"], totals["mentions"]) == (1, 1, 0, 0)
    assert (totals["links"], totals["checks"], totals["suggestions"], totals["attributions"]) == (0, 0, 0, 1)
    named = {source.id: source.name for source in read.sources()}
    assert totals["sources"] == len(named) - 1, "the one that only the article in the bin names"
    for source_id in named:
        assert not binned & set(read.mentions_of(source_id, with_bin=False))
        assert not binned & {one.annotation_id for one in read.attributions_to(source_id, with_bin=False)}
    for annotation in read.annotations(binned):
        assert read.annotation_named(Reference(annotation.kind, annotation.number)) is None
        assert read.count_marked(annotation.kind, annotation.words) == 0
    assert read.ties_of(far) == []
    assert read.earlier_index().by_title == {} or all(
        secret.id not in ids for ids in read.earlier_index().by_title.values()
    )


def test_a_figure_is_not_said_by_whom_a_claim_in_the_bin_names(project: Project) -> None:
    secret, other = taken(project)
    figure = marked(project, other, Kind.FIGURE, "900")
    claim = next(one for one in project.read.ids_in_articles([secret.id]) if project.read.links([one]))
    do.link(project, claim, figure, Relation.CONTAINS)
    assert project.read.claims_with(figure) == []
    assert project.read.speakers([figure]) == {}
    do.restore_from_bin(project, [secret.id])
    assert project.read.claims_with(figure) == [claim]
    assert project.read.speakers([figure])


def test_only_who_marked_outside_the_bin_can_be_hidden(project: Project) -> None:
    secret, _other = taken(project)
    do.restore_from_bin(project, [secret.id])
    project.become("Ben")
    marked(project, secret, Kind.CLAIM, "A resident")
    assert [one.name for one in project.read.marking_analysts()] == ["Ana", "Ben"]
    do.move_to_bin(project, [secret.id])
    assert [one.name for one in project.read.marking_analysts()] == ["Ana"]


def test_the_bin_says_when_through_whom_and_with_how_many_marks(project: Project) -> None:
    secret, other = taken(project)
    project.become("Ben")
    do.move_to_bin(project, [other.id])
    first, second = project.read.binned()
    assert (first.article.id, first.moved_by, first.marks) == (other.id, "Ben", 1)
    assert (second.article.id, second.moved_by, second.marks) == (secret.id, "Ana", 3)
    assert first.moved_at is not None
    assert second.moved_at is not None
    assert first.moved_at >= second.moved_at
    do.restore_from_bin(project, [other.id, secret.id])
    assert project.read.binned() == []
    history.undo(project)
    assert [one.moved_by for one in project.read.binned()] == ["Ben", "Ben"] or len(project.read.binned()) == 2


def test_there_and_back_nothing_is_different(project: Project) -> None:
    secret, other = taken(project)
    do.restore_from_bin(project, [secret.id])
    before = tables_of(project)
    do.move_to_bin(project, [secret.id, other.id])
    assert project.read.articles() == []
    assert all(count == 0 for name, count in project.read.totals().items() if name not in ("tags", "sources"))
    do.restore_from_bin(project, [other.id])
    do.restore_from_bin(project, [secret.id])
    assert tables_of(project) == before
    everything_is_whole(project)
