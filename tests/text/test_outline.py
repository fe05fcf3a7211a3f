"""What the desk counts and describes is what a whole reading of the tree says."""

from datetime import timedelta

import pytest

from bench.comments import comments
from microblog.text.close_up import TopicHead, groups, heads, nearness, reasons
from microblog.text.corrections import Rule, Verb, relabel, replay
from microblog.text.grouping import Cuts, Grown, grow
from microblog.text.groups import Grouping
from microblog.text.outline import Outline, ground_of
from microblog.text.remark import Remark
from tests.shared import china, lexicon, segmenter

MADE = [
    Remark(row["id"], row["text"], row["user"], row["likes"], china(4, 1) + timedelta(minutes=number))
    for number, row in enumerate(comments(300))
]


@pytest.fixture(scope="module")
def grown() -> Grown:
    return grow(MADE, segmenter=segmenter(), lexicon=lexicon())


def outlined(grown: Grown, rules: list[Rule], cuts: Cuts, excluded: frozenset[str] = frozenset()) -> Outline:
    return Outline(grown, ground_of(grown), relabel(grown, rules, cuts=cuts), excluded)


def listed(outline: Outline) -> list[TopicHead]:
    return heads(outline, outline.order.tolist())


def some_rules(grouping: Grouping) -> list[Rule]:
    """Something of every kind that may be done to the groups."""
    first, second, third = (topic.questions[0].best for topic in grouping.topics[:3])
    members = grouping.topics[0].questions[0].members
    return [
        Rule(Verb.MERGE, (first, second), "topic"),
        Rule(Verb.RENAME, (first,), "topic", "充电与停放"),
        Rule(Verb.MOVE, (third, second)),
        Rule(Verb.RENAME, (second,), "question", "谁来管"),
        Rule(Verb.PIN, (members[-1],)),
        Rule(Verb.APART, (members[0], members[-1])),
    ]


@pytest.mark.parametrize("cuts", [Cuts(), Cuts(0.1, 0.5), Cuts(0.3, 0.9)])
@pytest.mark.parametrize("corrected", [False, True])
def test_an_outline_says_what_a_whole_reading_says(grown: Grown, cuts: Cuts, corrected: bool) -> None:
    rules = some_rules(grown.cut()) if corrected else []
    whole = replay(grown, rules, cuts=cuts).grouping
    outline = outlined(grown, rules, cuts)
    found = listed(outline)
    assert [(one.id, one.name, one.keywords, one.askers, one.size, one.kind, one.questions) for one in found] == [
        (one.id, one.name, one.keywords, one.askers, one.size, one.kind, len(one.questions)) for one in whole.topics
    ]
    for topic, at in zip(whole.topics, outline.order.tolist(), strict=True):
        assert tuple(groups(outline, outline.questions_of(at).tolist())) == topic.questions
    assert sorted(len(one) for one in outline.floods()) == sorted(flood.copies for flood in whole.floods)


def test_a_few_groups_are_described_as_they_are_among_all(grown: Grown) -> None:
    outline = outlined(grown, [], Cuts())
    third = outline.order.tolist()[2]
    assert heads(outline, [third]) == [listed(outline)[2]]


def test_every_remark_says_why_it_is_where_it_is(grown: Grown) -> None:
    placements = {place.id: place.reason for place in grown.cut().placements}
    outline = outlined(grown, [], Cuts())
    head, topic = listed(outline)[0], outline.order.tolist()[0]
    for group in groups(outline, outline.questions_of(topic).tolist()):
        assert reasons(outline, head, group, group.members) == {name: placements[name] for name in group.members}


def test_the_excluded_count_nowhere_before_the_tree_is_grown_anew(grown: Grown) -> None:
    group = grown.cut().topics[0].questions[0]
    outline = outlined(grown, [], Cuts(), frozenset(group.members))
    assert group.id not in outline.questions.number
    assert set(group.members).isdisjoint(outline.places)
    assert int(outline.topics.size.sum()) == len(grown.cut().placements) - len(group.members) - sum(
        place.question is None for place in grown.cut().placements
    )


def test_the_course_of_a_topic_counts_each_of_its_remarks_once(grown: Grown) -> None:
    outline = outlined(grown, [], Cuts())
    topics = outline.order.tolist()[:5]
    assert outline.course(topics, 24).sum(axis=1).tolist() == outline.topics.size[topics].tolist()


def test_two_wordings_are_near_by_the_words_they_share() -> None:
    texts = ("消防通道被私家车堵住了怎么办？", "消防通道天天被私家车堵住", "食堂几点开门")
    few = grow([Remark(str(at), text) for at, text in enumerate(texts)], segmenter=segmenter(), lexicon=lexicon())
    outline = outlined(few, [], Cuts())
    first, second, third = (few.wordings.of[at] for at in range(3))
    assert first is not None
    assert second is not None
    assert third is not None
    near, far = nearness(outline, first, second), nearness(outline, first, third)
    assert {"消防通道", "堵住"} <= set(near.shared)
    assert near.cosine > 0.5 > far.cosine
    assert far.shared == ()


def test_nothing_at_all_is_an_outline_too() -> None:
    outline = outlined(grow([], segmenter=segmenter(), lexicon=lexicon()), [], Cuts())
    assert (listed(outline), outline.floods(), outline.places) == ([], [], {})
