"""How many questions are held against how many the platform counts."""

from dataclasses import replace

import pytest

from microblog.domain.question import Comment, Completeness, completeness
from tests.shared import START

COMMENT = Comment(1, "weibo", "1", "7", "网友", "归谁管？", START, START, START)


def comments(alive: int, deleted: int = 0, late: int = 0) -> tuple[Comment, ...]:
    """So many comments; the late ones are among those alive."""
    return tuple(
        replace(COMMENT, platform_id=str(number), late=number < late, deleted_at=START if number >= alive else None)
        for number in range(alive + deleted)
    )


@pytest.mark.parametrize(
    ("held", "total", "expected"),
    [
        (comments(0), 0, Completeness(0, 0, 0, 0, 0, 0)),
        (comments(8), 10, Completeness(10, 8, 8, 0, 0, 2)),
        (comments(8, deleted=2), 10, Completeness(10, 10, 8, 2, 0, 2)),
        (comments(8, late=3), 8, Completeness(8, 8, 8, 0, 3, 0)),
        (comments(8), 5, Completeness(5, 8, 8, 0, 0, 0)),
    ],
)
def test_a_gap_is_counted_and_never_below_nothing(
    held: tuple[Comment, ...], total: int, expected: Completeness
) -> None:
    assert completeness(held, total) == expected


def test_a_comment_is_named_with_its_source() -> None:
    assert COMMENT.id == "weibo:1"
