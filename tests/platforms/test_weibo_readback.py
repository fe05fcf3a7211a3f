"""Reading back: found, provably absent, or for a person to decide."""

from datetime import timedelta

import pytest

from microblog.domain.post import Absent, Delivery, Found, Undecidable, Verb, Withheld
from microblog.platforms.weibo_payload import Own, OwnPage
from microblog.platforms.weibo_readback import among_comments, among_statuses
from tests.platforms.conftest import NOW

SHARED = Delivery("k", Verb.SHARE, "预告 http://example.gov.cn/1 ")
REPLY = Delivery("k", Verb.REPLY, "已转办。", status_id="11", comment_id="22")


def own(number: int, text: str, minutes: float, **place: str | None) -> Own:
    return Own(str(number), text, NOW + timedelta(minutes=minutes), **place)


def page(*items: Own, total: int | None = None) -> OwnPage:
    return OwnPage(items, None, len(items) if total is None else total)


def test_our_words_are_found() -> None:
    newest = page(own(9, "别的", 1), own(8, "预告 http://t.cn/A6abcdEF", 0), own(7, "旧的", -60))
    assert among_statuses(SHARED, NOW, newest) == Found("8", NOW)


def test_a_platform_whose_clock_is_behind_is_still_believed() -> None:
    assert isinstance(among_statuses(SHARED, NOW, page(own(8, SHARED.text, -1.9))), Found)


def test_the_same_words_of_an_earlier_day_are_not_this_post() -> None:
    assert among_statuses(SHARED, NOW, page(own(8, SHARED.text, -30))) == Absent()


def test_fewer_than_five_newer_posts_prove_absence() -> None:
    newer = [own(20 - n, f"别的{n}", 4 - n) for n in range(4)]
    assert among_statuses(SHARED, NOW, page(*newer, own(1, "旧的", -60), total=900)) == Absent()


def test_five_newer_posts_may_have_pushed_ours_out() -> None:
    newer = [own(20 - n, f"别的{n}", 5 - n) for n in range(5)]
    assert isinstance(among_statuses(SHARED, NOW, page(*newer, total=900)), Undecidable)


def test_ours_among_five_newer_posts_is_found_all_the_same() -> None:
    newer = [own(20 - n, f"别的{n}", 5 - n) for n in range(4)]
    assert among_statuses(SHARED, NOW, page(*newer, own(8, SHARED.text, 0), total=900)) == Found("8", NOW)


def test_the_same_words_twice_are_for_a_person() -> None:
    sighting = among_statuses(SHARED, NOW, page(own(9, SHARED.text, 1), own(8, SHARED.text, 0)))
    assert isinstance(sighting, Undecidable)
    assert "9、8" in sighting.why


def test_an_account_without_any_post_proves_absence() -> None:
    assert among_statuses(SHARED, NOW, page()) == Absent()


def test_a_list_that_shows_less_than_it_counts_proves_nothing() -> None:
    assert isinstance(among_statuses(SHARED, NOW, page(total=3)), Withheld)
    assert isinstance(among_comments(REPLY, NOW, [page(own(5, "别的", 1), total=9)]), Withheld)


@pytest.mark.parametrize("status_id", ["11", None])
def test_a_reply_is_found_under_its_status_with_the_mention_in_front(status_id: str | None) -> None:
    comment = own(5, "回复@甲:已转办。", 0.1, status_id=status_id, reply_to="22")
    assert isinstance(among_comments(REPLY, NOW, [page(comment)]), Found)


def test_a_reply_that_became_a_plain_comment_is_found_too() -> None:
    assert isinstance(among_comments(REPLY, NOW, [page(own(5, "已转办。", 0, status_id="11"))]), Found)


def test_the_same_words_under_another_status_are_not_this_comment() -> None:
    assert among_comments(REPLY, NOW, [page(own(5, "已转办。", 0, status_id="12"))]) == Absent()


def test_comments_are_looked_for_over_all_pages() -> None:
    first, second = page(own(9, "别的", 2, status_id="11"), total=70), page(own(5, "已转办。", 0, status_id="11"))
    assert isinstance(among_comments(REPLY, NOW, [first, second]), Found)


def test_pages_that_reach_back_prove_absence() -> None:
    pages = [page(own(9, "别的", 2), total=500), page(own(5, "旧的", -5))]
    assert among_comments(REPLY, NOW, pages) == Absent()


def test_a_comment_that_a_later_page_serves_again_is_one_comment() -> None:
    again = own(8, REPLY.text, 0, status_id="11", reply_to="22")
    pages = [page(again, own(7, "别的", 0), total=9), page(again, own(3, "旧的", -60), total=9)]
    assert among_comments(REPLY, NOW, pages) == Found("8", NOW)


def test_entries_served_again_do_not_make_an_incomplete_list_complete() -> None:
    pages = [page(own(9, "别的", 1), own(8, "别的", 1), total=3), page(own(8, "别的", 1), total=3)]
    assert isinstance(among_comments(REPLY, NOW, pages), Withheld)
