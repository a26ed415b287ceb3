"""Where the shared samples lie, if they are there."""

from __future__ import annotations

from pathlib import Path

import pytest

# What is asserted there says what was found.
pytest.register_assert_rewrite("tests.importers.mails")

SHARED = Path(__file__).resolve().parents[3] / "shared"


@pytest.fixture
def shared() -> Path:
    if not SHARED.is_dir():
        pytest.skip("the shared samples are not beside the project")
    return SHARED
