"""From the chosen questions to a script that may be submitted, and the posts made from it."""

from dataclasses import replace

import pytest

from microblog.domain.errors import InvalidInput, NotAllowed, NotFound
from microblog.domain.post import PostKind, PostState, Verb
from microblog.domain.script import Script, ScriptState, Section, SectionKind
from microblog.service.answer import draft_event
from microblog.service.draft import build, check, latest_script, section_of, submit, write
from microblog.service.ports import Store
from microblog.service.select import select
from microblog.text.count import strict_count, weibo_length, word_count
from tests.shared import (
    ANALYST,
    CONCERNS,
    END,
    LEAD,
    MINUTE,
    START,
    Scene,
    announced,
    answered,
    collected,
    drafted,
    prose,
    scene_of,
    seal_all,
    submitted,
    work,
)

REASON = "专题短访谈，已经区政府办同意"


@pytest.fixture
def desk(scene: Scene) -> Scene:
    """A script with every answer written."""
    drafted(scene)
    return scene


def latest(scene: Scene) -> Script:
    script = latest_script(scene.office, scene.interview)
    assert script is not None
    return script


def rewritten(scene: Scene, slot: str, by: str = LEAD, **changes: object) -> Script:
    """Change one section."""
    sections = [
        replace(section, **changes) if section.slot == slot else section  # type: ignore[arg-type]
        for section in latest(scene).sections
    ]
    return write(scene.office, scene.interview, sections, by=by)


def answers(scene: Scene, rank: int) -> list[str]:
    """The texts of an answer's parts, cancelled ones left out, in order."""
    posts = scene.store.outbox.posts(interview=1)
    own = [post for post in posts if f"answer {rank} ·" in post.key and post.state is not PostState.CANCELLED]
    return [post.text for post in sorted(own, key=lambda post: post.order)]


def test_a_script_has_an_opening_every_chosen_question_in_order_and_a_closing(store: Store) -> None:
    scene = scene_of(store)
    collected(scene)
    chosen = select(scene.office, scene.interview, by=ANALYST)
    script = build(scene.office, scene.interview, by=LEAD)
    assert [section.slot for section in script.sections] == [
        "opening",
        *(f"question {rank}" for rank in range(1, len(CONCERNS) + 1)),
        "closing",
    ]
    assert [(item.question, item.asker, item.comment, item.askers) for item in script.questions()] == [
        (item.quote, item.asker, item.comment, item.askers) for item in chosen
    ]
    assert {section.unit for section in script.questions()} == {"消防大队"}
    assert not any(section.answer for section in script.sections)


def test_without_chosen_questions_there_is_no_script(scene: Scene) -> None:
    collected(scene)
    with pytest.raises(NotAllowed, match="先选题"):
        build(scene.office, scene.interview, by=LEAD)


def test_building_again_keeps_what_is_written(desk: Scene) -> None:
    before = latest(desk)
    assert build(desk.office, desk.interview, by="另一位") == before


def test_a_draft_is_changed_in_place(desk: Scene) -> None:
    script = rewritten(desk, "opening", answer="各位网友好。")
    assert (script.version, len(desk.store.reviews.scripts(1))) == (1, 1)
    assert section_of(latest(desk), "opening").answer == "各位网友好。"


def test_whoever_wrote_a_section_last_is_its_author(desk: Scene) -> None:
    script = rewritten(desk, "question 2", by="江浦街道联络员", answer="我们补充一点。")
    authors = {section.slot: section.author for section in script.sections}
    assert authors.pop("question 2") == "江浦街道联络员"
    assert set(authors.values()) == {LEAD}


def test_there_is_nothing_to_write_before_the_script_is_built(scene: Scene) -> None:
    announced(scene)
    with pytest.raises(NotFound, match="script build"):
        write(scene.office, scene.interview, [], by=LEAD)
    with pytest.raises(NotFound, match="script build"):
        submit(scene.office, scene.interview, by=LEAD)


def test_the_script_is_counted_as_a_word_processor_counts(desk: Scene) -> None:
    script = latest(desk)
    found = check(desk.office, desk.interview, script)
    assert (found.counted, found.strict) == (word_count(script.printed()), strict_count(script.printed()))
    assert found.minimum == 8000
    assert found.strict < found.counted


