"""Every comment that can be seen, once, and an honest count of those that cannot."""

import pytest

from microblog.domain.errors import PlatformDown, TargetGone
from microblog.service.collect import collect, inviting_posts, ledger
from microblog.service.ports import Store
from tests.shared import CLOSES, HOUR, MINUTE, PREVIEW, START, Scene, announced, crowd, play, scene_of, sealed, work


@pytest.fixture
def open_channel(store: Store) -> Scene:
    """An hour after the preview, on either store, with nothing read yet."""
    scene = scene_of(store)
    announced(scene)
    scene.at(PREVIEW + HOUR)
    return scene


def texts(scene: Scene) -> list[str]:
    return [comment.text for comment in scene.store.comments.of(1)]


def says(scene: Scene, *wordings: str) -> list[str]:
    """Netizens comment under the preview, a minute apart; returns the ids."""
    ids = []
    for wording in wordings:
        scene.later(MINUTE)
        ids.append(scene.platform.netizen(str(scene.post("preview").platform_id), wording))
    return ids


def read(scene: Scene, *, full: bool = False) -> int:
    """Collect a minute later; returns how many comments were new."""
    scene.later(MINUTE)
    return sum(sweep.new for sweep in collect(scene.office, scene.interview, full=full))


def test_a_comment_is_kept_with_who_said_it_where_and_when(open_channel: Scene) -> None:
    scene = open_channel
    scene.platform.netizen(str(scene.post("preview").platform_id), "归谁管？", user_id="7001", name="江边", likes=3)
    read(scene)
    [comment] = scene.store.comments.of(1)
    assert (comment.text, comment.user_id, comment.user_name, comment.likes) == ("归谁管？", "7001", "江边", 3)
    assert (comment.created_at, comment.under) == (PREVIEW + HOUR, scene.post("preview").platform_id)
    assert scene.store.comments.raw("weibo", comment.platform_id)["text"] == "归谁管？"


def test_a_poll_brings_only_what_is_newer(open_channel: Scene) -> None:
    says(open_channel, "一", "二")
    assert read(open_channel) == 2
    says(open_channel, "三")
    [sweep] = collect(open_channel.office, open_channel.interview)
    assert (sweep.served, sweep.new, sweep.total, sweep.full) == (1, 1, 3, False)


def test_pages_are_walked_to_the_end(open_channel: Scene) -> None:
    open_channel.platform.page_most = 3
    says(open_channel, *"一二三四五六七")
    [sweep] = collect(open_channel.office, open_channel.interview, full=True)
    assert (sweep.calls, sweep.served, sweep.new) == (3, 7, 7)


def test_a_short_or_empty_page_with_a_cursor_is_not_the_end(open_channel: Scene) -> None:
    open_channel.platform.page_most = 2
    ids = says(open_channel, *"一二三四五六")
    open_channel.platform.hidden |= {ids[2], ids[3], ids[4]}
    read(open_channel)
    assert texts(open_channel) == ["一", "二", "六"]


def test_a_late_approval_is_found_by_the_full_sweep_alone(open_channel: Scene) -> None:
    early, _ = says(open_channel, "先写后审", "后写先审")
    open_channel.platform.hidden.add(early)
    read(open_channel)
    open_channel.platform.hidden.clear()
    assert read(open_channel) == 0
    assert read(open_channel, full=True) == 1
    assert texts(open_channel) == ["先写后审", "后写先审"]


def test_what_is_served_again_changes_nothing_but_when_it_was_seen(open_channel: Scene) -> None:
    says(open_channel, "一")
    read(open_channel)
    [before] = open_channel.store.comments.of(1)
    assert read(open_channel, full=True) == 0
    [after] = open_channel.store.comments.of(1)
    assert after.last_seen_at > before.last_seen_at
    assert (after.text, after.first_seen_at, after.prior_texts) == ("一", before.first_seen_at, ())


def test_an_edited_comment_keeps_its_earlier_words(open_channel: Scene) -> None:
    [comment] = says(open_channel, "原话")
    read(open_channel)
    open_channel.platform.edit(comment, "改过的话")
    read(open_channel, full=True)
    [kept] = open_channel.store.comments.of(1)
    assert (kept.text, kept.prior_texts) == ("改过的话", ("原话",))


def test_a_deleted_comment_is_marked_by_the_full_sweep_and_its_words_are_kept(open_channel: Scene) -> None:
    gone, _ = says(open_channel, "要删的", "留下的")
    read(open_channel)
    open_channel.platform.remove(gone)
    read(open_channel)
    assert ledger(open_channel.office, open_channel.interview).deleted == 0
    read(open_channel, full=True)
    [first, second] = open_channel.store.comments.of(1)
    assert (first.text, first.deleted_at, second.deleted_at) == ("要删的", open_channel.clock.now(), None)


def test_a_comment_that_comes_back_is_no_longer_deleted(open_channel: Scene) -> None:
    [comment] = says(open_channel, "时有时无")
    read(open_channel)
    open_channel.platform.hidden.add(comment)
    read(open_channel, full=True)
    assert ledger(open_channel.office, open_channel.interview).deleted == 1
    open_channel.platform.hidden.clear()
    read(open_channel, full=True)
    assert ledger(open_channel.office, open_channel.interview).deleted == 0


