"""The lexicon the product ships and one segmenter for all tests of the text pipeline."""

from pathlib import Path

import pytest

from microblog.text.lexicon import Lexicon, load_lexicon
from microblog.text.segment import Segmenter, load_segmenter

CONFIG = Path(__file__).parents[2] / "config"


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return load_lexicon(CONFIG / "lexicon")


@pytest.fixture(scope="session")
def segmenter(lexicon: Lexicon) -> Segmenter:
    return load_segmenter(lexicon.segmenter_words())
