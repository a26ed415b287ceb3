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


class NotSaved(ProjectError):
    """The disk would not take a change; it can be made again when there is room."""


class CanBeViewed(ProjectError):
    """A project cannot be worked on here and now, but looked at."""

    def __init__(self, words: str, because: str) -> None:
        """`because` goes on from "it is only looked at, since"."""
        super().__init__(words)
        self.because = because


class ProjectInUse(CanBeViewed):
    """Another window or program has the project open."""


class PerhapsInUse(ProjectInUse):
    """Another computer, whose lock does not reach this one, says that it has the project open."""


class ReadOnlyPlace(CanBeViewed):
    """A project's file, or the folder it lies in, cannot be written."""


class NoLocks(ReadOnlyPlace):
    """Where a project lies, nobody can be kept from writing at the same time."""


class ViewOnly(AnnotateError):
    """Something would change a project that is only looked at; `str(error)` says why it is."""


class ProjectDamaged(ProjectError):
    """A project's file is damaged; it is left as it is, and what can be read of it can be saved into a new one."""


class NewerProject(ProjectError):
    """A project's file was made by a newer version of the program; it is left as it is."""


class StrangeProject(ProjectError):
    """A project's file holds what no project does; it is left as it is, and a clean copy can be made."""


class NotAllowed(AnnotateError):
    """A command was given values that the record does not take."""


class TooSlow(AnnotateError):
    """A search was given up because it takes longer than it is worth."""


class CannotUndo(AnnotateError):
    """A step cannot be taken back because something it touched has changed since."""


class DamagedHistory(AnnotateError):
    """An entry of the journal cannot be read, and what was asked for cannot be done without it."""


class CannotGoBack(AnnotateError):
    """A project, article or mark cannot be put back to where it was; nothing was changed."""


class ExportFailed(AnnotateError):
    """An export could not be written; the file that stood there before is untouched."""


class ReadBackRefused(AnnotateError):
    """A workbook cannot be read back: damaged, of another project, without what its rows are known by."""


class EraseFailed(AnnotateError):
    """Something could not be erased, or a copy without history not be made; nothing was changed."""


class NotReopened(ProjectError):
    """A project was closed so that its file could be replaced, and cannot be opened again now; it stays closed."""


class BackupFailed(AnnotateError):
    """A backup could not be made, read or restored; the project and the backups made before are untouched."""
