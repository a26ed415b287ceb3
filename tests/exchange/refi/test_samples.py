"""Projects and codebooks of other programs come in, each with what it holds and a report of what has no place."""

from collections import Counter
from pathlib import Path

import pytest

from annotate import commands as do
from annotate.exchange.incoming import Incoming
from annotate.exchange.refi import read_codebook, read_project
from annotate.project import Project
from annotate.vocabulary import Kind, Stance
from tests.annotate.works import everything_is_whole
from tests.exchange.refi.packages import words

HELD = {
    "atlasti26_namespace.qdc": (0, 6, 0),
    "blank-atlas-project.qdpx": (0, 0, 0),
    "nvivo12mac_namespace.qdc": (0, 6, 0),
    "nvivo_project.qdpx": (0, 262, 0),
    "qualcoder_export.qdpx": (3, 5, 9),
    "qualitative-coding_demo.qdpx": (2, 262, 158),
    "reference_claims.qdc": (0, 12, 0),
    "reference_claims.qdpx": (1, 12, 5),
    "skyloom_TestProject.qdpx": (5, 14, 9),
    "spec_A1.qdc": (0, 6, 0),
    "taguette_expected.qdc": (0, 3, 0),
    "target-atlas-project.qdpx": (0, 3, 0),
}


def sample(shared: Path, name: str) -> Incoming:
    data = (shared / "interchange" / "refi" / "samples" / name).read_bytes()
    return read_codebook(name, data) if name.endswith(".qdc") else read_project(name, data)


def test_every_sample_is_known_here(shared: Path) -> None:
    assert {path.name for path in (shared / "interchange" / "refi" / "samples").iterdir()} == set(HELD)


@pytest.mark.parametrize("name", HELD)
def test_a_sample_comes_in_with_what_it_holds(shared: Path, tmp_path: Path, name: str) -> None:
    incoming = sample(shared, name)
    assert (len(incoming.articles), len(incoming.tags), len(incoming.annotations)) == HELD[name]
    with Project.create(tmp_path / "one.pnote", "Ana") as project:
        taken = do.take_in(project, incoming)
        everything_is_whole(project)
        assert project.read.project_info().note == incoming.note
        assert taken.new.get("articles", 0) == HELD[name][0]
        assert taken.new.get("tags", 0) == HELD[name][1]
        assert sum(taken.new.get(kind, 0) for kind in ("claims", "figures", "mentions")) == HELD[name][2]
        assert do.take_in(project, sample(shared, name)).new == {}


def test_the_reference_keeps_words_variables_memos_and_who_says_so(shared: Path) -> None:
    incoming = sample(shared, "reference_claims.qdpx")
    assert words(incoming) == ["Inflation rose to 45% in May", "45%", "the central bank", "نرخ تورم ۴۵٪ شد", "👨‍👩‍👧"]
    assert [one.kind for one in incoming.annotations] == [Kind.CLAIM, Kind.FIGURE, Kind.SOURCE, Kind.CLAIM, Kind.CLAIM]
    names = {tag.key: tag.name for tag in incoming.tags}
    assert [[names[key] for key in one.tags] for one in incoming.annotations] == [
        ["Claim: factual"],
        ["Figure: percentage"],
        ["Source: organisation"],
        ["Claim: factual"],
        [],
    ]
    note = incoming.annotations[0].note
    assert "needs a second source" in note
    assert "value: 45; unit: %; verdict: disputed; checked: true; as of: 2026-05-31" in note
    assert "supported by: “45%”" in note
    assert "Batch June" in incoming.articles[0].note
    [said] = incoming.attributions
    [source] = incoming.sources
    assert (source.name, said.source, said.stance) == ("the central bank", source.key, Stance.ASSERTS)
    assert {one.analyst for one in incoming.annotations} == {"Analyst A"}


def test_qualcoder_keeps_memos_addresses_and_one_mark_for_words_coded_twice(shared: Path) -> None:
    incoming = sample(shared, "qualcoder_export.qdpx")
    assert Counter(words(incoming)) == Counter(
        {
            "growth hit 3.0 %": 1, "growth hit 3.1 %": 1, "growth hit 3.2 %": 1,
            "3.0 %": 1, "3.1 %": 1, "3.2 %": 1,
            "Statistics Office <2024> & partners": 3,
        }
    )  # fmt: skip
    assert [article.draft.url for article in incoming.articles] == [f"https://ex.org/{number}" for number in range(3)]
    assert [article.note for article in incoming.articles] == [f"file memo {number}\n\nnote" for number in range(3)]
    assert any("12 of 12 passages have the words that stand there" in one for one in incoming.said)
    assert any("“Claim”, “Figure”, “Source”" in one for one in incoming.said)
    assert any(one.startswith("Cases") and one.endswith("3.") for one in incoming.said)


def test_codes_without_kinds_make_claims_and_that_is_told_once(shared: Path) -> None:
    incoming = sample(shared, "qualitative-coding_demo.qdpx")
    assert {one.kind for one in incoming.annotations} == {Kind.CLAIM}
    assert all(one.tags and one.spans for one in incoming.annotations)
    told = [one for one in incoming.said if "became claims" in one]
    assert told == ["Passages whose codes name none of the kinds became claims, with the codes as tags: 158."]


def test_of_texts_that_are_missing_the_coded_passages_are_kept_and_all_else_is_counted(shared: Path) -> None:
    incoming = sample(shared, "skyloom_TestProject.qdpx")
    assert "Oh, that was great. See you tomorrow? Eleven thirty. Mm." in words(incoming)
    assert all("The text itself is not in the package." in article.note for article in incoming.articles)
    told = " ".join(incoming.said)
    for what in (
        "Pictures",
        "Recordings",
        "Graphs",
        "Areas on pages of PDF files",
        "Sets of codes",
        "Areas in pictures",
    ):
        assert what in told
    assert "Research Plan" in incoming.note
    [free] = [one for one in incoming.annotations if "Mabel is not the only person" in one.note]
    assert free.tags == ()


def test_names_of_colours_guids_in_braces_and_old_namespaces_are_read(shared: Path) -> None:
    for name in ("atlasti26_namespace.qdc", "nvivo12mac_namespace.qdc", "spec_A1.qdc"):
        economy = sample(shared, name).tags[1]
        assert (economy.name, economy.colour, str(economy.uid)) == (
            *("Economy", "#ffff00", "d7aa29da-519b-4946-9b90-253b6db8fd0a"),
        )
        assert economy.meaning == "Anything about jobs or taxes or business"
