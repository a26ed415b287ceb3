"""Garbage is looked for again after what makes very many values, also when that fails."""

import gc

import pytest

from annotate.garbage import garbage_left


def fail_with_garbage_left() -> None:
    with garbage_left():
        with garbage_left():
            assert not gc.isenabled()
        assert not gc.isenabled()
        raise ValueError("broken")


def test_looking_for_garbage_goes_on_after_the_outermost_block_also_after_a_failure() -> None:
    assert gc.isenabled()
    with pytest.raises(ValueError, match="broken"):
        fail_with_garbage_left()
    assert gc.isenabled()
