"""Forms of a project that is only looked at: everything can be read and copied, nothing changed, and a tip says why.

What can be locked has `set_locked(locked)`, and stays so for what is shown in it later.
"""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.plain_tips import plain_tip
from ui.style import restyle


def lock(form: QWidget, why: str) -> None:
    """Lock a form with all that is in it now; unlock it where `why` is empty."""
    form.setToolTip(plain_tip(why))
    for part in (form, *form.findChildren(QWidget)):
        if hasattr(part, "set_locked"):
            part.set_locked(bool(why))


def show_locked(field: QWidget, locked: bool) -> None:
    """Look like words to be read, and not like a field that is off."""
    wanted = "true" if locked else "false"
    if field.property("locked") != wanted:
        field.setProperty("locked", wanted)
        restyle(field)
