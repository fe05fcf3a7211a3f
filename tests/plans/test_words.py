"""The words file: where it is wrong, it says so."""

from pathlib import Path

import pytest

from microblog.domain.errors import InvalidInput, NotFound
from microblog.plans.header import header_kind
from microblog.plans.words import load_words

SHIPPED = Path(__file__).parents[2] / "config" / "lexicon" / "plan.toml"


def test_a_missing_file_says_where_to_look(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="microblog init"):
        load_words(tmp_path / "plan.toml")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("[headers]", "[headers"),
        ("[furniture]", "[furnitur]"),
        ("'扫一扫.*'", "'扫一扫('"),
        ("exceptions =", "exception ="),
    ],
)
def test_a_wrong_file_is_refused_in_one_line(old: str, new: str, tmp_path: Path) -> None:
    text = SHIPPED.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "plan.toml"
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(InvalidInput, match="词表"):
        load_words(path)


def test_an_added_header_word_is_recognised(tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    text = SHIPPED.read_text(encoding="utf-8")
    path.write_text(text.replace('when = ["时间"', 'when = ["开讲", "时间"'), encoding="utf-8")
    assert header_kind("开讲", load_words(SHIPPED)) is None
    assert header_kind("开讲", load_words(path)) == "when"