def test_a_script_below_the_minimum_is_not_submitted(desk: Scene) -> None:
    counted = check(desk.office, desk.interview, latest(desk)).counted
    with pytest.raises(NotAllowed, match=f"全文{counted}字，少于规定的8000字"):
        submit(desk.office, desk.interview, by=LEAD)
    assert latest(desk).state is ScriptState.DRAFT
    assert {post.kind for post in desk.store.outbox.posts()} == {PostKind.PREVIEW}


@pytest.mark.parametrize(("missing", "allowed"), [(1, False), (0, True)])
def test_the_minimum_is_met_to_the_character(desk: Scene, missing: int, allowed: bool) -> None:
    counted = check(desk.office, desk.interview, latest(desk)).counted
    closing = section_of(latest(desk), "closing").answer
    rewritten(desk, "closing", answer=closing + "补" * (8000 - counted - missing))
    if allowed:
        assert submit(desk.office, desk.interview, by=LEAD).state is ScriptState.SUBMITTED
    else:
        with pytest.raises(NotAllowed, match="7999字"):
            submit(desk.office, desk.interview, by=LEAD)


def test_a_reason_lets_a_short_script_pass_and_is_kept(desk: Scene) -> None:
    submit(desk.office, desk.interview, by=LEAD, override=REASON)
    assert (latest(desk).state, latest(desk).override) == (ScriptState.SUBMITTED, REASON)
    assert any(REASON in str(entry.detail) for entry in desk.store.journal.entries("interview 1"))


@pytest.mark.parametrize(
    ("slot", "changes", "finding"),
    [
        ("question 2", {"answer": " "}, "“question 2”还没有答复"),
        ("closing", {"answer": ""}, "“closing”还没有答复"),
        ("question 1", {"question": "网友没有说过的话？"}, "“question 1”的提问与网友原话不一致"),
        ("question 1", {"question": ""}, "“question 1”的提问与网友原话不一致"),
        ("question 1", {"comment": "weibo:1"}, "“question 1”的提问与网友原话不一致"),
    ],
)
def test_no_reason_lets_an_unanswered_or_altered_question_pass(
    desk: Scene, slot: str, changes: dict[str, str], finding: str
) -> None:
    rewritten(desk, slot, **changes)
    with pytest.raises(NotAllowed, match=finding):
        submit(desk.office, desk.interview, by=LEAD, override=REASON)


def test_a_chosen_question_left_out_of_the_script_is_named(desk: Scene) -> None:
    gone = section_of(latest(desk), "question 3")
    write(desk.office, desk.interview, [one for one in latest(desk).sections if one != gone], by=LEAD)
    with pytest.raises(NotAllowed, match=f"入选问题不在稿中：“{gone.question[:30]}”"):
        submit(desk.office, desk.interview, by=LEAD, override=REASON)


def test_part_of_the_chosen_words_may_stand_in_the_script(desk: Scene) -> None:
    rewritten(desk, "question 1", question=section_of(latest(desk), "question 1").question[:6])
    assert check(desk.office, desk.interview, latest(desk)).altered == ()


def test_a_script_is_submitted_once(desk: Scene) -> None:
    submit(desk.office, desk.interview, by=LEAD, override=REASON)
    with pytest.raises(NotAllowed, match="送审中"):
        submit(desk.office, desk.interview, by=LEAD, override=REASON)


def test_a_submitted_script_is_changed_by_a_new_version_alone(desk: Scene) -> None:
    submit(desk.office, desk.interview, by=LEAD, override=REASON)
    before = latest(desk)
    after = rewritten(desk, "opening", answer="各位网友好。")
    assert (after.version, after.state) == (2, ScriptState.DRAFT)
    assert desk.store.reviews.scripts(1) == [before, after]


def test_writing_the_same_words_makes_no_new_version(desk: Scene) -> None:
    submit(desk.office, desk.interview, by=LEAD, override=REASON)
    assert write(desk.office, desk.interview, latest(desk).sections, by="另一位") == latest(desk)
    assert len(desk.store.reviews.scripts(1)) == 1


def test_a_slot_that_is_not_there_is_answered_with_those_that_are(desk: Scene) -> None:
    with pytest.raises(InvalidInput, match="现有：opening、question 1"):
        section_of(latest(desk), "question 99")


