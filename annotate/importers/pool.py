"""Many files at once on all cores, in processes that may hang, crash or be given up at any moment.

The workers are plain processes, each with one file in hand, and not a ProcessPoolExecutor: that one cannot say
which file killed a worker, fails every other file with it, and cannot end a worker that hangs. A second file waits
with each worker, so that it has work while this process writes; where the worker ends, it goes to another one. Small
text files are read in this process; starting a worker takes longer than reading a hundred of them.
"""

from __future__ import annotations

import logging
import multiprocessing
import signal
import threading
import time
import warnings
from collections import deque
from collections.abc import Callable, Generator, Iterable
from contextlib import closing
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from pathlib import Path

from annotate.errors import ImportRefused
from annotate.importers.draft import Attachment, ImportedFile
from annotate.importers.file_contents import shown_name
from annotate.importers.options import AS_FOUND, ReadOptions
from annotate.importers.plain_text import FORMAT as PLAIN_TEXT
from annotate.importers.registry import format_of, read_bytes, read_file

TIME_LIMIT = 20.0
"""Seconds for one file."""
SMALL_TEXT = 64 * 1024
"""Bytes up to which a text file is read in this process."""
MEMORY_LIMIT = 1024**3
"""Bytes that a worker may ask for beyond what it has when it starts."""
_AHEAD = 4
"""Files per worker that may be read before the one whose turn it is; bounds what waits in memory."""
_LOOK_EVERY = 0.1
"""Seconds between looks at `cancelled` and at the clock."""

ReadOne = Callable[[Path, ReadOptions], ImportedFile]
Source = Path | Attachment
"""What can be read: a file, or one that came inside another and is in memory."""


@dataclass(frozen=True, slots=True)
class Read:
    """What became of one file."""

    path: Path
    """Of what came inside another file, its name alone."""
    result: ImportedFile | ImportRefused


def read_many(
    paths: Iterable[Source],
    *,
    workers: int,
    options: ReadOptions = AS_FOUND,
    time_limit: float = TIME_LIMIT,
    cancelled: threading.Event | None = None,
    read: ReadOne = read_file,
) -> Generator[Read, None, None]:
    """Read files with up to `workers` processes (at least 1) and hand them over in the order given.

    A file that takes longer than `time_limit` seconds, more than MEMORY_LIMIT bytes or ends its worker is refused; all
    others go on. Closing the generator, or setting `cancelled` from another thread, ends it at once and kills what
    still runs. `read` is called in the workers and must be importable there.
    """
    batches = read_in_batches(
        paths, workers=workers, options=options, seconds=0, time_limit=time_limit, cancelled=cancelled, read=read
    )
    with closing(batches):
        for batch in batches:
            yield from batch


def read_in_batches(
    paths: Iterable[Source],
    *,
    workers: int,
    options: ReadOptions = AS_FOUND,
    seconds: float = 0.1,
    time_limit: float = TIME_LIMIT,
    cancelled: threading.Event | None = None,
    read: ReadOne = read_file,
) -> Generator[list[Read], None, None]:
    """The same, with what was read handed over every so many `seconds`, also while the next file takes long."""
    crew = _Crew(max(1, workers), options, time_limit, read)
    waiting = deque(enumerate(paths))
    finished: dict[int, Read] = {}
    batch: list[Read] = []
    turn, since = 0, time.monotonic()
    try:
        while waiting or crew.busy or finished:
            if cancelled is not None and cancelled.is_set():
                return
            while waiting and waiting[0][0] < turn + _AHEAD * crew.size:
                number, source = waiting[0]
                if _is_small_text(source):
                    finished[number] = Read(_path(source), _outcome(read, source, options))
                elif not crew.take(number, source):
                    break
                waiting.popleft()
                if number == turn:
                    break
            if turn not in finished:
                finished.update(crew.results())
                waiting.extendleft(sorted(crew.left_over(), reverse=True))
            while turn in finished:
                batch.append(finished.pop(turn))
                turn += 1
            if batch and time.monotonic() - since >= seconds:
                yield batch
                batch, since = [], time.monotonic()
        if batch:
            yield batch
    finally:
        crew.dismiss()


def _path(source: Source) -> Path:
    return source if isinstance(source, Path) else Path(source.name)


def _is_small_text(source: Source) -> bool:
    """Whether a file may be read in this process: a name says little, and a PDF called .txt would load its parser."""
    path = _path(source)
    try:
        if (
            path is not source
            or path.suffix.lower() not in (".txt", ".md")
            or not path.is_file()
            or path.stat().st_size > SMALL_TEXT
        ):
            return False
        return format_of(path.read_bytes(), path.name) is PLAIN_TEXT
    except (ImportRefused, OSError, ValueError):
        return False


def _outcome(read: ReadOne, source: Source, options: ReadOptions) -> ImportedFile | ImportRefused:
    try:
        if isinstance(source, Attachment):
            return read_bytes(source.data, source.name, options)
        return read(source, options)
    except ImportRefused as refused:
        return refused
    except MemoryError:
        return _too_much(_path(source))


