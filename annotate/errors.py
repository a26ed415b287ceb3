"""What can go wrong for reasons outside the program, each with a sentence for the analyst.

A message names the file or record it is about and says what to do. These errors are caught where a command was
asked for (window, command line) and shown; anything else that is raised is a fault of the program.
"""


class AnnotateError(Exception):
    """Root of all expected errors; `str(error)` is a sentence meant for the analyst."""


class ImportRefused(AnnotateError):
    """A file cannot be taken in: empty, encrypted, truncated, not text."""


class FetchFailed(ImportRefused):
    """An address on the web gave nothing that can be taken in; `str(error)` names the address or its site."""


class ProjectError(AnnotateError):
    """A project cannot be opened, created or saved as asked."""


class ProjectInUse(ProjectError):
    """Another window or program has the project open."""


class NotAllowed(AnnotateError):
    """A command was given values that the record does not take."""


class TooSlow(AnnotateError):
    """A search was given up because it takes longer than it is worth."""


class CannotUndo(AnnotateError):
    """A step cannot be taken back because something it touched has changed since."""


class ExportFailed(AnnotateError):
    """An export could not be written; the file that stood there before is untouched."""


class ReadBackRefused(AnnotateError):
    """A workbook cannot be read back: damaged, of another project, without what its rows are known by."""


class BackupFailed(AnnotateError):
    """A backup could not be made, read or restored; the project and the backups made before are untouched."""