def test_submitting_makes_the_posts_the_bodies_will_seal(desk: Scene) -> None:
    submit(desk.office, desk.interview, by=LEAD, override=REASON)
    posts = [post for post in desk.store.outbox.posts() if post.kind is not PostKind.PREVIEW]
    assert {post.state for post in posts} == {PostState.DRAFT}
    assert [post.key for post in posts if post.kind is PostKind.OPENING] == ["interview 1 · opening"]
    assert {post.key.split(" · ")[1] for post in posts if post.kind is PostKind.ANSWER} == {
        f"answer {rank}" for rank in range(1, len(CONCERNS) + 1)
    }


def test_an_answer_of_900_characters_becomes_parts_within_the_platforms_count(store: Store) -> None:
    scene = scene_of(store)
    submitted(scene, characters=900)
    script = latest(scene)
    for section in script.questions():
        assert len(section.answer) >= 900
        parts = answers(scene, section.rank)
        assert len(parts) >= 7
        assert max(map(weibo_length, parts)) <= 140
        assert all(part.endswith(f"({number}/{len(parts)})") for number, part in enumerate(parts, 1))
        assert section.question in parts[0]
        assert f"@{section.asker}" in parts[0]


def test_no_word_of_an_answer_is_lost_between_its_parts(store: Store) -> None:
    scene = scene_of(store)
    submitted(scene, characters=900)
    for section in latest(scene).questions():
        parts = answers(scene, section.rank)
        count = len(parts)
        bodies = [
            part.removesuffix(f"({number}/{count})").partition("】" if number > 1 else "张三：")[2]
            for number, part in enumerate(parts, 1)
        ]
        assert "".join(bodies) == section.answer


def test_the_parts_follow_each_other_under_the_opening_post(desk: Scene) -> None:
    submit(desk.office, desk.interview, by=LEAD, override=REASON)
    first, second = desk.post("answer 1 · part 1"), desk.post("answer 1 · part 2")
    assert (first.verb, first.under, first.follows) == (
        Verb.COMMENT,
        "interview 1 · opening",
        "interview 1 · opening",
    )
    assert (second.verb, second.under, second.follows) == (Verb.REPLY, "interview 1 · opening", first.key)
    assert (first.replies_to, second.replies_to) == (None, None)


def test_the_thread_starts_with_the_event_a_pace_apart_and_may_end_a_little_after_it(desk: Scene) -> None:
    submit(desk.office, desk.interview, by=LEAD, override=REASON)
    posts = sorted(
        (post for post in desk.store.outbox.posts() if post.kind is PostKind.ANSWER), key=lambda post: post.order
    )
    assert [post.due_at for post in posts] == [START + (number + 1) * MINUTE for number in range(len(posts))]
    assert {post.latest_at for post in posts} == {END + desk.office.practice.answer_grace}
    assert desk.post("opening").due_at == START


def test_each_post_has_the_author_of_its_section_and_the_bodies_of_the_rules(desk: Scene) -> None:
    rewritten(desk, "question 2", by="江浦街道联络员", answer=prose("补充"))
    submit(desk.office, desk.interview, by=LEAD, override=REASON)
    assert desk.post("answer 2 · part 1").author == "江浦街道联络员"
    assert desk.post("answer 1 · part 1").author == LEAD
    assert {post.bodies for post in desk.store.outbox.posts()} == {("data-centre", "media-centre")}


def test_with_replies_the_first_part_answers_the_askers_own_comment(store: Store) -> None:
    scene = scene_of(store, strategy="reply")
    submitted(scene)
    comments = {section.rank: section.comment for section in latest(scene).questions()}
    first, second = scene.post("answer 1 · part 1"), scene.post("answer 1 · part 2")
    assert (first.verb, first.under, first.follows) == (Verb.REPLY, "interview 1 · preview", "interview 1 · opening")
    assert first.replies_to == comments[1].removeprefix("weibo:")
    assert (second.under, second.replies_to, second.follows) == ("interview 1 · preview", None, first.key)


