"""What an exported workbook says about itself, unseen, so that it can be read back.

Why it exists: a workbook comes back with any name and any sheets; these document properties say which project it shows
and at which moment. One that goes to people who do not have the project says nothing of the kind.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TypeAlias

from annotate.report.evidence import Evidence

About: TypeAlias = Mapping[str, str | datetime]
"""Values by the name of the property; times are UTC and name no zone."""

OURS = "Provenote "
"""With which the names of all of them begin."""


def about_export(evidence: Evidence) -> About:
    """The properties of a workbook of this evidence; none for one that is shared."""
    if evidence.shared:
        return {}
    scope = evidence.scope
    about: dict[str, str | datetime] = {
        f"{OURS}project": str(evidence.project.uid),
        f"{OURS}export": evidence.made_at.replace(tzinfo=None, microsecond=0),
        f"{OURS}scope": "everything" if scope.is_everything else "marks" if scope.narrows_marks else "articles",
    }
    if evidence.moment is not None:
        about[f"{OURS}moment"] = str(evidence.moment)
    return about
