"""What was found is looked over, corrected and chosen before it goes in: a real mixed folder, real keys and clicks."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from annotate import commands, history
from annotate.errors import ImportRefused
from annotate.importers import ImportedFile, read_file
from annotate.vocabulary import ArticleType
from tests.annotate.drafts import imported
from tests.ui.conftest import Hands, reviewed
from ui.columns_dialog import ColumnsDialog
from ui.review import ImportReview
from ui.review import dialog as review_dialog
from ui.review.encoding_dialog import EncodingDialog
from ui.review.found import Found
from ui.review.model import COLUMNS, HAPPENS
from ui.review.rows import Row, Shown

# The offscreen screen has no stacking order and no keyboard to grab.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

ARABIC = "قال الدفاع المدني إن المياه تواصل الارتفاع في الوادي الأعلى يوم الاثنين.\n" * 8
FERRY = "Ferry sinks 🚢 off the coast\n\nAt least 12 people drowned, the coast guard said e\u0301.\u2028More."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder as people keep them."""
    made = tmp_path / "mixed"
    made.mkdir()
    (made / "a ferry.txt").write_text(FERRY, "utf-8")
    (made / "b copy of ferry.txt").write_text(f"{FERRY}\n", "utf-8")
    (made / "c empty.txt").touch()
    (made / "d arabic.txt").write_bytes(ARABIC.encode("cp1256"))
    (made / "e numbers.csv").write_text("Jina;Maelezo\nMafuriko;short\nMvua;also short\n", "utf-8")
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "Ana <ana@example.org>", "Two reports 🌊"
    mail["Date"] = "Tue, 03 Mar 2026 10:00:00 +0000"
    mail.set_content("Please find the report of the district attached. It is about the flood.\n" * 3)
    mail.add_attachment(b"Flood\n\n40 people left.", maintype="text", subtype="plain", filename="flood.txt")
    (made / "f mail.eml").write_bytes(mail.as_bytes())
    return made


def row(review: ImportReview, name: str, article: int = 0) -> Row:
    return [row for row in review.model.rows if row.found.name == name][article]


def choose(review: ImportReview, *rows: Row) -> None:
    review.table.select(rows)
    review.table.setFocus()


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget(), key, modifier)
    QTest.qWait(0)  # a cell takes over what was typed once the key is done


def type_in(field: QLineEdit, words: str) -> None:
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, words)
    QTest.keyClick(field, Qt.Key.Key_Return)


def go_in(hands: Hands, qtbot, review: ImportReview) -> None:
    with qtbot.waitSignal(hands.window.importing.finished, timeout=20_000):
        QTest.mouseClick(review.import_button, Qt.MouseButton.LeftButton)


def test_everything_found_is_listed_with_what_will_happen_and_nothing_is_written(hands: Hands, qtbot, folder: Path):
    review = reviewed(hands, qtbot, folder)
    tester = QAbstractItemModelTester(review.model)
    listed = [(row.found.name, row.happens()) for row in review.model.rows]
    assert listed == [
        ("a ferry.txt", "new"),
        ("b copy of ferry.txt", "new"),
        ("c empty.txt", "cannot be read"),
        ("d arabic.txt", "new"),
        ("e numbers.csv", "cannot be read"),
        ("f mail.eml", "new"),
        ("flood.txt", "left out"),
    ]
    assert review.summary.text() == "4 new articles, 1 left out, 2 files cannot be read"
    assert review.import_button.text() == "Import 4 articles"
    assert hands.session.read.articles() == []
    del tester


def test_import_takes_in_what_is_ticked_as_one_step(hands: Hands, qtbot, folder: Path):
    review = reviewed(hands, qtbot, folder)
    choose(review, row(review, "b copy of ferry.txt"), row(review, "flood.txt"))
    press(Qt.Key.Key_Space)  # one of them was not ticked: now both are
    press(Qt.Key.Key_Space)
    choose(review, row(review, "flood.txt"))
    press(Qt.Key.Key_Space)
    go_in(hands, qtbot, review)
    titles = [article.title for article in hands.session.read.articles()]
    assert titles == ["Ferry sinks 🚢 off the coast", "d arabic", "Two reports 🌊", "Flood"]
    assert hands.told[-1].words == "4 articles imported."
    assert history.next_undo(hands.session.project).label == "Import 4 files"
    hands.session.undo()
    assert hands.session.read.articles() == []


