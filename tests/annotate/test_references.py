"""IDs and links as people type and paste them, and what they lead to."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate import commands as do
from annotate.model import Article
from annotate.project import Project, uid_of
from annotate.references import SCHEME, Named, Reference, read_reference
from annotate.vocabulary import Kind
from tests.annotate.drafts import span_of

UID = "0f8fad5b-d9cb-469f-a165-70867728950e"


@pytest.mark.parametrize(
    ("words", "reference"),
    [
        ("C-0004", Reference(Kind.CLAIM, 4)),
        (" c4 ", Reference(Kind.CLAIM, 4)),
        ("f 12", Reference(Kind.FIGURE, 12)),
        ("S\u20110007", Reference(Kind.SOURCE, 7)),
        ("SRC-014", Reference(Named.SOURCE, 14)),
        ("a-3", Reference(Named.ARTICLE, 3)),
        ("K-0002", Reference(Named.CHECK, 2)),
        (f"provenote://{UID}/C-0004", Reference(Kind.CLAIM, 4, UUID(UID))),
        (f"PROVENOTE://{UID.replace('-', '')}/SRC-014/", Reference(Named.SOURCE, 14, UUID(UID))),
    ],
)
def test_an_id_is_read_as_it_is_typed(words: str, reference: Reference) -> None:
    assert read_reference(words) == reference


@pytest.mark.parametrize(
    "words",
    [
        "",
        "C",
        "C-0",
        "C-4 and more",
        "Claim 4",
        "-4",
        "C-\u0664",
        f"{SCHEME}://nobody/C-4",
        f"{SCHEME}://{UID}/",
        "🌊-4",
    ],
)
def test_other_words_are_no_id(words: str) -> None:
    assert read_reference(words) is None


@given(of=st.sampled_from([*Kind, *Named]), number=st.integers(1, 999_999_999))
def test_what_is_written_is_read(of: Kind | Named, number: int) -> None:
    assert read_reference(str(Reference(of, number))) == Reference(of, number)


def test_an_id_leads_to_its_annotation(project: Project, article: Article) -> None:
    claim = do.mark(project, article.id, Kind.CLAIM, [span_of(project, article, "900 people")])
    mention = do.mark(project, article.id, Kind.SOURCE, [span_of(project, article, "civil defence")])
    do.register_mention(project, mention)
    alone = do.add_source(project, "Harbour Post")
    do.attribute(project, claim, alone)
    silent = do.add_source(project, "Nobody")
    check = do.add_check(project, claim, checked_on=project.read.articles()[0].imported_at.date(), looked_at="map")
    numbers = {source.id: source.number for source in project.read.sources()}
    named = project.read.annotation(mention).mention.source_id  # type: ignore[union-attr]
    lead = project.read.annotation_named
    assert lead(Reference(Kind.CLAIM, 1)) == claim
    assert lead(Reference(Kind.SOURCE, 1)) == mention
    assert lead(Reference(Kind.FIGURE, 1)) is None
    assert lead(Reference(Named.SOURCE, numbers[named])) == mention  # type: ignore[index]
    assert lead(Reference(Named.SOURCE, numbers[alone])) == claim
    assert lead(Reference(Named.SOURCE, numbers[silent])) is None
    assert lead(Reference(Named.CHECK, check)) == claim
    do.move_to_bin(project, [article.id])
    assert lead(Reference(Kind.CLAIM, 1)) is None


def test_a_project_tells_its_uid_whether_it_is_open_or_not(project: Project) -> None:
    uid, path = project.read.project_info().uid, project.path
    assert uid_of(path) == uid
    project.close()
    assert uid_of(path) == uid
    assert uid_of(path.with_name("none.pnote")) is None
