"""The fast segmenter and the reference agree; words added to one tokenizer stay there."""

import jieba

from microblog.text.segment import load_segmenter

TEXTS = [
    "小区能不能装充电桩，电动车没地方充电",
    "燃气软管多久换一次 3-5年？",
    "A7县星沙_物业的电话025-1234567",
    "GDP增长5.2%，2024年4月25日上午9:00",
    "𠮷野家的门口消防通道被占",
]


def test_rjieba_and_jieba_split_alike() -> None:
    fast, slow = load_segmenter(["飞线充电"]), load_segmenter(["飞线充电"], fast=False)
    assert [fast.words(text) for text in TEXTS] == [slow.words(text) for text in TEXTS]


def test_a_user_word_is_kept_whole_and_reaches_no_other_segmenter() -> None:
    assert "浦口汤泉路口" in load_segmenter(["浦口汤泉路口"], fast=False).words("请问浦口汤泉路口几时修好")
    assert "浦口汤泉路口" not in load_segmenter().words("请问浦口汤泉路口几时修好")
    assert "浦口汤泉路口" not in jieba.dt.FREQ


def test_marks_and_blanks_are_no_words() -> None:
    assert load_segmenter().words(" ，。！？[]() ") == []