def test_cancel_writes_nothing_and_another_import_may_follow(hands: Hands, qtbot, folder: Path):
    reviewed(hands, qtbot, folder)
    with qtbot.waitSignal(hands.window.importing.finished, timeout=5_000):
        press(Qt.Key.Key_Escape)
    assert hands.session.read.articles() == []
    assert not hands.window.importing.busy


def test_escape_gives_up_no_corrections(hands: Hands, qtbot, folder: Path):
    review = reviewed(hands, qtbot, folder)
    choose(review, row(review, "a ferry.txt"))
    type_in(review.details.lines["outlet"], "Harbour Post")
    press(Qt.Key.Key_Escape)
    assert hands.window.importing.review is review
    handle = review.windowHandle()
    assert handle is not None
    handle.close()  # as the × of its frame does
    assert hands.window.importing.review is review
    assert review.isVisible()
    assert review.trouble.text() == "Something was corrected or chosen here. Press Cancel to give it up."
    assert row(review, "a ferry.txt").draft.outlet == "Harbour Post"
    with qtbot.waitSignal(hands.window.importing.finished, timeout=5_000):
        press(Qt.Key.Key_Space)  # on Cancel
    assert hands.session.read.articles() == []


def test_nothing_selected_shows_no_type(hands: Hands, qtbot, folder: Path):
    review = reviewed(hands, qtbot, folder)
    choose(review, row(review, "c empty.txt"))
    assert (review.details.type.currentText(), review.details.type.isEnabled()) == ("", False)
    choose(review, row(review, "a ferry.txt"), row(review, "d arabic.txt"))
    assert review.details.lines["title"].toolTip() == "Corrected for one article at a time"


def test_one_plain_article_goes_straight_in(hands: Hands, qtbot, folder: Path):
    with qtbot.waitSignal(hands.window.importing.finished, timeout=20_000):
        hands.window.importing.take_files([folder / "a ferry.txt"])
    assert [article.title for article in hands.session.read.articles()] == ["Ferry sinks 🚢 off the coast"]


def test_corrections_in_cells_and_for_several_at_once_go_in(hands: Hands, qtbot, folder: Path):
    review = reviewed(hands, qtbot, folder)
    ferry, arabic = row(review, "a ferry.txt"), row(review, "d arabic.txt")
    choose(review, ferry)
    press(Qt.Key.Key_Return)  # types in the title's cell, and does not import
    QTest.keyClicks(QApplication.focusWidget(), "The ferry")
    press(Qt.Key.Key_Return)
    assert (ferry.draft.title, ferry.draft.title_confirmed) == ("The ferry", True)
    choose(review, ferry, arabic)
    type_in(review.details.lines["outlet"], "Harbour Post")
    type_in(review.details.lines["published"], "3 May 2026")
    review.details.type.setFocus()
    review.details.type.setCurrentIndex(review.details.type.findData(ArticleType.STATEMENT))
    review.details.type.activated.emit(review.details.type.currentIndex())
    assert not review.details.lines["title"].isEnabled()
    go_in(hands, qtbot, review)
    found = {article.title: article for article in hands.session.read.articles()}
    for title in ("The ferry", "d arabic"):
        assert found[title].outlet == "Harbour Post"
        assert found[title].published.on.isoformat() == "2026-05-03"
        assert found[title].type is ArticleType.STATEMENT
    assert found["Two reports 🌊"].outlet is None


def test_a_date_that_is_none_is_kept_as_words(hands: Hands, qtbot, folder: Path):
    review = reviewed(hands, qtbot, folder)
    choose(review, row(review, "a ferry.txt"))
    type_in(review.details.lines["published"], "last spring")
    assert row(review, "a ferry.txt").draft.published.words == "last spring"
    assert row(review, "a ferry.txt").draft.published.on is None


