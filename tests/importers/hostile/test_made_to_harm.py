"""Files made to do harm end in articles or in one plain sentence each, and hold up no other.

They are read as an import reads them: in worker processes that are held to 20 seconds and a gigabyte.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from annotate.errors import ImportRefused
from annotate.importers import ImportedFile, read_many
from annotate.importers.pool import TIME_LIMIT
from tests.importers.hostile.checks import assert_keepable, assert_plain
from tests.importers.hostile.made import CHEAP, HEAVY, Make
from tests.importers.hostile.samples import samples

WORKERS = 2
TOO_SLOW = f"could not be read within {TIME_LIMIT:g} seconds"


def written(folder: Path, made: Mapping[str, Make]) -> list[Path]:
    paths = []
    for name, make in made.items():
        path = folder / name
        path.write_bytes(make())
        paths.append(path)
    return paths


def read_all(paths: list[Path]) -> dict[str, ImportedFile | str]:
    """What became of each file of one import, by its name; all that is wrong with any is told at once."""
    found: dict[str, ImportedFile | str] = {}
    wrong = []
    for read in read_many(paths, workers=WORKERS):
        name = read.path.name
        found[name] = str(read.result) if isinstance(read.result, ImportRefused) else read.result
        try:
            if isinstance(read.result, ImportRefused):
                assert_plain(str(read.result), name)
            else:
                assert_keepable(read.result)
        except AssertionError as error:
            wrong.append(f"{name}: {error}")
    assert wrong == []
    assert list(found) == [path.name for path in paths]
    return found


def test_the_files_that_others_are_made_of_are_read(tmp_path: Path) -> None:
    found = read_all(written(tmp_path, {name: lambda data=data: data for name, data in samples().items()}))
    refused = {name: end for name, end in found.items() if isinstance(end, str)}
    assert refused == {}


@pytest.fixture(scope="module")
def cheap(tmp_path_factory: pytest.TempPathFactory) -> dict[str, ImportedFile | str]:
    return read_all(written(tmp_path_factory.mktemp("cheap"), CHEAP))


def test_every_one_of_an_import_ends_in_articles_or_a_sentence_in_time(
    cheap: dict[str, ImportedFile | str],
) -> None:
    assert len(cheap) == len(CHEAP) > 200
    assert [end for end in cheap.values() if isinstance(end, str) and TOO_SLOW in end] == []


def test_bombs_are_refused_and_not_unpacked(cheap: dict[str, ImportedFile | str]) -> None:
    bombs = {name: end for name, end in cheap.items() if name.startswith("bomb")}
    assert len(bombs) == 6
    assert [name for name, end in bombs.items() if not isinstance(end, str)] in ([], ["bombs in bombs.docx"])


def test_entities_neither_grow_nor_bring_other_files_in(cheap: dict[str, ImportedFile | str]) -> None:
    read = [end for name, end in cheap.items() if name.startswith(("laughs", "quadratic", "external"))]
    assert len(read) == 30
    grown = [
        end.name
        for end in read
        if isinstance(end, ImportedFile) and sum(len(draft.text) for draft in end.articles) > len(end.data)
    ]
    assert grown == []


def test_controls_and_halves_of_letters_are_cleaned_and_told(cheap: dict[str, ImportedFile | str]) -> None:
    halves = cheap["surrogates.txt"]
    assert isinstance(halves, ImportedFile)
    assert any("replaced" in warning or "\N{REPLACEMENT CHARACTER}" in warning for warning in halves.warnings)
    turned = cheap["bidi.eml"]
    assert isinstance(turned, ImportedFile)
    assert not set(turned.articles[0].title) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def test_real_broken_files_end_in_articles_or_a_sentence_each(shared: Path) -> None:
    kinds = ("docx", "encodings", "pdf", "xlsx", "zip")
    paths = sorted(path for kind in kinds for path in (shared / "hostile" / kind).iterdir() if path.is_file())
    assert len(paths) >= 50
    found = read_all(paths)
    assert sum(isinstance(end, ImportedFile) for end in found.values()) >= 10


@pytest.mark.long
@pytest.mark.parametrize("name", HEAVY)
def test_the_heavy_ones_end_too(tmp_path: Path, name: str) -> None:
    read_all(written(tmp_path, {name: HEAVY[name]}))
