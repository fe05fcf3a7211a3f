"""Helpers shared by the tests of plan import: documents made in the test, never copies of official texts."""

from collections.abc import Callable
from pathlib import Path

import pytest

from microblog.domain.plan import Plan
from microblog.plans import plan_from_document
from microblog.plans.text_file import read_text
from microblog.plans.words import Words, shipped_words

Reads = Callable[[str], Plan]


@pytest.fixture(scope="session")
def words() -> Words:
    return shipped_words()


@pytest.fixture(scope="session")
def reads(words: Words) -> Reads:
    """Read plain text as a plan."""
    return lambda text: plan_from_document(read_text(text), words)


@pytest.fixture(scope="session")
def seeds() -> Path:
    folder = Path(__file__).parents[2].parent / "shared" / "seeds"
    if not folder.is_dir():
        pytest.skip(f"the source plans are not beside this checkout ({folder.name} is absent)")
    return folder
