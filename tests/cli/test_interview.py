"""`microblog interview …`: dates, papers, preview."""

from pathlib import Path

from tests.cli.conftest import Scene


def test_setting_a_date_says_what_moved(scene: Scene) -> None:
    scene.plan()
    said = scene.run("interview", "date", 1, "2024-04-25", "15:00", "17:00").out
    assert "暂定在 2024-04-25 15:00—17:00" in said
    assert "变动：访谈预告：由2024年3月1日至3月30日之间改为2024年3月25日" in said
    assert scene.interview.date_state == "provisional"


def test_confirming_the_same_date_moves_nothing(scene: Scene) -> None:
    scene.plan()
    scene.run("interview", "date", 1, "2024-04-25", "15:00", "17:00")
    said = scene.run("interview", "date", 1, "2024-04-25", "15:00", "17:00", "--confirmed").out
    assert "变动" not in said
    assert scene.interview.date_state == "confirmed"


def test_hours_the_wrong_way_round_are_refused(scene: Scene) -> None:
    scene.plan()
    assert "不晚于" in scene.run("interview", "date", 1, "2024-04-25", "17:00", "15:00", code=1).err


def test_papers_are_handed_in_bit_by_bit(scene: Scene, tmp_path: Path) -> None:
    scene.plan()
    (tmp_path / "intro.txt").write_text("\ufeff谈楼道和充电。\n", encoding="utf-8")
    assert "还缺" in scene.run("interview", "prepare", 1, "--introduction", "@intro.txt").out
    guests = ("--guest", "区消防大队|大队长|周安", "--guest", "澜溪大学｜教授｜何平｜专家")
    scene.run("interview", "prepare", 1, *guests)
    scene.run("interview", "prepare", 1, "--host", "林晓")
    interview = scene.interview
    assert (interview.introduction, interview.host) == ("谈楼道和充电。", "林晓")
    assert [(guest.name, guest.expert) for guest in interview.guests] == [("周安", False), ("何平", True)]


def test_a_missing_file_of_words_is_named(scene: Scene) -> None:
    scene.plan()
    assert "intro.txt" in scene.run("interview", "prepare", 1, "--introduction", "@intro.txt", code=1).err


def test_a_file_that_is_no_utf8_is_named(scene: Scene, tmp_path: Path) -> None:
    scene.plan()
    (tmp_path / "intro.txt").write_bytes("简介".encode("gb18030"))
    assert "UTF-8" in scene.run("interview", "prepare", 1, "--introduction", "@intro.txt", code=1).err


def test_the_preview_is_drafted_once(scene: Scene) -> None:
    scene.prepare()
    assert "2024-03-25 09:00 发出" in scene.run("interview", "announce", 1).out
    assert "已在发布清单里" in scene.run("interview", "announce", 1).out
    assert [post.key for post in scene.office.store.outbox.posts()] == ["interview 1 · preview"]


def test_no_preview_before_everything_is_there(scene: Scene) -> None:
    scene.plan()
    assert "缺少" in scene.run("interview", "announce", 1, code=1).err


def test_the_date_is_locked_once_the_preview_is_out(scene: Scene) -> None:
    scene.announce()
    assert "变更申请" in scene.run("interview", "date", 1, "2024-04-26", "15:00", "17:00", code=1).err


def test_show_tells_what_is_missing_and_what_is_known(scene: Scene) -> None:
    scene.plan()
    assert "预告前还缺：访谈日期、访谈时段、文字简介、嘉宾、主持人" in scene.run("interview", "show", 1).out
    listed = scene.run("interview", "list").out
    assert "待预告" in listed
    assert "4月" in listed


def test_show_after_the_preview_counts_comments_and_posts(scene: Scene) -> None:
    scene.collect()
    shown = scene.run("interview", "show", 1).out
    assert "撰稿中" in shown
    assert "平台计数 8，已存 8，看不到 0" in shown
    assert "提问通道：2024-03-25 09:00 至 2024-04-15 00:00" in shown
    plain = scene.run("interview", "show", 1, "--json").json
    assert (plain["state"], plain["script"], plain["posts"][0]["state"]) == ("collected", None, "posted")
    assert plain["opened_at"] == "2024-03-25T09:00:00+08:00"


def test_show_does_not_call_nothing_read_a_complete_count(scene: Scene) -> None:
    scene.announce()
    shown = scene.run("interview", "show", 1).out
    assert "还没有读到，数量不明" in shown
    assert "看不到 0" not in shown
