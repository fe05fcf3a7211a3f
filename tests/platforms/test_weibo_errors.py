"""The table of error codes: complete, consistent, and refused with a clear line when it is not."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from microblog.domain.errors import InvalidInput
from microblog.platforms.weibo_errors import ErrorTable, Reaction, load_table

LISTED = [
    *(10001, 10002, 10003, 10004, 10005, 10006, 10007, 10008, 10009, 10010, 10011, 10012, 10013, 10014, 10016, 10017),
    *(10018, 10020, 10021, 10022, 10023, 10024, 10025, 10026, 10027),
    *(20001, 20002, 20003, 20005, 20006, 20007, 20008, 20009, 20012, 20013, 20014, 20015, 20016, 20017, 20018, 20019),
    *(20020, 20021, 20022, 20031, 20032, 20049, 20053, 20101, 20102, 20103, 20104, 20109, 20111),
    *(20201, 20202, 20203, 20204, *range(20301, 20308), 20401, 20402, *range(20501, 20525)),
    *(*range(21301, 21333), 21337, 21338, 21501, 21502, 21503, 21504, 21602, 21603, 21901, 23201),
]

RULE = 'codes = [1]\nread = "retry"\nwrite = "maybe"\nmessage = "系统繁忙，稍后再试"\n'
HEAD = 'source = "here"\nrecorded = 2026-01-01\n'


@pytest.mark.parametrize("code", LISTED)
def test_every_known_code_says_what_to_do_in_one_line(table: ErrorTable, code: int) -> None:
    rule = table.find(code, "any text")
    assert rule is not None
    assert "\n" not in rule.message


def test_no_code_is_listed_that_no_page_names(table: ErrorTable) -> None:
    assert sorted({code for rule in table.rule for code in rule.codes}) == sorted(LISTED)


def test_one_code_may_mean_two_things_by_its_text(table: ErrorTable) -> None:
    unbound = table.find(10017, "appkey not bind domain!")
    unlinked = table.find(10017, "text not find domain!")
    other = table.find(10017, "Parameter (status)'s value invalid!")
    assert unbound is not None
    assert unbound.write is Reaction.STOP
    assert unlinked is not None
    assert unlinked.write is Reaction.FIX
    assert other not in (unbound, unlinked)


def test_an_unlisted_code_has_no_rule(table: ErrorTable) -> None:
    assert table.find(20046, "") is None


@pytest.mark.parametrize(
    ("code", "used", "until"),
    [
        (20016, 0, datetime(2024, 5, 20, 7, 32, tzinfo=UTC)),
        (20016, 1, datetime(2024, 5, 20, 7, 35, tzinfo=UTC)),
        (20016, 9, datetime(2024, 5, 20, 7, 45, tzinfo=UTC)),
        (10024, 0, datetime(2024, 5, 20, 8, 0, 10, tzinfo=UTC)),
        (10023, 5, datetime(2024, 5, 20, 16, 0, 10, tzinfo=UTC)),
    ],
)
def test_waits_grow_and_end_with_the_platforms_hour_or_day(
    table: ErrorTable, code: int, used: int, until: datetime
) -> None:
    rule = table.find(code, "")
    assert rule is not None
    assert rule.wait(used, datetime(2024, 5, 20, 7, 30, tzinfo=UTC)) == until


def test_a_wait_for_midnight_just_after_midnight_is_a_whole_day(table: ErrorTable) -> None:
    rule = table.find(20505, "")
    assert rule is not None
    after = datetime(2024, 5, 20, 16, 0, 30, tzinfo=UTC)
    assert rule.wait(0, after) == datetime(2024, 5, 21, 16, 0, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("not toml", "不是有效的 TOML"),
        (HEAD, "rule"),
        (f"{HEAD}[[rule]]\n{RULE}", "maybe 需要 waits"),
        (f"{HEAD}[[rule]]\n{RULE}waits = []\n", "需要 waits"),
        (f"{HEAD}[[rule]]\n{RULE}waits = [0]\n", r"rule\.1\.waits\.1"),
        (f"{HEAD}[[rule]]\n{RULE}waits = [5]\n[[rule]]\n{RULE}waits = [5]\n", "错误码 1 写了两次"),
        (f"{HEAD}[[rule]]\n{RULE}waits = [5]\ncolour = 1\n", r"rule\.1\.colour"),
        (f"{HEAD}[[rule]]\n{RULE.replace('[1]', '[]')}waits = [5]\n", r"rule\.1\.codes"),
        (f"{HEAD}[[rule]]\n{RULE.replace('[1]', '1')}waits = [5]\n", "应为错误码的列表"),
        (HEAD + "[[rule]]\n" + RULE.replace("[1]", "['a-b']") + "waits = [5]\n", "不是错误码"),
        (f"{HEAD}[[rule]]\n{RULE.replace('retry', 'panic')}waits = [5]\n", r"rule\.1\.read"),
    ],
)
def test_a_mistake_in_the_table_is_named_with_its_place(tmp_path: Path, content: str, says: str) -> None:
    path = tmp_path / "weibo_errors.toml"
    path.write_text(content, "utf-8")
    with pytest.raises(InvalidInput, match=says) as caught:
        load_table(path)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_table_is_named(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="读不到错误码表"):
        load_table(tmp_path / "none.toml")
