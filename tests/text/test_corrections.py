"""What an analyst corrected holds after every rebuild, can be undone, and is reported when it lapses."""

import pytest

from microblog.text.corrections import Corrected, Rule, Verb, correct
from microblog.text.grouping import group
from microblog.text.groups import Placement
from microblog.text.lexicon import Lexicon
from microblog.text.remark import Remark
from microblog.text.segment import Segmenter
from microblog.text.shortlist import shortlist
from tests.text.test_grouping import TEXTS, remarks


@pytest.fixture
def replayed(segmenter: Segmenter, lexicon: Lexicon) -> "Replay":
    return Replay(segmenter, lexicon)


class Replay:
    """Corrects the same remarks by different rules."""

    def __init__(self, segmenter: Segmenter, lexicon: Lexicon) -> None:
        self.segmenter, self.lexicon, self.remarks = segmenter, lexicon, remarks(TEXTS)

    def __call__(self, *rules: Rule, rows: list[Remark] | None = None) -> Corrected:
        return correct(rows or self.remarks, rules, segmenter=self.segmenter, lexicon=self.lexicon)


def place(corrected: Corrected, name: str) -> Placement:
    return next(one for one in corrected.grouping.placements if one.id == name)


def test_without_rules_it_is_the_plain_grouping(replayed: Replay) -> None:
    plain = group(replayed.remarks, segmenter=replayed.segmenter, lexicon=replayed.lexicon)
    assert replayed() == Corrected(plain, ())


def test_merged_topics_are_one_and_undoing_parts_them_again(replayed: Replay) -> None:
    merged = replayed(Rule(Verb.MERGE, ("c0", "c3"), "topic"))
    assert place(merged, "c1").topic == place(merged, "c4").topic
    assert place(replayed(), "c1").topic != place(replayed(), "c4").topic


def test_a_merged_question_follows_into_the_first_ones_topic(replayed: Replay) -> None:
    merged = replayed(Rule(Verb.MERGE, ("c0", "c3")))
    assert place(merged, "c0").question == place(merged, "c3").question
    assert place(merged, "c3").topic == place(merged, "c0").topic


def test_split_remarks_make_a_topic_of_their_own(replayed: Replay) -> None:
    split = replayed(Rule(Verb.SPLIT, ("c1", "c2"), "topic"))
    assert place(split, "c1").topic == place(split, "c2").topic != place(split, "c0").topic


def test_a_moved_remark_leaves_the_others_where_they_are(replayed: Replay) -> None:
    before, after = replayed(), replayed(Rule(Verb.MOVE, ("c8", "c0")))
    assert place(after, "c8").question == place(after, "c0").question
    assert [place(after, f"c{at}").topic for at in range(8)] == [place(before, f"c{at}").topic for at in range(8)]


def test_a_question_moved_to_another_topic_leaves_its_old_topic_where_it_was(replayed: Replay) -> None:
    before, after = replayed(), replayed(Rule(Verb.MOVE, ("c0", "c3"), "topic"))
    moved = {one.id for one in before.grouping.placements if one.question == place(before, "c0").question}
    assert {place(after, name).topic for name in moved} == {place(after, "c3").topic}
    assert place(after, "c0").question != place(after, "c3").question
    for one in before.grouping.placements:
        if one.topic == place(before, "c0").topic and one.id not in moved:
            assert place(after, one.id).topic != place(after, "c3").topic


def test_never_together_divides_the_group_between_the_two(replayed: Replay) -> None:
    apart = replayed(Rule(Verb.APART, ("c0", "c2"), "topic"))
    assert apart.lapsed == ()
    assert place(apart, "c0").topic != place(apart, "c2").topic
    assert place(apart, "c1").topic in {place(apart, "c0").topic, place(apart, "c2").topic}


def test_a_name_and_a_pin_stay_with_the_group(replayed: Replay) -> None:
    rules = (Rule(Verb.RENAME, ("c3",), "topic", "老人家里的报警器"), Rule(Verb.PIN, ("c5",)))
    told = replayed(*rules)
    topic = next(topic for topic in told.grouping.topics if topic.id == place(told, "c3").topic)
    assert topic.name == "老人家里的报警器"
    first = shortlist(told.grouping, replayed.remarks).candidates[0]
    assert first.remark_id == "c5"


def test_an_excluded_remark_is_placed_nowhere_and_counts_nowhere(replayed: Replay) -> None:
    told = replayed(Rule(Verb.EXCLUDE, ("c8",)))
    assert place(told, "c8").topic is None
    assert place(told, "c8").reason == "已由分析员排除"
    assert all("c8" not in question.members for topic in told.grouping.topics for question in topic.questions)


def test_a_rule_about_a_remark_that_is_gone_is_reported(replayed: Replay) -> None:
    rule = Rule(Verb.MERGE, ("c0", "c3"), "topic")
    told = replayed(rule, rows=[remark for remark in replayed.remarks if remark.id != "c3"])
    assert [(one.at, one.rule) for one in told.lapsed] == [(0, rule)]
    assert "c3" in told.lapsed[0].why


def test_a_rule_undone_by_a_later_one_is_reported(replayed: Replay) -> None:
    told = replayed(Rule(Verb.MERGE, ("c0", "c3"), "topic"), Rule(Verb.APART, ("c0", "c3"), "topic"))
    assert [one.at for one in told.lapsed] == [0]


def test_equal_words_cannot_be_parted(replayed: Replay) -> None:
    rows = [*replayed.remarks, Remark("copy", TEXTS[0])]
    told = replayed(Rule(Verb.APART, ("c0", "copy")), rows=rows)
    assert "相同" in told.lapsed[0].why


def test_rules_hold_when_remarks_join_later(replayed: Replay) -> None:
    rows = [*replayed.remarks, Remark("late", "电动车停楼道里把消防通道堵死了谁来管？")]
    told = replayed(Rule(Verb.MERGE, ("c0", "c3"), "topic"), rows=rows)
    assert place(told, "late").topic == place(told, "c3").topic


def test_a_rule_survives_being_stored_as_json() -> None:
    rule = Rule(Verb.RENAME, ("c3",), "topic", "新名字")
    assert Rule.from_json(rule.as_json()) == rule
