"""The project about a flood that the tests of the report work on, for what goes out to other tools."""

from tests.report.conftest import empty_project, flood

__all__ = ["empty_project", "flood"]