def test_filters_show_what_wants_a_look_and_typing_finds(hands: Hands, qtbot, folder: Path):
    review = reviewed(hands, qtbot, folder)
    shown = lambda: [review.model.row_at(n).found.name for n in range(review.model.rowCount())]  # noqa: E731
    buttons = review.filters
    assert buttons[Shown.LOOK].text() == "To look at 5"  # the copy differs, so it may be another version
    QTest.mouseClick(buttons[Shown.REFUSED], Qt.MouseButton.LeftButton)
    assert shown() == ["c empty.txt", "e numbers.csv"]
    QTest.mouseClick(buttons[Shown.ALL], Qt.MouseButton.LeftButton)
    review.search.setFocus()
    QTest.keyClicks(review.search, "FERRY")
    assert shown() == ["a ferry.txt", "b copy of ferry.txt"]


def test_what_is_said_of_several_rows_is_said_once_each_and_scrolls_when_it_is_much(hands: Hands, qtbot, folder: Path):
    review = reviewed(hands, qtbot, folder)
    choose(review, row(review, "a ferry.txt"), row(review, "c empty.txt"), row(review, "e numbers.csv"))
    said = review.details.said.text().splitlines()
    assert any("guess" in sentence for sentence in said)
    assert any("c empty.txt" in sentence for sentence in said)
    assert any("e numbers.csv" in sentence for sentence in said)
    assert len(said) == len(set(said))
    assert review.details.saying.isVisible()
    refused = [Found(Path(f"{n}.txt"), ImportRefused(f"{n}.txt is empty 🌊.")) for n in range(60)]
    review.take(refused)
    choose(review, *(found for found in review.model.rows if found.found in refused))
    QTest.qWait(0)
    assert "59.txt is empty 🌊." in review.details.said.text()
    assert review.details.saying.verticalScrollBar().maximum() > 0


def test_escape_in_the_search_clears_it_and_keeps_the_review(hands: Hands, qtbot, folder: Path):
    review = reviewed(hands, qtbot, folder)
    review.search.setFocus()
    QTest.keyClicks(review.search, "zzzz")
    press(Qt.Key.Key_Escape)
    assert review.search.text() == ""
    assert review.isVisible()
    press(Qt.Key.Key_Escape)
    assert hands.window.importing.review is None


def test_the_encoding_that_was_chosen_stands_chosen_when_it_is_asked_for_again(hands: Hands, qtbot, folder: Path):
    review = reviewed(hands, qtbot, folder)
    for expected in ("Arabic · windows-1256", "Russian · KOI8-R"):
        choose(review, row(review, "d arabic.txt"))
        QTest.mouseClick(review.details.encoding_button, Qt.MouseButton.LeftButton)
        dialog = review.findChildren(EncodingDialog)[-1]
        assert dialog.list.currentItem().text() == expected
        dialog.list.setCurrentItem(dialog.list.findItems("Russian · KOI8-R", Qt.MatchFlag.MatchExactly)[0])
        dialog.accept()
        qtbot.waitUntil(lambda: row(review, "d arabic.txt").found.options.encoding == "koi8_r", timeout=10_000)


def test_fields_stay_where_they_are_while_a_title_is_corrected(hands: Hands, qtbot, folder: Path):
    review = reviewed(hands, qtbot, folder)
    choose(review, row(review, "a ferry.txt"))
    QTest.qWait(0)
    published = review.details.lines["published"]
    before = published.mapTo(review, published.rect().topLeft())
    type_in(review.details.lines["title"], "The ferry")
    QTest.qWait(0)
    assert published.mapTo(review, published.rect().topLeft()) == before


def test_the_review_needs_no_high_screen(hands: Hands, qtbot, folder: Path):
    review = reviewed(hands, qtbot, folder)
    refused = [Found(Path(f"{n}.txt"), ImportRefused(f"{n}.txt is empty 🌊.")) for n in range(60)]
    review.take(refused)
    choose(review, *review.model.rows)
    QTest.qWait(0)
    assert review.minimumSizeHint().height() <= 480


