"""Two bodies seal the exact words, each on its own; a rejection needs a new version; nobody seals their own."""

from dataclasses import replace

import pytest

from microblog.domain.errors import NotAllowed
from microblog.domain.post import PostKind, PostState
from microblog.domain.script import Script, ScriptState, Seal
from microblog.service.agenda import advance
from microblog.service.draft import latest_script, submit, write
from microblog.service.ports import Store
from microblog.service.review import approve, last_sealed_at, pending, reject, sealing_bodies, settle_seals
from tests.shared import LEAD, MINUTE, REVIEWERS, Scene, drafted, prose, scene_of, seal_all, submitted

DATA, MEDIA = REVIEWERS
REASON = "专题短访谈，已经区政府办同意"


@pytest.fixture
def desk(store: Store) -> Scene:
    """A script before the bodies, with the posts made from it, on either store."""
    scene = scene_of(store)
    submitted(scene)
    return scene


def latest(scene: Scene) -> Script:
    script = latest_script(scene.office, scene.interview)
    assert script is not None
    return script


def waiting(scene: Scene, body: str) -> list[str]:
    """Subjects a body still has to read."""
    return [item.subject for item in pending(scene.office, scene.interview, body)]


def sealed_by(scene: Scene, body: str, subjects: list[str] | None = None) -> int:
    return approve(scene.office, scene.interview, body=body, by=REVIEWERS[body], subjects=subjects)


def revised(scene: Scene, slot: str = "question 2") -> Script:
    """A new version with one section changed, submitted again."""
    sections = [
        replace(section, answer=prose(slot).replace("，", "：")) if section.slot == slot else section
        for section in latest(scene).sections
    ]
    write(scene.office, scene.interview, sections, by=LEAD)
    return submit(scene.office, scene.interview, by=LEAD, override=REASON)


def test_each_body_reads_every_section_and_every_post_in_order(desk: Scene) -> None:
    posts = [post for post in desk.store.outbox.posts() if post.kind is not PostKind.PREVIEW]
    expected = [latest(desk).subject(section) for section in latest(desk).sections] + [post.key for post in posts]
    assert waiting(desk, DATA) == waiting(desk, MEDIA) == expected


def test_what_is_read_is_exactly_what_goes_out(desk: Scene) -> None:
    texts = {item.subject: item.text for item in pending(desk.office, desk.interview, DATA)}
    for post in desk.store.outbox.posts(states=[PostState.DRAFT]):
        assert texts[post.key] == post.text
    for section in latest(desk).sections:
        assert texts[latest(desk).subject(section)] == section.printed()


def test_the_bodies_seal_in_parallel_and_in_either_order(desk: Scene) -> None:
    sealed_by(desk, MEDIA)
    assert (waiting(desk, MEDIA), latest(desk).state) == ([], ScriptState.SUBMITTED)
    assert waiting(desk, DATA)
    sealed_by(desk, DATA)
    assert latest(desk).state is ScriptState.FINAL


def test_one_bodys_seals_alone_release_nothing(desk: Scene) -> None:
    sealed_by(desk, DATA)
    assert {state for name, state in desk.states().items() if name != "preview"} == {"draft"}
    assert sealing_bodies(desk.office, desk.interview) == {DATA}


def test_with_both_seals_script_and_posts_are_ready(desk: Scene) -> None:
    seal_all(desk)
    assert {state for name, state in desk.states().items() if name != "preview"} == {"sealed"}
    assert sealing_bodies(desk.office, desk.interview) == {DATA, MEDIA}
    assert last_sealed_at(desk.office, desk.interview) == desk.clock.now()


def test_a_body_may_seal_a_part_and_the_rest_later(desk: Scene) -> None:
    first, *rest = waiting(desk, DATA)
    assert sealed_by(desk, DATA, [first]) == 1
    assert waiting(desk, DATA) == rest
    assert sealed_by(desk, DATA) == len(rest)


def test_sealing_again_adds_no_seal(desk: Scene) -> None:
    seal_all(desk)
    subjects = [post.key for post in desk.store.outbox.posts()]
    before = desk.store.reviews.seals(subjects)
    seal_all(desk)
    assert desk.store.reviews.seals(subjects) == before


@pytest.mark.parametrize("body", ["organiser", "", "Data-Centre"])
def test_only_the_bodies_of_the_rules_review(desk: Scene, body: str) -> None:
    with pytest.raises(NotAllowed, match="data-centre、media-centre"):
        approve(desk.office, desk.interview, body=body, by="某人")
    with pytest.raises(NotAllowed, match="data-centre、media-centre"):
        reject(desk.office, desk.interview, body=body, by="某人", note="不行")


def test_nobody_seals_their_own_words(desk: Scene) -> None:
    with pytest.raises(NotAllowed, match="本人撰写"):
        approve(desk.office, desk.interview, body=DATA, by=LEAD)
    assert sealing_bodies(desk.office, desk.interview) == frozenset()