def test_a_question_that_came_another_way_is_answered_under_the_opening_post_even_with_replies(store: Store) -> None:
    scene = scene_of(store, strategy="reply")
    drafted(scene)
    sections = [
        replace(section, comment="portal:17") if section.slot == "question 1" else section
        for section in latest(scene).sections
    ]
    draft_event(scene.office, scene.interview, latest(scene).evolve(sections=tuple(sections)))
    post = scene.post("answer 1 · part 1")
    assert (post.verb, post.under, post.replies_to) == (Verb.COMMENT, "interview 1 · opening", None)
    assert scene.post("answer 1 · part 2").under == "interview 1 · opening"


def test_a_new_version_rewords_only_what_changed_and_leaves_the_other_seals(desk: Scene) -> None:
    submit(desk.office, desk.interview, by=LEAD, override=REASON)
    seal_all(desk)
    before = desk.states()
    assert set(before.values()) == {"posted", "sealed"}
    rewritten(desk, "question 2", answer=prose("question 2").replace("，", "："))
    submit(desk.office, desk.interview, by=LEAD, override=REASON)
    changed = {name for name, state in desk.states().items() if state != before[name]}
    assert changed == {"answer 2 · part 1", "answer 2 · part 2"}
    assert {desk.state(name) for name in changed} == {PostState.DRAFT}


def test_a_shorter_answer_cancels_its_surplus_parts_and_a_longer_one_brings_them_back(desk: Scene) -> None:
    long = section_of(latest(desk), "question 2").answer
    submit(desk.office, desk.interview, by=LEAD, override=REASON)
    rewritten(desk, "question 2", answer="请找物业。")
    submit(desk.office, desk.interview, by=LEAD, override=REASON)
    assert desk.state("answer 2 · part 2") is PostState.CANCELLED
    assert len(answers(desk, 2)) == 1
    rewritten(desk, "question 2", answer=long)
    submit(desk.office, desk.interview, by=LEAD, override=REASON)
    assert desk.state("answer 2 · part 2") is PostState.DRAFT
    assert len(answers(desk, 2)) == 2


def test_an_answer_half_posted_is_left_as_it_is(desk: Scene) -> None:
    submit(desk.office, desk.interview, by=LEAD, override=REASON)
    seal_all(desk)
    work(desk)
    desk.at(START)
    for _ in range(2):
        work(desk)
        desk.later(MINUTE)
    assert desk.state("answer 1 · part 1") is PostState.POSTED
    before = answers(desk, 1)
    for slot in ("question 1", "question 2"):
        rewritten(desk, slot, answer="改得很短。")
    submit(desk.office, desk.interview, by=LEAD, override=REASON)
    assert answers(desk, 1) == before
    assert desk.state("answer 1 · part 2") is not PostState.CANCELLED
    assert len(answers(desk, 2)) == 1


def test_making_the_posts_again_changes_nothing(desk: Scene) -> None:
    submit(desk.office, desk.interview, by=LEAD, override=REASON)
    seal_all(desk)
    before = desk.store.outbox.posts()
    draft_event(desk.office, desk.interview, latest(desk))
    assert desk.store.outbox.posts() == before


def test_numbers_of_people_are_masked_before_they_become_public(desk: Scene) -> None:
    rewritten(desk, "question 1", answer="请联系网格员，电话13812345678，" + prose("question 1"))
    submit(desk.office, desk.interview, by=LEAD, override=REASON)
    assert not any("13812345678" in post.text for post in desk.store.outbox.posts())


def test_an_opening_post_longer_than_the_platform_takes_is_refused_at_submission(desk: Scene) -> None:
    guest = desk.interview.guests[0]
    many = tuple(replace(guest, name=f"张{number}", post="大队长" * 3) for number in range(5))
    desk.store.interviews.save(desk.interview.evolve(guests=many))
    with pytest.raises(InvalidInput, match="opening"):
        submit(desk.office, desk.interview, by=LEAD, override=REASON)
    assert latest(desk).state is ScriptState.DRAFT


def test_a_host_may_ask_too(desk: Scene) -> None:
    own = Section("background 1", SectionKind.BACKGROUND, "总体情况如何？", "总体平稳。", speaker="张三")
    script = write(desk.office, desk.interview, [latest(desk).sections[0], own, *latest(desk).sections[1:]], by=LEAD)
    submit(desk.office, desk.interview, by=LEAD, override=REASON)
    assert len(script.questions()) == len(CONCERNS)
    assert answered(script)[1].slot == "background 1"
