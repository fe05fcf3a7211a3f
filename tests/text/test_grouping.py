"""Groups do not depend on the order of the rows, hold every remark once, and tell why."""

import json
import random
from datetime import UTC, datetime, timedelta

from microblog.text.grouping import Cuts, Grouping, group, grow
from microblog.text.lexicon import Lexicon
from microblog.text.remark import Remark
from microblog.text.segment import Segmenter

TEXTS = [
    "楼道里停满电动车，消防通道堵了找谁？",
    "请问电瓶车停在楼道堵住消防通道该找谁管",
    "消防通道被电动车堵住，应该找谁投诉？",
    "老人家里免费安装烟感报警器吗？",
    "独居老人能不能免费装烟感报警器",
    "烟感报警器给老人免费安装吗",
    "商场疏散楼梯堆满货物，怎么举报？",
    "商场的疏散楼梯堆货，到哪里举报",
    "加油加油",
    "[赞][赞]",
    "",
]
START = datetime(2024, 4, 1, 9, tzinfo=UTC)


def remarks(texts: list[str]) -> list[Remark]:
    return [
        Remark(id=f"c{at}", text=text, user=f"u{at}", likes=at, time=START + timedelta(minutes=at))
        for at, text in enumerate(texts)
    ]


def topic_of(grouping: Grouping) -> dict[str, str | None]:
    return {place.id: place.topic for place in grouping.placements}


def test_remarks_about_one_matter_share_a_topic(segmenter: Segmenter, lexicon: Lexicon) -> None:
    topics = topic_of(group(remarks(TEXTS), segmenter=segmenter, lexicon=lexicon))
    assert topics["c0"] == topics["c1"] == topics["c2"]
    assert topics["c3"] == topics["c4"] == topics["c5"]
    assert topics["c6"] == topics["c7"]
    assert len({topics["c0"], topics["c3"], topics["c6"], topics["c8"]}) == 4


def test_any_row_order_gives_the_same_groups_and_ids(segmenter: Segmenter, lexicon: Lexicon) -> None:
    rows = remarks(TEXTS)
    once = group(rows, segmenter=segmenter, lexicon=lexicon)
    for seed in range(5):
        random.Random(seed).shuffle(rows)
        again = group(rows, segmenter=segmenter, lexicon=lexicon)
        assert again.topics == once.topics
        assert set(again.placements) == set(once.placements)


def test_only_what_cleaning_empties_has_no_topic(segmenter: Segmenter, lexicon: Lexicon) -> None:
    grouping = group(remarks(TEXTS), segmenter=segmenter, lexicon=lexicon)
    assert [place.id for place in grouping.placements if place.topic is None] == ["c9", "c10"]
    assert [place.id for place in grouping.placements] == [f"c{at}" for at in range(len(TEXTS))]


def test_every_remark_is_in_one_question_of_its_topic(segmenter: Segmenter, lexicon: Lexicon) -> None:
    grouping = group(remarks(TEXTS), segmenter=segmenter, lexicon=lexicon)
    members = [name for topic in grouping.topics for question in topic.questions for name in question.members]
    assert sorted(members) == sorted(f"c{at}" for at in range(9))
    assert all(question.topic == topic.id for topic in grouping.topics for question in topic.questions)


def test_a_coarser_cut_of_the_kept_tree_only_joins_groups(segmenter: Segmenter, lexicon: Lexicon) -> None:
    grown = grow(remarks(TEXTS), segmenter=segmenter, lexicon=lexicon)
    fine, coarse = grown.cut(Cuts(0.3, 0.8)), grown.cut(Cuts(0.08, 0.3))
    assert len(coarse.topics) <= len(fine.topics)
    coarse_of = topic_of(coarse)
    for topic in fine.topics:
        assert len({coarse_of[name] for question in topic.questions for name in question.members}) == 1


def test_an_id_stays_when_later_remarks_join(segmenter: Segmenter, lexicon: Lexicon) -> None:
    before = topic_of(group(remarks(TEXTS), segmenter=segmenter, lexicon=lexicon))
    more = [*TEXTS, "电动车停楼道里消防通道堵死了谁来管？", "给老人装烟感报警器免费吗？"]
    after = topic_of(group(remarks(more), segmenter=segmenter, lexicon=lexicon))
    assert {name: after[name] for name in before} == before
    assert after["c11"] == before["c0"]


def test_copies_count_people_and_are_shown_as_a_flood(segmenter: Segmenter, lexicon: Lexicon) -> None:
    copies = [Remark(id=f"x{at}", text="严查烟花爆竹！！！", user=f"u{at % 3}") for at in range(9)]
    grouping = group(copies, segmenter=segmenter, lexicon=lexicon)
    (flood,) = grouping.floods
    assert (flood.copies, flood.askers) == (9, 3)
    assert grouping.topics[0].askers == 3
    assert grouping.topics[0].questions[0].copies == 8


def test_a_grouping_survives_being_stored_as_json(segmenter: Segmenter, lexicon: Lexicon) -> None:
    grouping = group(remarks(TEXTS), segmenter=segmenter, lexicon=lexicon)
    assert Grouping.from_json(json.loads(json.dumps(grouping.as_json()))) == grouping


def test_nothing_to_group_is_an_empty_grouping(segmenter: Segmenter, lexicon: Lexicon) -> None:
    assert group([], segmenter=segmenter, lexicon=lexicon) == Grouping((), (), ())
