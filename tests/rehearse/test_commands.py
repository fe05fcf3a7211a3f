"""`microblog rehearse`, `outbox card` and `outbox done` on a real database."""

from pathlib import Path

from tests.cli.conftest import Scene, home, run, scene

__all__ = ["home", "run", "scene"]


def test_an_interview_is_rehearsed(scene: Scene) -> None:
    scene.submit()
    told = scene.run("rehearse", 1, "--json").json
    assert told["parts"] > 0
    assert {line["kind"] for line in told["lines"]} >= {"opening", "answer", "closing", "roundup"}
    assert told["tier"] == "open"
    said = scene.run("rehearse", 1).out
    assert "预计发出" in said
    assert "平台未告知" in said


def test_a_card_is_printed_pasted_and_ticked(scene: Scene, tmp_path: Path) -> None:
    scene.prepare()
    scene.run("interview", "announce", 1, "--by", "联络员")
    scene.seal()
    words = scene.office.store.outbox.get("interview 1 · preview").text
    page = tmp_path / "cards.html"
    assert "1 张卡片" in scene.run("outbox", "card", "1/preview", "--html", page, "--by", "值班员").out
    assert words in page.read_text("utf-8").replace("&#34;", '"')
    assert words in scene.run("outbox", "card", "1/preview", "--by", "值班员").out
    link = "https://weibo.com/1000000001/5118500000009999"
    assert "已发布" in scene.run("outbox", "done", "1/preview", "--posted", link, "--by", "值班员").out
    assert scene.office.store.outbox.get("interview 1 · preview").platform_id == "5118500000009999"


def test_a_card_is_given_back(scene: Scene) -> None:
    scene.prepare()
    scene.run("interview", "announce", 1, "--by", "联络员")
    scene.seal()
    scene.run("outbox", "card", "1/preview", "--by", "值班员")
    assert "已盖章" in scene.run("outbox", "card", "1/preview", "--back", "--by", "值班员").out


def test_unsealed_words_get_no_card(scene: Scene) -> None:
    scene.prepare()
    scene.run("interview", "announce", 1, "--by", "联络员")
    assert "没有全部盖章" in scene.run("outbox", "card", "1/preview", "--by", "值班员", code=1).err
    done = scene.run("outbox", "done", "1/preview", "--posted", "5118500000009999", "--by", "值班员", code=1)
    assert "没有全部盖章" in done.err


def test_keys_or_an_interview_but_not_both(scene: Scene) -> None:
    scene.run("outbox", "card", "--by", "值班员", code=2)
    scene.run("outbox", "card", "1/preview", "--interview", 1, "--by", "值班员", code=2)


def test_what_needs_a_person_makes_the_exit_code_1(scene: Scene) -> None:
    scene.plan()
    assert "还没有访谈稿" in scene.run("rehearse", 1, code=1).out
