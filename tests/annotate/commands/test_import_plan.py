"""What an import would do is told before it is done, and what an analyst decides is what is done."""

from __future__ import annotations

from dataclasses import replace

from annotate.commands import DecidedFile, Decision, Planner, import_file, import_files, move_to_bin
from annotate.history import undo
from annotate.importers import Draft, ImportedFile
from annotate.project import Project
from annotate.vocabulary import ArticleType
from tests.annotate.drafts import FLOOD, imported, tables_of
from tests.statements import statements_to

WIRE = "Ferry sinks 🚢\n\nقال الدفاع المدني: 12 people drowned."


def of_outlet(outlet: str | None, name: str) -> ImportedFile:
    return imported(WIRE, name, data=name.encode(), outlet=outlet)


def bundle(*texts: str, name: str = "bundle.html", data: bytes = b"bundle") -> ImportedFile:
    drafts = tuple(
        Draft(text=text, title=text[:12], title_confirmed=True, place_in_file=f"{number} of {len(texts)}")
        for number, text in enumerate(texts, start=1)
    )
    return replace(imported(texts[0], name, data=data), articles=drafts)


def outcomes(project: Project, *files: ImportedFile, updating: bool = True) -> list[list[str]]:
    plans = Planner(project.read, updating=updating).plan(files)
    return [[prospect.outcome for prospect in plan.prospects] for plan in plans]


def test_a_plan_says_what_the_import_then_does_and_writes_nothing(project: Project) -> None:
    import_file(project, imported(FLOOD, "flood.txt", url="https://harbour.example/flood"))
    files = [
        imported(FLOOD, "copy.txt"),
        imported(FLOOD.replace("900", "950"), "b.txt", url="https://harbour.example/flood"),
        imported("Other\n\nwords e\u0301", "c.txt"),
        imported("Other\n\nwords e\u0301", "d.txt", data=b"other bytes"),
    ]
    before = tables_of(project)
    plans = Planner(project.read, updating=True).plan(files)
    assert tables_of(project) == before
    foreseen = [plan.prospects[0].outcome for plan in plans]
    assert foreseen == ["duplicate", "updated", "imported", "duplicate"]
    assert plans[1].prospects[0].known.title == "Flood 🌊 in the upper valley"
    assert plans[3].prospects[0].known.article_id is None
    assert [taken.outcome for taken in import_files(project, files, label="Import", updating=True)] == foreseen


def test_planning_many_files_asks_no_more_than_planning_few(project: Project) -> None:
    for number in range(5):
        import_file(project, imported(f"There {number}\n\nwords", f"{number}.txt", url=f"https://a.example/{number}"))
    asked = []
    for count in (10, 60):
        files = [imported(f"New {number}\n\nwords", f"new {number}.txt") for number in range(count)]
        with statements_to(project.read) as statements:
            Planner(project.read, updating=True).plan(files)
        asked.append(len(statements))
    assert asked[0] == asked[1]


def test_the_same_words_under_two_outlets_are_two_articles_and_told(project: Project) -> None:
    files = [of_outlet("Harbour Post", "a.txt"), of_outlet("Hill Courier", "b.txt")]
    taken = import_files(project, files, label="Import")
    assert [one.outcome for one in taken] == ["imported", "imported"]
    said = "“Ferry sinks 🚢” has the same words as “Ferry sinks 🚢” of Harbour Post; both are kept."
    assert taken[1].reason == said
    assert [article.outlet for article in project.read.articles()] == ["Harbour Post", "Hill Courier"]


def test_the_same_words_of_the_same_outlet_or_of_none_stated_come_in_once(project: Project) -> None:
    import_file(project, of_outlet("The Harbour Post", "a.txt"))
    again = [of_outlet("harbour post", "b.txt"), of_outlet(None, "c.txt")]
    assert outcomes(project, *again) == [["duplicate"], ["duplicate"]]


