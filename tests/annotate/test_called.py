"""What rows and their columns are called: nothing that an analyst reads is the name of a table, a column or an id."""

from __future__ import annotations

import re

import pytest

from annotate import commands as do
from annotate.called import called, what_it_is
from annotate.field_labels import field_label
from annotate.model import Article
from annotate.project import Project
from annotate.row_names import RowNames
from annotate.store.schema import JOURNALLED, metadata
from annotate.suggest import ENGINE, VERSION, propose
from annotate.vocabulary import Kind, Relation
from tests.annotate.drafts import FLOOD
from tests.annotate.works import marked


@pytest.mark.parametrize("table", sorted(metadata.tables))
def test_every_column_of_every_table_has_words_of_its_own(table: str) -> None:
    for column in metadata.tables[table].c:
        label = field_label(table, column.name)
        assert re.fullmatch(r"[A-Z][\w ,’-]*", label), f"{table}.{column.name}: {label}"
        assert "_" not in label


def test_every_table_has_a_word_for_one_of_its_rows() -> None:
    assert all(what_it_is(name)[0].isupper() and "_" not in what_it_is(name) for name in metadata.tables)


def test_every_row_of_a_project_is_known_by_what_people_know(project: Project, article: Article) -> None:
    claim = marked(project, article, Kind.CLAIM, "Nobody told us")
    figure = marked(project, article, Kind.FIGURE, "900")
    mention = marked(project, article, Kind.SOURCE, "baker")
    do.register_mention(project, mention)
    do.attribute(project, claim, project.read.sources()[0].id)
    do.link(project, claim, figure, Relation.CONTAINS)
    do.toggle_tag(project, [claim], do.add_tag(project, "urgent 🌊"))
    do.store_proposals(project, article.text_id, propose(FLOOD), engine=ENGINE, version=VERSION)
    names = RowNames(project.read)
    first = {
        name: names.name(name, min(ids))
        for name, table in JOURNALLED.items()
        if (ids := set(project.read.connection.execute(table.select()).scalars()))
    }
    assert first == {
        "projects": "Project",
        "files": f"File “{project.read.files()[0].name}”",
        "articles": article.label,
        "texts": f"{article.label}, text 1",
        "sources": "SRC-001",
        "annotations": "C-0001",
        "spans": "Place of C-0001",
        "claims": "C-0001",
        "figures": "F-0001",
        "mentions": "S-0001",
        "attributions": "Attribution of C-0001",
        "links": "Link of C-0001",
        "tags": "Tag “urgent 🌊”",
        "annotation_tags": "Tag on C-0001",
        "suggestions": f"Suggestion in {article.label}, text 1",
    } | {name: first[name] for name in ("parts",) if name in first}


def test_a_row_of_which_nothing_is_left_has_no_name() -> None:
    assert called("spans", 5, lambda _table, _id: {}) == ""
    assert called("spans", 5, lambda table, _id: {"annotation_id": 3} if table == "spans" else {}) == ""
