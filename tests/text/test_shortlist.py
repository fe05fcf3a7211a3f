"""Representatives are real words, speak for people, and never repeat each other."""

import json

from microblog.text.grouping import Grouping, group
from microblog.text.lexicon import Lexicon
from microblog.text.remark import Remark
from microblog.text.segment import Segmenter
from microblog.text.shortlist import Shortlist, shortlist
from tests.text.test_grouping import TEXTS, remarks

EMPTY = Grouping((), (), ())


def chosen(rows: list[Remark], segmenter: Segmenter, lexicon: Lexicon, count: int = 20) -> Shortlist:
    return shortlist(group(rows, segmenter=segmenter, lexicon=lexicon), rows, count=count)


def test_each_matter_gets_a_proper_question_in_real_words(segmenter: Segmenter, lexicon: Lexicon) -> None:
    rows = remarks(TEXTS)
    told = chosen(rows, segmenter, lexicon)
    assert {candidate.remark_id for candidate in told.candidates} <= {remark.id for remark in rows}
    assert len({candidate.topic for candidate in told.candidates}) == len(told.candidates) == 3
    assert [candidate.rank for candidate in told.candidates] == [1, 2, 3]
    assert told.coverage == 1.0
    assert told.coverage_line == "3 个问题代表了 100% 的提问网友（8/8 人）"


def test_chatter_is_left_out_with_its_reason(segmenter: Segmenter, lexicon: Lexicon) -> None:
    told = chosen(remarks(TEXTS), segmenter, lexicon)
    assert any("没有需要答复" in left.reason for left in told.left_out)


def test_people_count_and_not_copies(segmenter: Segmenter, lexicon: Lexicon) -> None:
    flood = [Remark(f"x{at}", "电梯什么时候修好？", "one person") for at in range(50)]
    asked = [Remark(f"y{at}", f"菜市场{word}搬到哪里", f"p{at}") for at, word in enumerate(["要", "会", "将"])]
    told = chosen(flood + asked, segmenter, lexicon, count=1)
    assert told.candidates[0].remark_id.startswith("y")
    assert told.candidates[0].askers == 3


def test_what_no_place_is_left_for_says_so_and_is_followed_up(segmenter: Segmenter, lexicon: Lexicon) -> None:
    told = chosen(remarks(TEXTS), segmenter, lexicon, count=1)
    assert len(told.candidates) == 1
    assert told.coverage < 1
    assert any("名额已满" in left.reason for left in told.left_out)


def test_nothing_asked_is_an_empty_list() -> None:
    told = shortlist(EMPTY, [])
    assert (told.candidates, told.left_out, told.coverage) == ((), (), 0.0)


def test_a_shortlist_survives_being_stored_as_json(segmenter: Segmenter, lexicon: Lexicon) -> None:
    told = chosen(remarks(TEXTS), segmenter, lexicon)
    assert Shortlist.from_json(json.loads(json.dumps(told.as_json()))) == told