def test_a_sweep_cut_short_marks_nothing_as_deleted(open_channel: Scene) -> None:
    says(open_channel, *"一二三四")
    read(open_channel)
    open_channel.platform.page_most = 2
    open_channel.platform.fail_read = open_channel.platform.reads + 2
    with pytest.raises(PlatformDown):
        read(open_channel, full=True)
    assert ledger(open_channel.office, open_channel.interview).deleted == 0


def test_our_own_comments_are_told_apart(store: Store) -> None:
    scene = scene_of(store)
    sealed(scene)
    scene.at(START)
    play(scene, START + 20 * MINUTE)
    read(scene, full=True)
    own = [comment for comment in scene.store.comments.of(1) if comment.own]
    assert len(own) == sum("answer" in name for name in scene.states())


def test_what_comes_after_closing_is_kept_and_counted_apart(open_channel: Scene) -> None:
    says(open_channel, "赶上了")
    open_channel.at(CLOSES - MINUTE)
    says(open_channel, "正好截止")
    read(open_channel)
    assert [(comment.text, comment.late) for comment in open_channel.store.comments.of(1)] == [
        ("赶上了", False),
        ("正好截止", True),
    ]
    assert ledger(open_channel.office, open_channel.interview).late == 1


def test_a_question_under_the_opening_post_is_never_late(store: Store) -> None:
    scene = scene_of(store)
    sealed(scene)
    scene.at(START)
    work(scene)
    scene.platform.netizen(str(scene.post("opening").platform_id), "现场提问")
    read(scene)
    assert [(comment.text, comment.late) for comment in scene.store.comments.of(1)][-1] == ("现场提问", False)


def test_both_the_preview_and_the_opening_post_are_read_once_they_are_out(store: Store) -> None:
    scene = scene_of(store)
    sealed(scene)
    assert [post.kind.value for post in inviting_posts(scene.office, scene.interview)] == ["preview"]
    scene.at(START)
    work(scene)
    assert [post.kind.value for post in inviting_posts(scene.office, scene.interview)] == ["preview", "opening"]


def test_what_the_platform_counts_and_does_not_show_is_reported_as_unseen(open_channel: Scene) -> None:
    ids = says(open_channel, *"一二三四五")
    open_channel.platform.hidden |= set(ids[:2])
    read(open_channel, full=True)
    held = ledger(open_channel.office, open_channel.interview)
    assert (held.total, held.stored, held.alive, held.unseen) == (5, 3, 3, 2)


def test_before_the_first_sweep_the_ledger_is_empty(open_channel: Scene) -> None:
    says(open_channel, "一")
    assert ledger(open_channel.office, open_channel.interview).total == 0


@pytest.mark.parametrize("failing", [1, 2, 3])
def test_a_crash_between_pages_leaves_no_hole(open_channel: Scene, failing: int) -> None:
    scene = open_channel
    scene.platform.page_most = 2
    says(scene, "旧一", "旧二")
    read(scene)
    says(scene, *"一二三四五六")
    scene.platform.fail_read = scene.platform.reads + failing
    with pytest.raises(PlatformDown):
        read(scene)
    says(scene, "更新的")
    read(scene)
    assert texts(scene) == ["旧一", "旧二", *"一二三四五六", "更新的"]


def test_calls_made_are_written_down_also_those_of_a_walk_that_failed(open_channel: Scene) -> None:
    scene = open_channel
    scene.platform.page_most = 2
    says(scene, *"一二三四五")
    scene.platform.fail_read = scene.platform.reads + 3
    with pytest.raises(PlatformDown):
        read(scene, full=True)
    assert scene.store.journal.spent(PREVIEW)["sweep"] == 3


def test_a_list_whose_cursor_stands_still_is_not_walked_for_ever_and_proves_no_deletion(open_channel: Scene) -> None:
    scene = open_channel
    says(scene, *"一二三四五六")
    read(scene)
    scene.platform.page_most = 2
    scene.platform.stuck = True
    scene.later(MINUTE)
    [sweep] = collect(scene.office, scene.interview, full=True)
    assert (sweep.full, ledger(scene.office, scene.interview).deleted) == (False, 0)


def test_a_vanished_preview_is_reported(open_channel: Scene) -> None:
    open_channel.platform.remove(str(open_channel.post("preview").platform_id))
    with pytest.raises(TargetGone):
        read(open_channel)


def test_every_reading_is_kept_with_its_cost(open_channel: Scene) -> None:
    says(open_channel, "一")
    read(open_channel)
    read(open_channel, full=True)
    kept = open_channel.store.comments.sweeps(1)[-2:]
    assert [(sweep.full, sweep.calls, sweep.served, sweep.new) for sweep in kept] == [
        (False, 1, 1, 1),
        (True, 1, 1, 0),
    ]


def test_the_same_crowd_gives_the_same_comments_however_it_is_read(open_channel: Scene) -> None:
    crowd(open_channel)
    open_channel.platform.page_most = 5
    read(open_channel)
    once = texts(open_channel)
    for size in (1, 3, 200):
        open_channel.platform.page_most = size
        assert read(open_channel, full=True) == 0
    assert texts(open_channel) == once
