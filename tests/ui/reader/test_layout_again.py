"""Articles of one paragraph after each other: Qt lays the second one out by itself when nobody looks."""

from __future__ import annotations

from ui.reader import Reader


def test_a_second_article_of_one_paragraph_stands_in_the_column_like_the_first(show) -> None:
    reader: Reader = show()
    words = "Breaking 🚨 news from the old quarter, where 300 homes burnt down on Tuesday. " * 6
    places = []
    for text in (words, words.upper()):
        reader.show_article("Title", "", text, ())
        reader.grab()
        layout = reader.view.document().firstBlock().layout()
        places.append([(layout.lineAt(n).x(), layout.lineAt(n).y()) for n in range(3)])
    assert places[0] == places[1]
    assert places[0][0][0] > 0