def test_letters_lead_to_the_fields(hands: Hands, qtbot, folder: Path):
    review = reviewed(hands, qtbot, folder)
    choose(review, row(review, "a ferry.txt"))
    for key, name in ((Qt.Key.Key_T, "title"), (Qt.Key.Key_O, "outlet"), (Qt.Key.Key_A, "author")):
        press(key, Qt.KeyboardModifier.AltModifier)
        assert review.details.lines[name].hasFocus()
    press(Qt.Key.Key_Y, Qt.KeyboardModifier.AltModifier)
    assert review.details.type.hasFocus()


def test_rows_are_sorted_by_a_click_on_the_heading(hands: Hands, qtbot, folder: Path):
    review = reviewed(hands, qtbot, folder)
    header = review.table.horizontalHeader()
    at = header.sectionViewportPosition(HAPPENS) + 5
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=header.viewport().rect().topLeft() + _right(at))
    happens = [review.model.row_at(n).happens() for n in range(review.model.rowCount())]
    assert happens == sorted(happens)


def _right(pixels: int):
    from PySide6.QtCore import QPoint

    return QPoint(pixels, 5)


def test_the_columns_of_a_list_are_chosen_and_it_is_read_again(hands: Hands, qtbot, folder: Path):
    review = reviewed(hands, qtbot, folder)
    choose(review, row(review, "e numbers.csv"))
    assert "is a list without a column" in review.details.said.text()
    QTest.mouseClick(review.details.columns_button, Qt.MouseButton.LeftButton)
    dialog = review.findChild(ColumnsDialog)
    dialog.choices[0].setCurrentText("Title")
    dialog.choices[1].setCurrentText("Text")
    dialog.accept()
    qtbot.waitUntil(lambda: row(review, "e numbers.csv").prospect is not None, timeout=20_000)
    listed = [one.draft.title for one in review.model.rows if one.found.name == "e numbers.csv"]
    assert listed == ["Jina", "Mafuriko", "Mvua"]
    assert [one.found.name for one in review.model.rows][4:7] == ["e numbers.csv"] * 3
    go_in(hands, qtbot, review)
    assert "Mvua" in [article.title for article in hands.session.read.articles()]


def test_the_encoding_is_chosen_by_what_each_makes_of_the_text(hands: Hands, qtbot, folder: Path):
    review = reviewed(hands, qtbot, folder)
    choose(review, row(review, "d arabic.txt"))
    QTest.mouseClick(review.details.encoding_button, Qt.MouseButton.LeftButton)
    dialog = review.findChild(EncodingDialog)
    assert dialog.list.currentItem().text() == "Arabic · windows-1256"
    assert dialog.preview.toPlainText().startswith("قال الدفاع")
    [cyrillic] = dialog.list.findItems("Cyrillic · windows-1251", Qt.MatchFlag.MatchExactly)
    dialog.list.setCurrentItem(cyrillic)
    assert not dialog.preview.toPlainText().startswith("قال")
    dialog.list.setFocus()
    QTest.keyClick(dialog.list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not row(review, "d arabic.txt").draft.text.startswith("قال"), timeout=20_000)
    assert not row(review, "d arabic.txt").found.is_unsure


def test_a_new_version_updates_its_article_unless_the_analyst_says_otherwise(hands: Hands, qtbot, tmp_path: Path):
    for name in ("one.txt", "two.txt"):
        path = tmp_path / name
        path.write_text(f"{name} {FERRY * 4}", "utf-8")
        hands.session.run(commands.import_file, read_file(path))
        path.write_text(f"{name} {FERRY * 4} And 3 more.", "utf-8")
    review = reviewed(hands, qtbot, tmp_path / "one.txt", tmp_path / "two.txt")
    assert [one.happens().partition("“")[0] for one in review.model.rows] == ["new version of ", "new version of "]
    choose(review, row(review, "two.txt"))
    review.details.version.setFocus()
    press(Qt.Key.Key_Down)
    assert row(review, "two.txt").happens() == "new"
    assert review.summary.text() in ("1 new article, 1 new version", "2 new versions")
    go_in(hands, qtbot, review)
    read = hands.session.read
    assert [len(read.texts(article.id)) for article in read.articles()] == [2, 1, 1]


