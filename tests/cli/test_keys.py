"""Keys of posts as people type them."""

import pytest

from microblog.cli.keys import read_key
from microblog.domain.errors import InvalidInput

PART = "interview 3 · answer 7 · part 2"


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        (PART, PART),
        ("3/answer/7/2", PART),
        ("interview 3/answer 7/part 2", PART),
        ("  Interview 3 · Answer 7 · Part 2 ", PART),
        ("interview3·answer7·part2", PART),
        ("3 answer 7 2", PART),
        ("3/preview", "interview 3 · preview"),
        ("interview 3 · preview", "interview 3 · preview"),
        ("03/closing", "interview 3 · closing"),
        ("12/opening", "interview 12 · opening"),
        ("3/roundup", "interview 3 · roundup"),
    ],
)
def test_a_key_may_be_typed_in_full_or_short(typed: str, key: str) -> None:
    assert read_key(typed) == key


@pytest.mark.parametrize(
    "typed", ["", "preview", "3", "3/answer/7", "3/answer", "3/preview/1", "answer/3/7/2", "3/预告", "3/preview!"]
)
def test_anything_else_is_refused_with_examples(typed: str) -> None:
    with pytest.raises(InvalidInput, match="3/answer/7/2"):
        read_key(typed)
