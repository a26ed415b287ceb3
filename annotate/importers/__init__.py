"""Files and pasted text become articles here: pure, off the UI thread, without a project.

Importing this package loads no parser; each format does that when it reads its first file.
"""

from annotate.importers.article_list import ColumnsUnknown
from annotate.importers.decoding import encodings_for, name_of, script_of
from annotate.importers.draft import Attachment, Draft, DraftPart, ImportedFile
from annotate.importers.folders import find_files
from annotate.importers.options import Columns, Heads, ReadOptions
from annotate.importers.pool import Read, Source, read_in_batches, read_many
from annotate.importers.registry import SUPPORTED, bytes_again, read_bytes, read_file, read_pasted

__all__ = [
    "SUPPORTED",
    "Attachment",
    "Columns",
    "ColumnsUnknown",
    "Draft",
    "DraftPart",
    "Heads",
    "ImportedFile",
    "Read",
    "ReadOptions",
    "Source",
    "bytes_again",
    "encodings_for",
    "find_files",
    "name_of",
    "read_bytes",
    "read_file",
    "read_in_batches",
    "read_many",
    "read_pasted",
    "script_of",
]
