"""The lexicon is plain text an analyst edits; what is wrong in it is told by line."""

from pathlib import Path

import pytest

from microblog.domain.errors import InvalidInput, NotFound
from microblog.text.lexicon import load_lexicon


def test_entries_are_lines_without_comments(tmp_path: Path) -> None:
    (tmp_path / "stopwords.txt").write_text("# 说明\n的\n\n了  # 语气\n", encoding="utf-8")
    (tmp_path / "synonyms.txt").write_text("电动车 = 电瓶车 小电驴\n", encoding="utf-8")
    lexicon = load_lexicon(tmp_path)
    assert lexicon.stopwords == {"的", "了"}
    assert lexicon.synonyms == {"电瓶车": "电动车", "小电驴": "电动车"}
    assert lexicon.segmenter_words() == {"电动车", "电瓶车", "小电驴"}


def test_longer_fillers_are_removed_before_shorter_ones(tmp_path: Path) -> None:
    (tmp_path / "fillers.txt").write_text("请问\n请问一下\n", encoding="utf-8")
    assert load_lexicon(tmp_path).fillers == ("请问一下", "请问")


def test_a_line_of_synonyms_without_an_equals_sign_is_named(tmp_path: Path) -> None:
    (tmp_path / "synonyms.txt").write_text("电动车 电瓶车\n", encoding="utf-8")
    with pytest.raises(InvalidInput, match="电动车 电瓶车"):
        load_lexicon(tmp_path)


def test_a_missing_folder_is_told_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="microblog init"):
        load_lexicon(tmp_path / "none")
