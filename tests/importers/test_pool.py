"""Many files at once: order kept, and one bad file costs nobody else anything."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from annotate.errors import ImportRefused
from annotate.importers import (
    Attachment,
    ImportedFile,
    ReadOptions,
    bytes_again,
    read_file,
    read_in_batches,
    read_many,
)
from annotate.importers.pool import MEMORY_LIMIT, SMALL_TEXT
from tests.importers.pdf_writer import Said, pdf


def read_or_misbehave(path: Path, options: ReadOptions) -> ImportedFile:
    """Stands in for a parser: some files hang it, some end the process it runs in."""
    if path.name.startswith("hangs"):
        time.sleep(600)
    if path.name.startswith("crashes"):
        os._exit(11)
    if path.name.startswith("swells"):
        bytearray(2 * MEMORY_LIMIT)
    if path.name.startswith("answers at length"):
        return replace(read_file(path, options), data=bytes(MEMORY_LIMIT * 3 // 4))
    return read_file(path, options)


def read_and_say(path: Path, options: ReadOptions) -> ImportedFile:
    """Leaves word beside a file that it is being read."""
    path.with_suffix(".begun").touch()
    return read_file(path, options)


def read_when_the_next_waits(path: Path, options: ReadOptions) -> ImportedFile:
    """The first file ends its worker, but not before there was time to give it another one."""
    if path.stem == "crashes":
        time.sleep(1)
        os._exit(11)
    return read_file(path, options)


def page(folder: Path, name: str) -> Path:
    path = folder / name
    words = f"<p>The words of {path.stem} are many enough to count as a paragraph of an article.</p>"
    path.write_text(f"<html><body><article><h1>{path.stem}</h1>{words * 3}</article></body></html>", "utf-8")
    return path


def workers_alive() -> list[str]:
    return [child.name for child in multiprocessing.active_children() if child.name == "provenote-reader"]


def test_results_come_in_the_order_asked_for(tmp_path: Path) -> None:
    paths = [page(tmp_path, f"page {number}.html") for number in range(12)]
    notes = [tmp_path / f"note {number}.txt" for number in range(12)]
    for note in notes:
        note.write_text(f"{note.stem} 🇺🇦", "utf-8")
    asked = [path for pair in zip(paths, notes, strict=True) for path in pair]
    reads = list(read_many(asked, workers=2))
    assert [read.path for read in reads] == asked
    assert all(isinstance(read.result, ImportedFile) for read in reads)
    assert [read.result for read in reads] == [read_file(path) for path in asked]
    assert workers_alive() == []


def test_a_few_small_texts_start_no_process(tmp_path: Path) -> None:
    paths = [tmp_path / f"{number}.txt" for number in range(5)]
    for path in paths:
        path.write_text("words", "utf-8")
    generator = read_many(paths, workers=2)
    first = next(generator)
    assert isinstance(first.result, ImportedFile)
    assert workers_alive() == []
    assert len(list(generator)) == 4


def test_a_large_text_is_read_in_a_worker(tmp_path: Path) -> None:
    large = tmp_path / "hangs large.txt"
    large.write_text("words " * SMALL_TEXT, "utf-8")
    [read] = read_many([large], workers=1, time_limit=0.2, read=read_or_misbehave)
    assert (
        str(read.result)
        == "hangs large.txt could not be read within 0.2 seconds; split it, or copy and paste its words."
    )


def test_the_named_encoding_reaches_every_file(tmp_path: Path) -> None:
    small, large = tmp_path / "small.txt", tmp_path / "large.txt"
    small.write_bytes("Łódź".encode("cp1250"))
    large.write_bytes(("Łódź " * SMALL_TEXT).encode("cp1250"))
    texts = [
        read.result.articles[0].text for read in read_many([small, large], workers=1, options=ReadOptions("cp1250"))
    ]
    assert [text[:4] for text in texts] == ["Łódź", "Łódź"]


def test_a_file_that_ends_its_worker_is_refused_by_name_and_the_rest_goes_on(tmp_path: Path) -> None:
    paths = [page(tmp_path, name) for name in ("a.html", "crashes 1.html", "b.html", "crashes 2.html", "c.html")]
    reads = list(read_many(paths, workers=2, read=read_or_misbehave))
    assert [read.path for read in reads] == paths
    refused = [str(read.result) for read in reads if isinstance(read.result, ImportRefused)]
    ended = "ended the program that read it: it is damaged or too large to be safe; copy and paste its words."
    assert refused == [f"crashes {number}.html {ended}" for number in (1, 2)]


def test_a_worker_reads_the_next_file_while_nobody_asks_for_it(tmp_path: Path) -> None:
    paths = [page(tmp_path, f"{number}.html") for number in range(4)]
    reads = read_many(paths, workers=1, read=read_and_say)
    while next(reads).path != paths[1]:  # the worker is up and has one file waiting
        pass
    patience = time.monotonic() + 20
    while not paths[2].with_suffix(".begun").exists() and time.monotonic() < patience:
        time.sleep(0.01)
    assert paths[2].with_suffix(".begun").exists()
    assert [read.path for read in reads] == paths[2:]


def test_a_file_that_waits_with_a_worker_that_ends_is_read_by_another(tmp_path: Path) -> None:
    paths = [page(tmp_path, name) for name in ("crashes.html", "a.html", "b.html")]
    reads = list(read_many(paths, workers=1, read=read_when_the_next_waits))
    assert [read.path for read in reads] == paths
    assert [isinstance(read.result, ImportRefused) for read in reads] == [True, False, False]


def test_a_file_that_hangs_is_refused_by_name_and_the_rest_goes_on(tmp_path: Path) -> None:
    paths = [page(tmp_path, name) for name in ("hangs.html", "a.html", "b.html")]
    reads = list(read_many(paths, workers=1, time_limit=3, read=read_or_misbehave))
    assert [isinstance(read.result, ImportRefused) for read in reads] == [True, False, False]
    assert (
        str(reads[0].result) == "hangs.html could not be read within 3 seconds; split it, or copy and paste its words."
    )
    assert workers_alive() == []


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux holds a process to its memory")
@pytest.mark.parametrize("kind", ["swells", "answers at length"])
def test_a_file_that_takes_too_much_memory_is_refused_by_name_and_the_rest_goes_on(tmp_path: Path, kind: str) -> None:
    paths = [page(tmp_path, name) for name in (f"{kind}.html", "a.html")]
    reads = list(read_many(paths, workers=1, read=read_or_misbehave))
    assert [isinstance(read.result, ImportRefused) for read in reads] == [True, False]
    assert str(reads[0].result) == (
        f"{kind}.html takes more memory to read than is safe (over 1 GB); split it, or copy and paste its words."
    )


NO_PARSER_HERE = """
import sys
from pathlib import Path
from annotate.importers import read_many
if __name__ == "__main__":
    [read] = read_many([Path(sys.argv[1])], workers=1)
    print(read.result.articles[0].text)
    print(*(name for name in ("pypdfium2", "docx", "trafilatura") if name in sys.modules))
