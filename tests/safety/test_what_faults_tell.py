"""What may be said of an unexpected error: where it happened, and no word that anybody wrote."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication, QPushButton

from annotate.fault_report import fault_of, message_of, report, versions
from annotate.project import Project
from tests.annotate.drafts import take_in
from tests.safety.faulty import NEEDLES, fail, nothing_of_the_analyst


def raised(act: Callable[[], object]) -> BaseException:
    try:
        act()
    except BaseException as error:
        return error
    raise AssertionError("nothing was raised")


def in_a_database(words: str) -> None:
    from sqlalchemy import text

    from annotate.store.engine import connect

    connection = connect(Path(":memory:"), writable=False)
    connection.execute(text(f'SELECT "{words}" FROM nowhere WHERE a = :words'), {"words": words})


def chained(words: str) -> None:
    try:
        {}[words]
    except KeyError as error:
        raise RuntimeError(words) from error


def noted(words: str) -> None:
    error = ValueError("unchanged")
    error.add_note(words)
    raise error


MAKING = {
    "key": lambda words: {}[words],
    "number": lambda words: int(words + "x"),
    "attribute": lambda words: getattr(1, words),
    "file": lambda words: Path(f"/nowhere/{words}").read_bytes(),
    "decoding": lambda words: (words.encode() + b"\xff").decode("utf-8"),
    "encoding": lambda words: (words + "\udc00").encode("utf-8"),
    "argument": lambda words: (lambda: None)(**{words: 1}),  # type: ignore[call-arg]
    "own": lambda words: fail(words),
    "assertion": lambda words: pytest.fail(words),
    "chained": chained,
    "noted": noted,
    "group": lambda words: (_ for _ in ()).throw(ExceptionGroup(words, [ValueError(words)])),
    "codec": lambda words: b"x".decode(words),
    "import": lambda words: __import__(words or "x"),
}


@pytest.mark.parametrize("kind", MAKING)
@given(words=st.text(min_size=1, max_size=40).map(lambda words: f"zinnober{words}rot"))
def test_no_message_of_any_kind_of_error_tells_a_word(kind: str, words: str):
    error = raised(lambda: MAKING[kind](words))
    said = report(fault_of(error, "in a test"), versions(), ["12:00:00 undo"])
    assert "zinnober" not in said
    assert words not in said
    assert type(error).__name__ in said


def test_errors_of_the_database_show_neither_statement_nor_words(tmp_path: Path):
    with Project.create(tmp_path / "a.pnote", "Ana") as project:
        error = raised(lambda: project.read.connection.exec_driver_sql(f"SELECT '{NEEDLES[0]}' FROM {NEEDLES[0]}"))
        said = fault_of(error, "in a test").text
        assert "OperationalError: SQLITE_ERROR" in said
        assert nothing_of_the_analyst(said)
        article = take_in(project)
        from sqlalchemy import update

        from annotate.store.schema import articles

        wrong = update(articles).where(articles.c.id == article.id).values(title=NEEDLES[0], status=None)
        error = raised(lambda: project.read.connection.execute(wrong))
        assert NEEDLES[0] not in str(error)  # also for whoever prints the error itself


SAYING = [
    (lambda: [][0], "IndexError: list index out of range"),
    (lambda: 1 / 0, "ZeroDivisionError: division by zero"),
    (lambda: "a" + 1, 'TypeError: can only concatenate str (not "int") to str'),
    (lambda: len(3), "TypeError: object of type 'int' has no len()"),
    (lambda: Path("/nowhere/at all").read_bytes(), "FileNotFoundError: [ENOENT] No such file or directory"),
    (lambda: int("x"), "ValueError: invalid literal for int() with base 10:"),
    (lambda: {}[7], "KeyError: 7"),
    (lambda: QPushButton().setText(3), "TypeError: 'PySide6.QtWidgets.QAbstractButton.setText' called with wrong"),
]


@pytest.mark.parametrize(("act", "said"), SAYING, ids=[said for _act, said in SAYING])
def test_what_quotes_nothing_is_said_in_full(qapp: QApplication, act: Callable[[], object], said: str):
    assert said.partition("'PySide6")[0] in fault_of(raised(act), "in a test").text


def test_a_message_that_stands_in_the_program_is_kept_and_one_that_is_made_is_not(tmp_path: Path):
    with Project.create(tmp_path / "a.pnote") as project, project.change("One"):
        inside = raised(lambda: project.change("Two").__enter__())
    assert "RuntimeError: a change inside a change" in fault_of(inside, "in a test").text
    assert message_of(RuntimeError("a change inside a change"), []) == "(message left out, 24 characters)"


def test_an_error_without_end_is_told_in_few_lines():
    def deeper(number: int) -> int:
        return deeper(number + 1)

    text = fault_of(raised(lambda: deeper(0)), "in a test").text
    assert "maximum recursion depth exceeded" in text
    assert len(text.splitlines()) < 100
    error = ValueError("round")
    error.__cause__ = RuntimeError("about")
    error.__cause__.__cause__ = error
    assert fault_of(error, "in a test").text.count("ValueError") == 1
