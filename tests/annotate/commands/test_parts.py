"""Captions, credits and notices are recognised by their words, and kept in one step when a person says so."""

from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate import commands
from annotate.commands.parts import OfferedPart, _cut
from annotate.errors import NotAllowed
from annotate.history import undo
from annotate.model import Part
from annotate.project import Project
from annotate.vocabulary import PartRole
from tests.annotate.drafts import take_in

TEXT = (
    "Flood in the valley 🌊\n\nThe dam broke at dusk e\u0301, and 40 people left.\n\n"
    "Families wait on the bridge. Ana Ruiz / Reuters\n\nPhotograph: Jo Roe/Getty Images\r\n\r\n"
    "قال المحافظ إن 12 منزلا دمرت.\n\nRead more: ten rivers that rose last year\n"
)


def roles(project: Project, text_id: int) -> list[tuple[str, str]]:
    body = project.read.body(text_id)
    return [(one.role.value, body[one.start : one.end].strip()[:24]) for one in project.read.parts(text_id)]


def test_what_is_recognised_is_offered_and_kept_by_role(project: Project) -> None:
    article = take_in(project, TEXT)
    offered = commands.offered_parts(project.read, article.text_id)
    assert [one.role for one in offered] == [PartRole.CAPTION, PartRole.CREDIT, PartRole.BOILERPLATE]
    before = roles(project, article.text_id)
    assert commands.keep_parts(project, article.id, PartRole.CREDIT) == 1
    assert roles(project, article.text_id) == [
        ("headline", "Flood in the valley 🌊"),
        ("body", "The dam broke at dusk e\u0301"),
        ("credit", "Photograph: Jo Roe/Getty"),
        ("body", "قال المحافظ إن 12 منزلا "),
    ]
    assert PartRole.CREDIT not in [one.role for one in commands.offered_parts(project.read, article.text_id)]
    with pytest.raises(NotAllowed, match="Nothing of that kind"):
        commands.keep_parts(project, article.id, PartRole.CREDIT)
    undo(project)
    assert roles(project, article.text_id) == before


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(1, 9)), max_size=6), st.integers(0, 30), st.integers(1, 30))
def test_what_is_left_of_a_part_holds_all_but_what_was_cut(
    stretches: list[tuple[int, int]], start: int, length: int
) -> None:
    away, last = [], 0
    for gap, size in stretches:
        away.append(OfferedPart(PartRole.CREDIT, last + gap, last + gap + size))
        last += gap + size
    part = Part(1, UUID(int=1), 1, 1, PartRole.BODY, start, start + length)
    left = {place for first, end in _cut(part, away) for place in range(first, end)}
    gone = {place for one in away for place in range(one.start, one.end)}
    assert left == set(range(start, start + length)) - gone