def test_what_is_in_the_project_already_can_be_taken_in_all_the_same(hands: Hands, qtbot, folder: Path):
    hands.session.run(commands.import_file, read_file(folder / "a ferry.txt"))
    review = reviewed(hands, qtbot, folder / "a ferry.txt", folder / "f mail.eml")
    ferry = row(review, "a ferry.txt")
    assert ferry.happens() == "in the project already"
    choose(review, ferry)
    press(Qt.Key.Key_Space)
    assert ferry.happens() == "a second copy"
    go_in(hands, qtbot, review)
    assert len(hands.session.read.articles()) == 3


def test_bytes_beyond_the_bound_are_let_go_and_a_file_changed_since_is_refused(
    hands: Hands, qtbot, folder: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(review_dialog, "_MOST_HELD", 0)
    review = reviewed(hands, qtbot, folder)
    results = [one.found.result for one in review.model.rows if isinstance(one.found.result, ImportedFile)]
    assert [len(result.data) for result in results[:4]] == [0, 0, 0, 0]
    assert results[4].name == "flood.txt"
    assert results[4].data  # it stands in no file of its own
    (folder / "a ferry.txt").write_text("Something else", "utf-8")
    go_in(hands, qtbot, review)
    files = {file.name: hands.session.read.file_bytes(file.id) for file in hands.session.read.files()}
    assert sorted(files) == ["b copy of ferry.txt", "d arabic.txt", "f mail.eml"]
    assert files["d arabic.txt"] == ARABIC.encode("cp1256")
    assert hands.told[-1].trouble
    assert "a ferry.txt was changed or removed after it was looked at" in hands.told[-1].words


def test_reading_may_be_stopped_and_what_was_found_goes_in(hands: Hands, qtbot, tmp_path: Path):
    for number in range(300):
        (tmp_path / f"{number}.html").write_text(f"<p>Report {number} 🚢 of many words here.</p>" * 5, "utf-8")
    (tmp_path / "0 first.txt").write_bytes(ARABIC.encode("cp1256"))
    importing = hands.window.importing
    importing.take_files([tmp_path])
    qtbot.waitUntil(lambda: importing.review is not None, timeout=20_000)
    review = importing.review
    assert review.is_reading
    assert not review.import_button.isEnabled()
    QTest.mouseClick(review.stop_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not review.is_reading, timeout=20_000)
    assert 1 <= len(review.model.rows) < 301
    go_in(hands, qtbot, review)
    assert len(hands.session.read.articles()) == len(review.decided())


def test_closing_the_project_closes_the_review(hands: Hands, qtbot, folder: Path):
    reviewed(hands, qtbot, folder)
    hands.session.close()
    assert hands.window.importing.review is None
    assert not hands.window.importing.busy


def test_files_read_elsewhere_are_reviewed_like_others(hands: Hands, qtbot):
    files = [imported(f"Page {number}\n\nwords", f"page {number}.html") for number in range(2)]
    hands.window.importing.take_imported(files)
    qtbot.waitUntil(lambda: hands.window.importing.review is not None, timeout=5_000)
    review = hands.window.importing.review
    qtbot.waitUntil(lambda: not review.is_reading)
    assert [one.happens() for one in review.model.rows] == ["new", "new"]
    go_in(hands, qtbot, review)
    assert [article.title for article in hands.session.read.articles()] == ["Page 0", "Page 1"]


def test_cells_say_what_a_screen_reader_should_know(hands: Hands, qtbot, folder: Path):
    review = reviewed(hands, qtbot, folder)
    said = review.model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "Ferry sinks 🚢 off the coast, ticked, new"
    assert review.table.accessibleName() == "Articles found"
    assert [review.model.headerData(n, Qt.Orientation.Horizontal) for n in (0, HAPPENS)] == ["Title", "What happens"]
    assert len(COLUMNS) == review.model.columnCount()