def _serve(connection: Connection, read: ReadOne) -> None:
    """A worker: says that it is there, then answers one file after the other until the other end closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    limit_memory(MEMORY_LIMIT)
    # What libraries say of a file quotes it, and what is said here may end in a log of the system.
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    connection.send(None)
    while True:
        try:
            source, options = connection.recv()
        except EOFError:
            return
        try:
            connection.send(_outcome(read, source, options))
        except MemoryError:
            # What was read is let go by now, so that there is memory again for this sentence and the next file.
            connection.send(_too_much(_path(source)))
        except Exception as error:  # the file is refused, as that of a worker which has ended
            from annotate.fault_log import log_fault

            log_fault(error, "in a worker process")
            return


def limit_memory(more: int) -> None:
    """Let this process have so many bytes more than now; where the system has no such limit, nothing happens.

    Python and its libraries then raise MemoryError, or the process ends, before the machine begins to swap.
    """
    try:
        import resource

        in_use = int(Path("/proc/self/statm").read_text("ascii").split()[0]) * resource.getpagesize()
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        wanted = in_use + more
        resource.setrlimit(resource.RLIMIT_AS, (wanted if hard < 0 else min(wanted, hard), hard))
    except (ImportError, OSError, ValueError):
        return


def _too_much(path: Path) -> ImportRefused:
    return ImportRefused(
        f"{shown_name(path)} takes more memory to read than is safe (over {MEMORY_LIMIT // 1024**3} GB); "
        "split it, or copy and paste its words."
    )


def _ended(path: Path) -> ImportRefused:
    return ImportRefused(
        f"{shown_name(path)} ended the program that read it: it is damaged or too large to be safe; "
        "copy and paste its words."
    )


_Job = tuple[int, Source]
"""A file and its place among all."""


class _Worker:
    """One process, the file it has in hand and perhaps the one that it takes up next."""

    def __init__(self, read: ReadOne) -> None:
        context = multiprocessing.get_context("spawn")
        self.connection, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, read), daemon=True, name="provenote-reader")
        self._process.start()
        theirs.close()
        self.ready = False
        self.jobs: list[_Job] = []
        self.since = 0.0

    @property
    def job(self) -> _Job | None:
        """The file in hand."""
        return self.jobs[0] if self.jobs else None

    def may_take(self, source: Source) -> bool:
        """Whether it is idle, or soon will be. A file's place can wait in the pipe; bytes would fill it up."""
        return not self.jobs or (len(self.jobs) == 1 and self.ready and isinstance(source, Path))

    def give(self, number: int, source: Source, options: ReadOptions) -> None:
        self.connection.send((source, options))
        self.jobs.append((number, source))
        if len(self.jobs) == 1:
            self.since = time.monotonic()

    def answered(self) -> None:
        """The file in hand is read; the next one is in hand since now."""
        del self.jobs[0]
        self.since = time.monotonic()

    def end(self) -> None:
        self._process.kill()
        self._process.join()
        self._process.close()
        self.connection.close()


class _Crew:
    """The workers: as many as there is work for, replaced when they die."""

    def __init__(self, size: int, options: ReadOptions, time_limit: float, read: ReadOne) -> None:
        self.size = size
        self._options = options
        self._time_limit = time_limit
        self._read = read
        self._workers: list[_Worker] = []
        self._left_over: list[_Job] = []

    @property
    def busy(self) -> bool:
        return any(worker.job is not None for worker in self._workers)

    def take(self, number: int, source: Source) -> bool:
        """Give a file to an idle or new worker, else to one that has no other waiting; False if all have."""
        worker = min(self._workers, key=lambda worker: len(worker.jobs), default=None)
        if (worker is None or worker.jobs) and len(self._workers) < self.size:
            worker = _Worker(self._read)
            self._workers.append(worker)
        if worker is None or not worker.may_take(source):
            return False
        try:
            worker.give(number, source, self._options)
        except OSError:  # it has ended; what it had in hand is to blame, and `results` will say so
            return False
        return True

    def left_over(self) -> list[_Job]:
        """Files that waited with workers that have ended, to be given again."""
        left_over, self._left_over = self._left_over, []
        return left_over

    def results(self) -> dict[int, Read]:
        """Wait a moment; what has been read, or refused because its worker died or took too long."""
        by_connection = {worker.connection: worker for worker in self._workers if worker.job is not None}
        done: dict[int, Read] = {}
        for connection in wait(list(by_connection), timeout=_LOOK_EVERY) if by_connection else ():
            worker = by_connection[connection]  # type: ignore[index]
            if worker.job is None:
                continue
            number, source = worker.job
            path = _path(source)
            try:
                answer = worker.connection.recv()
            except (EOFError, OSError) as error:
                if not worker.ready:
                    raise RuntimeError("a worker process for reading files ended before it began") from error
                self._replace(worker)
                done[number] = Read(path, _ended(path))
                continue
            if answer is None:
                # The clock of a file starts when its worker is up: starting it is not the file's fault.
                worker.ready, worker.since = True, time.monotonic()
                continue
            worker.answered()
            done[number] = Read(path, answer)
        for worker in list(self._workers):
            if worker.job is not None and worker.ready and time.monotonic() - worker.since > self._time_limit:
                number, source = worker.job
                path = _path(source)
                self._replace(worker)
                limit = f"{self._time_limit:g} second{'' if self._time_limit == 1 else 's'}"
                done[number] = Read(
                    path,
                    ImportRefused(
                        f"{shown_name(path)} could not be read within {limit}; split it, or copy and paste its words."
                    ),
                )
        return done

    def dismiss(self) -> None:
        for worker in self._workers:
            worker.end()
        self._workers.clear()

    def _replace(self, worker: _Worker) -> None:
        """Only removed here; the next file brings a new one."""
        self._left_over += worker.jobs[1:]
        self._workers.remove(worker)
        worker.end()
