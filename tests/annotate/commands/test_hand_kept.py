"""Taking in claims lists: quotes on their words, the rest without a place, nothing twice, all of it one step."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotate import cli
from annotate import commands as do
from annotate.commands.hand_kept import ListPlan, TakenList, plan_list, take_in_list
from annotate.errors import NotAllowed
from annotate.exchange.hand_kept import guess, read_sheet
from annotate.history import undo
from annotate.integrity import check_project
from annotate.model import Annotation, Article
from annotate.project import Project
from annotate.vocabulary import ArticleType, Finding, Kind, Mode, Origin, PartRole, Progress
from tests.annotate.drafts import FLOOD, span_of, tables_of, take_in

HEADINGS = ("No", "Claim", "Who", "Number", "Article", "Link", "Status", "Note", "Tags", "Camera")
ROWS = [
    ("1", "“At least  900 people left - their homes on Monday”", "the regional civil defence", "900",
     "Flood 🌊 in the upper valley", "", "verified", "see map", "flood; dam", "phone"),
    ("2", "Nobody told us […] that the dam was weak.", "Zoé Nürsen", "", "", "https://example.org/a", "false",
     "", "", ""),
    ("3", "The bridge fell", "A witness", "12 dead", "Some paper", "https://example.org/b", "open", "", "", ""),
    ("4", "", "", "", "", "", "", "only a note", "", ""),
]  # fmt: skip


def as_csv(rows: list[tuple[str, ...]], headings: tuple[str, ...] = HEADINGS) -> bytes:
    made = io.StringIO()
    csv.writer(made).writerows([headings, *rows])
    return made.getvalue().encode("utf-8")


def planned(project: Project, rows: list[tuple[str, ...]], name: str = "list.csv", **more: object) -> ListPlan:
    sheet = read_sheet(as_csv(rows, **more), name)  # type: ignore[arg-type]
    plan = plan_list(project.read, sheet, guess(sheet.headings, [row.cells for row in sheet.rows]))
    assert plan is not None
    return plan


def taken(project: Project, rows: list[tuple[str, ...]], **more: object) -> TakenList:
    made = take_in_list(project, planned(project, rows, **more))  # type: ignore[arg-type]
    assert check_project(project.read) == []
    return made


def of_kind(project: Project, kind: Kind) -> list[Annotation]:
    return [one for one in project.read.annotations() if one.kind is kind]


def said_by(project: Project, claim: Annotation) -> set[str]:
    return set(project.read.speakers([claim.id]).get(claim.id, ()))


def test_quotes_are_put_on_their_words_and_the_rest_are_claims_without_a_span(project: Project, article: Article):
    assert planned(project, ROWS).sentence == (
        "4 rows: 2 quotes found in 1 article, 1 without a place, 1 without a claim."
    )
    made = taken(project, ROWS)
    assert made.sentence == "3 claims taken in."
    placed, interrupted, without = sorted(of_kind(project, Kind.CLAIM), key=lambda claim: claim.number)
    assert [span.exact for span in placed.spans] == ["At least 900 people left their homes on Monday"]
    assert (placed.article_id, placed.origin, placed.claim.finding) == (article.id, Origin.HAND, Finding.CONFIRMED)
    assert placed.note == "see map\nNo: 1\nStatus: verified\nCamera: phone"
    assert {tag.name for tag in project.read.tags() if tag.id in placed.tag_ids} == {"flood", "dam"}
    assert said_by(project, placed) == {"the regional civil defence"}
    assert interrupted.words == "Nobody told us […] that the dam was weak."
    assert (interrupted.claim.mode, interrupted.claim.finding) == (Mode.DIRECT, Finding.REFUTED)
    assert (without.words, without.spans, without.claim.progress) == ("The bridge fell", (), Progress.OPEN)
    assert without.article_id == made.article_id
    assert without.note.splitlines() == ["No: 3", "Article: Some paper", "Link: https://example.org/b"]


def test_the_list_is_an_article_that_holds_every_cell_and_its_bytes(project: Project):
    made = taken(project, ROWS)
    kept = project.read.article(made.article_id)
    assert kept is not None
    assert (kept.title, kept.type) == ("Claims list list.csv", ArticleType.DOCUMENT)
    assert project.read.file_bytes(kept.file_id or 0) == as_csv(ROWS)
    body = project.read.body(kept.text_id)
    assert all(cell in body for row in ROWS for cell in row)
    assert "only a note" in body
    [part] = project.read.parts(kept.text_id)
    assert (part.role, part.start, part.end) == (PartRole.BOILERPLATE, 0, len(body))  # nothing is suggested in it


def test_figures_stand_in_the_words_of_their_claim_or_beside_it(project: Project, article: Article):
    taken(project, ROWS)
    inside, beside = sorted(of_kind(project, Kind.FIGURE), key=lambda figure: figure.number)
    assert [span.exact for span in inside.spans] == ["At least 900 people"]
    assert (inside.figure.low, inside.figure.counted) == (900, "people")
    assert (beside.words, beside.spans, beside.figure.value) == ("12 dead", (), 12)
    contained = {link.to_id: link.from_id for link in project.read.links()}
    claims = {claim.number: claim.id for claim in of_kind(project, Kind.CLAIM)}
    assert contained == {inside.id: claims[1], beside.id: claims[3]}


def test_it_is_one_step_and_undo_takes_all_of_it_back(project: Project, article: Article):
    before = tables_of(project)
    taken(project, ROWS)
    undo(project)
    assert tables_of(project) == before


def test_the_same_list_twice_changes_nothing_the_second_time(project: Project, article: Article):
    taken(project, ROWS)
    before = tables_of(project)
    assert planned(project, ROWS).done == 4
    again = taken(project, ROWS)
    assert again.sentence == "0 claims taken in, 4 rows were in the project already."
    assert tables_of(project) == before


def test_sorted_renamed_and_with_one_row_more_only_that_one_comes_in(project: Project, article: Article):
    taken(project, ROWS)
    more = [*reversed(ROWS), ("5", "dozens of houses stood empty", "A witness", "", "", "", "", "", "", "")]
    assert taken(project, more, name="list (2).csv").claims == 1
    assert len(of_kind(project, Kind.CLAIM)) == 4


def test_a_list_with_more_rows_is_a_new_version_of_the_same_article(project: Project):
    first = taken(project, ROWS)
    second = taken(project, [*ROWS, ("5", "Rain stopped", "", "", "", "", "", "", "", "")])
    assert second.article_id == first.article_id
    assert [text.number for text in project.read.texts(first.article_id)] == [1, 2]
    assert len([one for one in project.read.articles() if one.type is ArticleType.DOCUMENT]) == 1


def test_quotes_come_to_their_article_once_it_is_in_the_project(project: Project):
    made = taken(project, ROWS)
    assert all(claim.article_id == made.article_id for claim in of_kind(project, Kind.CLAIM))
    article = take_in(project)
    again = taken(project, ROWS)
    assert again.sentence == (
        "0 claims taken in, 2 from before put on their words, 2 rows were in the project already."
    )
    placed = [claim for claim in of_kind(project, Kind.CLAIM) if claim.spans]
    assert [claim.article_id for claim in placed] == [article.id, article.id]
    [figure] = [figure for figure in of_kind(project, Kind.FIGURE) if figure.spans]
    assert (figure.article_id, figure.words) == (article.id, "At least 900 people")
    undo(project)
    assert not any(claim.spans for claim in of_kind(project, Kind.CLAIM))


def test_a_witness_of_the_list_becomes_one_of_the_article_that_the_claim_comes_to(project: Project):
    rows = [("1", "dozens of houses stood empty", "A witness", "", "", "", "", "", "", "")]
    taken(project, rows)
    take_in(project, FLOOD.replace("🏚️ ", ""))
    taken(project, rows)
    [source] = project.read.sources()
    [claim] = of_kind(project, Kind.CLAIM)
    assert (source.name, source.article_id) == ("A witness", claim.article_id)


def test_the_article_is_found_by_address_title_id_and_file_name(project: Project):
    words = "The river rose by two metres 🌊 overnight, the mayor said."
    one, other = (
        take_in(project, f"Report {name}\n\n{words}", f"{name}.txt", title=f"Long report {name}", url=f"https://x.org/{name}")
        for name in ("one", "two")
    )  # fmt: skip
    for row, expected in (
        ({}, one.id),
        ({"Link": "http://www.x.org/two/?utm_source=a"}, other.id),
        ({"Article": "LONG REPORT “TWO”"}, other.id),
        ({"Article": f"A-{other.id:04d}"}, other.id),
        ({"Article": "two.txt"}, other.id),
        ({"Article": "two"}, other.id),
        ({"Article": "The Long report two (pdf)"}, other.id),
    ):
        cells = {"Claim": words, "Article": "", "Link": "", **row}
        [row_] = planned(project, [tuple(cells.values())], headings=tuple(cells)).rows
        assert row_.article_id == expected, row
        assert row_.more == (1 if expected == one.id else 0)


def test_a_claim_that_its_article_does_not_have_belongs_to_it_without_a_place(project: Project, article: Article):
    rows = [("Nine houses burned", "Flood 🌊 in the upper valley")]
    taken(project, rows, headings=("Claim", "Article"))
    [claim] = of_kind(project, Kind.CLAIM)
    assert (claim.article_id, claim.spans, claim.note) == (article.id, (), "")


def test_rows_with_the_same_quote_are_one_claim_that_several_people_make(project: Project, article: Article):
    quote = "At least 900 people left their homes"
    rows = [(quote, "mayor", "verified", "a"), (quote.upper(), "Ministry of Water", "refuted", "b")]
    assert taken(project, rows, headings=("Claim", "Source", "Status", "Note")).claims == 1
    [claim] = of_kind(project, Kind.CLAIM)
    assert said_by(project, claim) == {"mayor", "Ministry of Water"}
    assert claim.note.splitlines() == ["a", "Status: verified", "b", "list.csv: refuted"]


def test_a_claim_that_was_marked_by_hand_gains_what_it_does_not_have(project: Project, article: Article):
    marked = do.mark(project, article.id, Kind.CLAIM, [span_of(project, article, "The road to Alt-Moor was closed")])
    do.edit_annotation(project, marked, note="mine")
    do.edit_record(project, marked, finding=Finding.CONFIRMED)
    rows = [("the road to Alt-Moor was closed", "Police", "false", "theirs")]
    made = taken(project, rows, headings=("Claim", "Source", "Status", "Note"))
    assert (made.claims, made.joined) == (0, 1)
    [claim] = of_kind(project, Kind.CLAIM)
    assert (claim.id, claim.claim.finding) == (marked, Finding.CONFIRMED)
    assert claim.note.splitlines() == ["mine", "theirs", "Status: false", "list.csv: refuted"]
    assert said_by(project, claim) == {"Police"}


def test_sources_are_matched_by_their_names_and_aliases(project: Project, article: Article):
    known = do.add_source(project, "Syrian Observatory for Human Rights")
    do.edit_source(project, known, aliases=("SOHR",))
    taken(project, [("Rain fell", "SOHR"), ("Snow fell", "the SOHR"), ("Ice", "UN")], headings=("Claim", "Source"))
    assert sorted(source.name for source in project.read.sources()) == ["Syrian Observatory for Human Rights", "UN"]
    assert len(project.read.attributions_to(known)) == 2


def test_quotes_are_not_found_in_lists_nor_in_the_bin(project: Project, article: Article):
    do.move_to_bin(project, [article.id])
    taken(project, ROWS)
    assert planned(project, ROWS, name="other.csv").found == 0


def test_a_project_that_has_changed_since_is_not_written_to(project: Project, article: Article):
    plan = planned(project, ROWS)
    do.move_to_bin(project, [article.id])
    before = tables_of(project)
    with pytest.raises(NotAllowed, match="Take it in once more"):
        take_in_list(project, plan)
    assert tables_of(project) == before


def test_looking_through_can_be_stopped(project: Project, article: Article):
    sheet = read_sheet(as_csv(ROWS), "list.csv")
    columns = guess(sheet.headings, [row.cells for row in sheet.rows])
    assert plan_list(project.read, sheet, columns, lambda _done, _total: False) is None


cells = st.text(
    st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from("900 people; “ ” … \u2028 🌊"), max_size=40
)
rows = st.lists(
    st.tuples(st.sampled_from(["At least 900 people left", "The road to Alt-Moor", "x"]) | cells, *[cells] * 5),
    min_size=1,
    max_size=6,
)  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30, deadline=None)
@given(rows)
def test_whatever_a_list_holds_it_goes_in_once_and_comes_out_whole(tmp_path_factory: pytest.TempPathFactory, rows):
    with Project.create(tmp_path_factory.mktemp("p") / "a.pnote", "Ana") as project:
        take_in(project)
        headings = ("Claim", "Source", "Figure", "Article", "Status", "Tags")
        before = tables_of(project)
        kept = [*rows, ("last claim", "", "", "", "", "")]
        taken(project, kept, headings=headings)
        after = tables_of(project)
        assert taken(project, kept, headings=headings).claims == 0
        assert tables_of(project) == after
        undo(project)
        assert tables_of(project) == before


def test_the_command_takes_a_list_in_and_says_what_it_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    path, listed = tmp_path / "a.pnote", tmp_path / "claims.csv"
    listed.write_bytes(as_csv(ROWS))
    with Project.create(path, "Ana") as project:
        take_in(project)
    assert cli.main(["claims", str(path), str(listed), "--dry-run"]) == 0
    looked = capsys.readouterr().out
    assert looked.endswith("4 rows: 2 quotes found in 1 article, 1 without a place, 1 without a claim.\n")
    assert "claim “Claim”, source “Who”, figure “Number”" in looked
    assert cli.main(["claims", str(path), str(listed), "--columns", "claim=2,source=Who"]) == 0
    assert capsys.readouterr().out.endswith("3 claims taken in.\n")
    assert cli.main(["claims", str(path), str(listed), "--columns", "claim=Quote"]) == 1
    assert "has no column “Quote”" in capsys.readouterr().err
    assert cli.main(["claims", str(path), str(listed), "--columns", "text=1"]) == 2