def test_whoever_wrote_one_section_may_seal_the_others(desk: Scene) -> None:
    reject(desk.office, desk.interview, body=MEDIA, by=REVIEWERS[MEDIA], note="请改第2问")
    sections = [
        replace(section, answer="由数据中心改写。") if section.slot == "question 2" else section
        for section in latest(desk).sections
    ]
    write(desk.office, desk.interview, sections, by=REVIEWERS[DATA])
    submit(desk.office, desk.interview, by=LEAD, override=REASON)
    with pytest.raises(NotAllowed, match="question 2"):
        sealed_by(desk, DATA)
    others = [name for name in waiting(desk, DATA) if "question 2" not in name and "answer 2" not in name]
    assert sealed_by(desk, DATA, others) == len(others)


def test_a_rejected_script_waits_for_a_new_version_and_for_no_seal(desk: Scene) -> None:
    sealed_by(desk, DATA)
    rejected = reject(desk.office, desk.interview, body=MEDIA, by=REVIEWERS[MEDIA], note="第2问不准确")
    assert rejected.state is ScriptState.REJECTED
    assert waiting(desk, MEDIA) == []
    [no] = desk.store.reviews.rejections(["interview 1 · script"])
    assert (no.body, no.by, no.note) == (MEDIA, REVIEWERS[MEDIA], "第2问不准确")
    with pytest.raises(NotAllowed, match="没有待审"):
        reject(desk.office, desk.interview, body=DATA, by=REVIEWERS[DATA], note="再退一次")


def test_a_rejected_script_handed_in_unchanged_is_a_new_version(desk: Scene) -> None:
    reject(desk.office, desk.interview, body=MEDIA, by=REVIEWERS[MEDIA], note="第2问不准确")
    assert write(desk.office, desk.interview, latest(desk).sections, by=LEAD).version == 2


def test_unchanged_sections_and_posts_keep_their_seals_in_a_new_version(desk: Scene) -> None:
    sealed_by(desk, DATA)
    reject(desk.office, desk.interview, body=MEDIA, by=REVIEWERS[MEDIA], note="请改第2问")
    revised(desk)
    assert waiting(desk, DATA) == [
        "interview 1 · script · question 2",
        "interview 1 · answer 2 · part 1",
        "interview 1 · answer 2 · part 2",
    ]
    seal_all(desk)
    assert latest(desk).state is ScriptState.FINAL


def test_words_changed_back_find_their_seals_again(desk: Scene) -> None:
    seal_all(desk)
    original = latest(desk).sections
    revised(desk)
    assert waiting(desk, DATA)
    write(desk.office, desk.interview, original, by=LEAD)
    submit(desk.office, desk.interview, by=LEAD, override=REASON)
    assert waiting(desk, DATA) == []
    settle_seals(desk.office, desk.interview)
    assert latest(desk).state is ScriptState.FINAL


def test_a_new_version_in_preparation_is_not_before_the_bodies(desk: Scene) -> None:
    seal_all(desk)
    write(desk.office, desk.interview, [replace(latest(desk).sections[0], answer="另一段开场。")], by=LEAD)
    assert waiting(desk, DATA) == []


def test_without_a_submitted_script_there_is_nothing_to_reject(scene: Scene) -> None:
    drafted(scene)
    with pytest.raises(NotAllowed, match="没有待审"):
        reject(scene.office, scene.interview, body=DATA, by=REVIEWERS[DATA], note="不行")


def test_every_seal_names_body_person_and_moment(desk: Scene) -> None:
    desk.later(MINUTE)
    sealed_by(desk, DATA, ["interview 1 · opening"])
    [seal] = desk.store.reviews.seals(["interview 1 · opening"])
    assert (seal.body, seal.by, seal.at) == (DATA, REVIEWERS[DATA], desk.clock.now())
    assert seal.hash == desk.post("opening").hash


def test_before_any_seal_there_is_no_last_one(desk: Scene) -> None:
    assert last_sealed_at(desk.office, desk.interview) is None


def test_one_person_cannot_seal_for_both_bodies(desk: Scene) -> None:
    sealed_by(desk, DATA)
    with pytest.raises(NotAllowed, match="代表另一单位"):
        approve(desk.office, desk.interview, body=MEDIA, by=REVIEWERS[DATA])
    assert sealing_bodies(desk.office, desk.interview) == {DATA}


def test_posts_of_a_script_that_may_yet_be_rejected_are_not_sealed_however_many_seals_they_have(desk: Scene) -> None:
    posts = [post.key for post in desk.store.outbox.posts(states=[PostState.DRAFT])]
    for body in REVIEWERS:
        sealed_by(desk, body, posts)
    assert {desk.store.outbox.get(key).state for key in posts} == {PostState.DRAFT}
    reject(desk.office, desk.interview, body=MEDIA, by=REVIEWERS[MEDIA], note="第二问答复不全")
    assert {desk.store.outbox.get(key).state for key in posts} == {PostState.DRAFT}


def test_a_death_between_the_last_seal_and_what_it_settles_is_made_good_by_the_next_round(desk: Scene) -> None:
    for body in REVIEWERS:
        for item in pending(desk.office, desk.interview, body):
            desk.store.reviews.seal(Seal(item.subject, item.hash, body, REVIEWERS[body], desk.office.clock.now()))
    assert latest(desk).state is ScriptState.SUBMITTED
    advance(desk.office)
    assert latest(desk).state is ScriptState.FINAL
    assert desk.store.outbox.posts(states=[PostState.DRAFT]) == []