"""


def test_a_pdf_that_is_called_a_text_loads_no_parser_in_this_process(tmp_path: Path) -> None:
    script, note = tmp_path / "script.py", tmp_path / "note.txt"
    script.write_text(NO_PARSER_HERE, "utf-8")
    note.write_bytes(pdf([Said(50, 700, "Words of a page")]))
    project = Path(__file__).resolve().parents[2]
    command = [sys.executable, str(script), str(note)]
    done = subprocess.run(command, cwd=project, env={**os.environ, "PYTHONPATH": str(project)}, capture_output=True)
    assert done.stdout.decode().split("\n")[:2] == ["Words of a page", ""], done.stderr.decode()


def test_closing_the_generator_ends_every_worker(tmp_path: Path) -> None:
    paths = [page(tmp_path, "a.html"), page(tmp_path, "hangs.html"), page(tmp_path, "b.html")]
    generator = read_many(paths, workers=2, read=read_or_misbehave)
    assert next(generator).path == paths[0]
    generator.close()
    assert workers_alive() == []


def test_cancelling_from_another_thread_ends_a_hanging_import(tmp_path: Path) -> None:
    cancelled = threading.Event()
    generator = read_many(
        [page(tmp_path, "a.html"), page(tmp_path, "hangs.html")],
        workers=2,
        cancelled=cancelled,
        read=read_or_misbehave,
    )
    assert next(generator).path.name == "a.html"
    timer = threading.Timer(0.1, cancelled.set)
    timer.start()
    assert list(generator) == []
    timer.join()
    assert workers_alive() == []


def test_files_are_handed_over_together_while_the_time_of_a_batch_lasts(tmp_path: Path) -> None:
    notes = [tmp_path / f"{number}.txt" for number in range(30)]
    for note in notes:
        note.write_text(f"Note {note.stem} 🚢\n\nWords.", "utf-8")
    paths = [*notes, page(tmp_path, "last.html")]
    [batch] = read_in_batches(paths, workers=1, seconds=3600)
    assert [read.path for read in batch] == paths
    assert [len(batch) for batch in read_in_batches(notes, workers=1, seconds=0)] == [1] * len(notes)


def test_what_was_read_is_handed_over_while_the_next_file_takes_long(tmp_path: Path) -> None:
    paths = [page(tmp_path, "a.html"), page(tmp_path, "hangs.html")]
    batches = read_in_batches(paths, workers=2, seconds=0.1, read=read_or_misbehave)
    assert [read.path for read in next(batches)] == paths[:1]
    batches.close()
    assert workers_alive() == []


def test_refusals_and_readings_cross_processes_unchanged(tmp_path: Path) -> None:
    missing = tmp_path / "gone.html"
    [refused] = read_many([missing], workers=1)
    assert str(refused.result) == "gone.html is not there any more; it was moved, renamed or deleted."
    assert str(pickle.loads(pickle.dumps(refused.result))) == str(refused.result)
    there = read_file(page(tmp_path, "there.html"))
    assert pickle.loads(pickle.dumps(there)) == there


def test_no_files_give_no_results() -> None:
    assert list(read_many([], workers=2)) == []


@pytest.mark.parametrize("workers", [0, 1, 3])
def test_any_number_of_workers_reads_everything(tmp_path: Path, workers: int) -> None:
    paths = [page(tmp_path, f"{number}.html") for number in range(7)]
    assert [read.path for read in read_many(paths, workers=workers)] == paths


def test_what_came_inside_another_file_is_read_in_its_place_among_files(tmp_path: Path) -> None:
    file = page(tmp_path, "page.html")
    inside = Attachment("letter 🌊.txt", "Barua\n\nMaji yalipanda e\u0301".encode())
    broken = Attachment("broken.docx", b"PK\x03\x04 cut")
    reads = list(read_many([inside, file, broken], workers=2))
    assert [read.path for read in reads] == [Path("letter 🌊.txt"), file, Path("broken.docx")]
    assert reads[0].result.articles[0].title == "Barua"
    assert str(reads[2].result).startswith("broken.docx is")


def test_bytes_that_were_let_go_come_again_only_as_they_were(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Words 🇺🇦", "utf-8")
    read = read_file(path)
    assert bytes_again(replace(read, data=b""), path) == read
    path.write_text("Other words", "utf-8")
    said = "a.txt was changed or removed after it was looked at; import it again."
    assert str(bytes_again(replace(read, data=b""), path)) == said
    path.unlink()
    assert str(bytes_again(replace(read, data=b""), path)) == said
