"""`microblog timeline` from files, stored plans and interviews."""

from pathlib import Path

from icalendar import Calendar

from tests.cli.conftest import PLAN, Run, Scene


def test_a_file_is_dated_without_a_database_and_without_inventing_days(run: Run, home: Path, tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text(PLAN, encoding="utf-8")
    first, second = run("timeline", "plan.yaml", "--json").json
    preview = next(one for one in first["milestones"] if one["id"] == "preview")
    assert (preview["precision"], preview["first"], preview["last"]) == ("window", "2024-03-01", "2024-03-30")
    assert (second["no"], second["interview"]) == (2, None)
    assert not (home / "data").exists()


def test_the_table_names_duty_owner_and_status(run: Run, tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text(PLAN, encoding="utf-8")
    shown = run("timeline", "plan.yaml").out
    assert "第 1 期 居民楼消防安全" in shown
    assert "2024年3月1日至3月30日之间" in shown
    assert "区城市数字治理中心" in shown
    assert "已逾期" in shown


def test_an_interview_shows_its_own_dates_and_what_is_done(scene: Scene) -> None:
    scene.announce()
    [one] = scene.run("timeline", 1, "--json").json
    found = {item["id"]: item for item in one["milestones"]}
    assert (found["preview"]["first"], found["preview"]["status"]) == ("2024-03-25", "done")
    assert found["channel-close"]["first"] == "2024-04-14"


def test_a_stored_plan_shows_all_its_interviews(scene: Scene) -> None:
    scene.plan()
    assert [one["no"] for one in scene.run("timeline", "plan/1", "--json").json] == [1, 2]


def test_the_calendar_file_opens_in_a_calendar_program(scene: Scene, tmp_path: Path) -> None:
    scene.prepare()
    said = scene.run("timeline", 1, "--ics", "out.ics", "--json")
    assert said.json
    events = Calendar.from_ical((tmp_path / "out.ics").read_bytes()).walk("VEVENT")
    assert "interview-1-preview@microblog" in {str(event["uid"]) for event in events}


def test_other_rules_give_other_dates(run: Run, tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text(PLAN, encoding="utf-8")
    usual = run("timeline", "plan.yaml", "--json").json
    assert run("timeline", "plan.yaml", "--rules", "luan-2023", "--form", "video", "--json").json != usual


def test_a_plan_without_rows_says_there_is_nothing_to_date(run: Run, tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text("year: 2024\n", encoding="utf-8")
    assert "无从排期" in run("timeline", "plan.yaml").out


def test_a_year_without_a_holiday_calendar_is_announced(run: Run, tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text(PLAN.replace("2024", "2099"), encoding="utf-8")
    said = run("timeline", "plan.yaml", "--json")
    assert said.json
    assert "2099年的节假日安排尚未收录" in said.err
