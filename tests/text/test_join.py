"""A new remark finds its place at once and moves nobody."""

import time

from bench.comments import comments
from microblog.text.changes import changes
from microblog.text.corrections import relabel
from microblog.text.grouping import Grown, group, grow
from microblog.text.join import Joiner
from microblog.text.lexicon import Lexicon
from microblog.text.outline import Outline, ground_of
from microblog.text.remark import Remark
from microblog.text.segment import Segmenter
from tests.text.test_grouping import TEXTS, remarks


def joiner(segmenter: Segmenter, lexicon: Lexicon) -> tuple[Joiner, dict[str, tuple[str | None, str | None]]]:
    grown = grow(remarks(TEXTS), segmenter=segmenter, lexicon=lexicon)
    placed = {place.id: (place.topic, place.question) for place in grown.cut().placements}
    return Joiner(outline_of(grown), segmenter=segmenter), placed


def outline_of(grown: Grown, excluded: frozenset[str] = frozenset()) -> Outline:
    return Outline(grown, ground_of(grown), relabel(grown, ()), excluded)


def test_a_new_wording_of_a_known_question_joins_its_topic(segmenter: Segmenter, lexicon: Lexicon) -> None:
    join, placed = joiner(segmenter, lexicon)
    assert join.place(Remark("n", "电动车停在楼道把消防通道堵了")).topic == placed["c0"][0]


def test_equal_words_join_the_same_question(segmenter: Segmenter, lexicon: Lexicon) -> None:
    join, placed = joiner(segmenter, lexicon)
    place = join.place(Remark("n", TEXTS[3] + "[泪]"))
    assert (place.topic, place.question) == placed["c3"]


def test_a_new_matter_opens_a_topic_that_the_next_can_join(segmenter: Segmenter, lexicon: Lexicon) -> None:
    join, placed = joiner(segmenter, lexicon)
    first = join.place(Remark("n1", "公园湖水发臭什么时候治理"))
    second = join.place(Remark("n2", "公园的湖水发臭啥时候能治理呢"))
    assert first.topic not in {topic for topic, _ in placed.values()}
    assert second.topic == first.topic


def test_nothing_left_to_compare_goes_nowhere(segmenter: Segmenter, lexicon: Lexicon) -> None:
    join, _ = joiner(segmenter, lexicon)
    assert join.place(Remark("n", "[怒][怒]")).topic is None


def test_nothing_joins_what_an_analyst_excluded(segmenter: Segmenter, lexicon: Lexicon) -> None:
    grown = grow(remarks(TEXTS), segmenter=segmenter, lexicon=lexicon)
    outline = outline_of(grown, frozenset({"c3", "c4", "c5"}))
    place = Joiner(outline, segmenter=segmenter).place(Remark("n", TEXTS[3]))
    assert place.question not in outline.questions.ids


def test_a_rebuild_in_any_batches_gives_what_one_batch_gives(segmenter: Segmenter, lexicon: Lexicon) -> None:
    rows = remarks(TEXTS)
    whole = group(rows, segmenter=segmenter, lexicon=lexicon)
    for split in (1, 4, 7):
        rebuilt = group(rows[split:] + rows[:split], segmenter=segmenter, lexicon=lexicon)
        assert rebuilt.topics == whole.topics
        assert changes(whole, rebuilt) == ()


def test_a_rebuild_tells_who_moved(segmenter: Segmenter, lexicon: Lexicon) -> None:
    rows = remarks(TEXTS)
    before = group(rows, segmenter=segmenter, lexicon=lexicon)
    rows[8] = Remark("c8", "楼道里停满电动车，消防通道堵了找谁", rows[8].user, rows[8].likes, rows[8].time)
    (moved,) = changes(before, group(rows, segmenter=segmenter, lexicon=lexicon))
    assert (moved.remark, moved.before) == ("c8", "加油")
    assert "消防通道" in moved.after


def test_joining_takes_milliseconds(segmenter: Segmenter, lexicon: Lexicon) -> None:
    rows = [Remark(row["id"], row["text"], row["user"]) for row in comments(3_200)]
    grown = grow(rows[:3_000], segmenter=segmenter, lexicon=lexicon)
    join = Joiner(outline_of(grown), segmenter=segmenter)
    start = time.process_time()
    for row in rows[3_000:]:
        join.place(row)
    assert (time.process_time() - start) / 200 < 0.02
