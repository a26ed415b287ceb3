"""From addresses to what importers make of them: fetched a few at once, then read as files are, in worker processes.

What came is put into a temporary folder for that, so that a page from the web has the same limits of time and memory
as a file, and the name that it will have in the project.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import closing
from dataclasses import dataclass, replace
from enum import Enum
from itertools import pairwise
from pathlib import Path

from annotate.errors import FetchFailed, ImportRefused
from annotate.fetching.connection import INTERNET, Network
from annotate.fetching.fetch import Fetched, fetch
from annotate.fetching.target import Target, shortened, target_of
from annotate.importers import ImportedFile, ReadOptions, read_file, read_many
from annotate.importers.options import AS_FOUND
from annotate.unfinished import working_folder

AT_ONCE = 4
"""Addresses that are fetched at the same time: a list is done soon, and no site is pressed."""
_LOOK_EVERY = 0.1


class Stage(Enum):
    """How far an address is."""

    FETCHING = "fetching"
    FETCHED = "fetched"


Told = Callable[[int, Stage | FetchFailed], object]
"""Hears, from other threads, how far the address of a number is, or why it gives nothing."""


@dataclass(frozen=True, slots=True)
class FromWeb:
    """What became of one address."""

    address: str
    """In the analyst's words."""
    result: ImportedFile | ImportRefused


def read_addresses(
    addresses: Sequence[str],
    *,
    workers: int,
    allow_private: bool = False,
    options: ReadOptions = AS_FOUND,
    cancelled: threading.Event | None = None,
    told: Told | None = None,
    network: Network = INTERNET,
) -> Generator[FromWeb, None, None]:
    """Fetch addresses, read what came, and hand over in the order given what became of each; one failure stops none.

    Closing the generator, or setting `cancelled`, ends everything soon. `workers` and `options` are those of
    `read_many`.
    """
    with working_folder() as folder:
        saved = _saved(addresses, folder, allow_private, cancelled, told, network)
        if cancelled is not None and cancelled.is_set():
            return
        came = {one.path: one.page.charset for one in saved if isinstance(one, _Saved)}
        reads = read_many(came, workers=workers, options=options, cancelled=cancelled, read=_ReadAsDeclared(came))
        with closing(reads):
            for address, one in zip(addresses, saved, strict=True):
                if isinstance(one, FetchFailed):
                    yield FromWeb(address, one)
                    continue
                read = next(reads, None)
                if read is None:  # cancelled
                    return
                result = read.result
                yield FromWeb(address, completed(result, one.page) if isinstance(result, ImportedFile) else result)


def completed(file: ImportedFile, fetched: Fetched) -> ImportedFile:
    """What importers made of a fetched file, with where and when it was fetched.

    A page's own word about its address goes before the one that it was fetched from.
    """
    articles = file.articles
    warnings = list(_ways(fetched))
    if len(articles) == 1 and articles[0].place_in_file is None:  # else it is the address of a feed or a list
        [article] = articles
        articles = (replace(article, url=article.url or fetched.address),)
        if article.url and _site(article.url) != _site(fetched.address):
            warnings.append(f"It came from {fetched.address} and gives {article.url} as its own address.")
    return replace(file, articles=articles, warnings=(*warnings, *file.warnings), collected_at=fetched.fetched_at)


@dataclass(frozen=True, slots=True)
class _ReadAsDeclared:
    """Reads a file with the charset that its server declared; a value, so that it can go to a worker process."""

    charsets: Mapping[Path, str | None]

    def __call__(self, path: Path, options: ReadOptions) -> ImportedFile:
        return read_file(path, replace(options, charset=self.charsets[path]))


@dataclass(frozen=True, slots=True)
class _Saved:
    """A fetched page whose bytes lie in a file: those of a long list would not all fit into memory."""

    path: Path
    page: Fetched
    """Without its data."""


def _saved(
    addresses: Sequence[str],
    folder: Path,
    allow_private: bool,
    cancelled: threading.Event | None,
    told: Told | None,
    network: Network,
) -> list[_Saved | FetchFailed]:
    """Where in the folder lies what stood at each address, or why there is nothing."""
    stop = threading.Event()

    def one(number: int, address: str) -> _Saved | FetchFailed:
        tell = told or (lambda _number, _stage: None)
        tell(number, Stage.FETCHING)
        try:
            page = fetch(address, allow_private=allow_private, cancelled=stop, network=network)
        except FetchFailed as failed:
            tell(number, failed)
            return failed
        path = folder / str(number) / page.name
        try:
            path.parent.mkdir()
            path.write_bytes(page.data)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            full = FetchFailed(
                f"{shortened(address)} was fetched but not kept: {folder.parent} takes no file ({reason}). Make room "
                "there and fetch it again."
            )
            tell(number, full)
            return full
        tell(number, Stage.FETCHED)
        return _Saved(path, replace(page, data=b""))

    with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="addresses") as threads:
        try:
            futures = [threads.submit(one, number, address) for number, address in enumerate(addresses)]
            waiting: set[Future[_Saved | FetchFailed]] = set(futures)
            while waiting:
                _, waiting = wait(waiting, _LOOK_EVERY, FIRST_COMPLETED)
                if cancelled is not None and cancelled.is_set():
                    stop.set()
            return [future.result() for future in futures]
        finally:
            stop.set()  # also when Ctrl+C ended the waiting


def _ways(fetched: Fetched) -> Iterator[str]:
    """Sentences about redirects, where they led to another place than was asked for."""
    targets = [target_of(address) for address in fetched.chain]
    shown = list(dict.fromkeys(target.shown for target in targets))
    if len(shown) > 1:
        by_way = f" by way of {', '.join(shown[1:-1])}" if len(shown) > 2 else ""
        yield f"{targets[0].shown} led to {targets[-1].shown}{by_way}."
    if _encryption_ends(targets):
        yield f"On the way to {targets[-1].shown} the encryption ended; others could have read or changed it."


def _encryption_ends(targets: Sequence[Target]) -> bool:
    return any(one.scheme == "https" and next_.scheme == "http" for one, next_ in pairwise(targets))


def _site(address: str) -> str:
    try:
        return target_of(address).host.removeprefix("www.")
    except FetchFailed:
        return ""
