"""What the tests of suggestions share."""

import pytest

# What is asserted there says what was found.
pytest.register_assert_rewrite("tests.suggest.any_text")