def test_what_was_left_out_of_a_bundle_can_be_taken_in_later(project: Project) -> None:
    file = bundle("First words", "Second words", "Third words")
    first, _, third = map(Decision, file.articles)
    [taken] = import_files(project, [DecidedFile(file, (first, third))], label="Import")
    assert [article.title for article in taken.articles] == ["First words", "Third words"]
    assert outcomes(project, file) == [["duplicate", "imported", "duplicate"]]
    [taken] = import_files(project, [file], label="Import")
    assert taken.outcome == "partial"
    assert [article.title for article in project.read.articles()] == ["First words", "Third words", "Second words"]


def test_corrections_made_before_the_import_are_what_goes_in(project: Project) -> None:
    file = imported("Guessed title\n\nwords 🇵🇸", "a.txt")
    draft = replace(
        file.articles[0], title="A post", title_confirmed=True, outlet="Outlet", type=ArticleType.POST, url="https://x"
    )
    import_files(project, [DecidedFile(file, (Decision(draft),))], label="Import")
    [article] = project.read.articles()
    assert (article.title, article.title_confirmed, article.outlet) == ("A post", True, "Outlet")
    assert (article.type, article.url) == (ArticleType.POST, "https://x")
    undo(project)
    assert project.read.articles() == []


def test_an_analyst_may_take_in_a_copy_as_an_article_of_its_own(project: Project) -> None:
    file = imported(FLOOD, "flood.txt")
    import_file(project, file)
    [taken] = import_files(project, [DecidedFile(file, (Decision(file.articles[0], anyway=True),))], label="Import")
    assert taken.outcome == "imported"
    assert len(project.read.articles()) == 2


def test_an_analyst_may_say_which_article_a_text_is_a_new_version_of(project: Project) -> None:
    article_id = import_file(project, imported(FLOOD, "flood.txt")).articles[0].article_id
    file = imported("Quite other words", "other.txt")
    decided = DecidedFile(file, (Decision(file.articles[0], updates=article_id),))
    [taken] = import_files(project, [decided], label="Import")
    assert taken.outcome == "updated"
    assert [text.number for text in project.read.texts(article_id)] == [1, 2]


def test_a_version_of_an_article_that_is_gone_by_then_comes_in_as_new(project: Project) -> None:
    article_id = import_file(project, imported(FLOOD, "flood.txt")).articles[0].article_id
    move_to_bin(project, [article_id])
    file = imported("Quite other words", "other.txt")
    [taken] = import_files(project, [DecidedFile(file, (Decision(file.articles[0], updates=article_id),))], label="I")
    assert taken.outcome == "imported"


def test_a_text_that_the_article_has_already_changes_nothing(project: Project) -> None:
    file = imported(FLOOD, "flood.txt")
    article_id = import_file(project, file).articles[0].article_id
    before = tables_of(project)
    file = imported(FLOOD, "again.txt", data=b"other bytes")
    [taken] = import_files(project, [DecidedFile(file, (Decision(file.articles[0], updates=article_id),))], label="I")
    assert taken.outcome == "duplicate"
    assert taken.reason == "“Flood 🌊 in the upper valley” has this text already."
    assert tables_of(project) == before


def test_articles_without_words_are_not_the_same_article(project: Project) -> None:
    files = [bundle("", name=f"{number}.png", data=bytes([number])) for number in range(2)]
    assert outcomes(project, *files) == [["imported"], ["imported"]]


def test_two_versions_in_one_import_are_told(project: Project) -> None:
    newer = FLOOD.replace("900", "950")
    files = [
        imported(FLOOD, "a.txt", outlet="Harbour Post"),
        imported(newer, "b.txt", outlet="Harbour Post"),
        imported("Other\n\nwords e\u0301", "c.txt", url="https://harbour.example/other"),
        imported("Others 🚢\n\nquite different", "d.txt", url="http://www.harbour.example/other?utm_source=x"),
        imported(FLOOD + "And more.", "e.txt", outlet="Hill Courier"),
        bundle("The same title\n\nof one file", "The same title\n\nof the same file"),
    ]
    plans = Planner(project.read, updating=True).plan(files)
    said = [prospect.said for plan in plans for prospect in plan.prospects]
    assert [bool(sentence) for sentence in said] == [False, True, False, True, False, False, False]
    assert said[1].startswith("“Flood 🌊 in the upper valley” comes in this import with other words as well")
    assert all(prospect.is_new for plan in plans for prospect in plan.prospects)
