"""Users and units: made and changed by the organiser alone, every change on record."""

from typing import Any

import pytest

from microblog.domain.errors import InvalidInput, NotAllowed
from microblog.domain.people import Role, Unit
from microblog.service.people import add_user, save_unit, set_active, set_roles, unit_named
from tests.shared import Scene, adopted, scene_of
from tests.web.site import PASSWORD, browser_of, gate_of, made, sign_in, signed_in


@pytest.fixture
def scene() -> Scene:
    return scene_of()


def roles_of(scene: Scene, name: str) -> tuple[Role, ...]:
    user = scene.store.people.user(name)
    assert user is not None
    return user.roles


def test_the_organiser_adds_a_user_who_then_comes_in(scene: Scene) -> None:
    organiser = signed_in(scene, Role.ORGANISER, name="主任")
    fields: dict[str, Any] = {
        "name": "小周",
        "password": PASSWORD,
        "unit": "数据中心",
        "roles": ["analyst", "operator"],
    }
    assert organiser.submit("/console/people", **fields).status_code == 303
    assert roles_of(scene, "小周") == (Role.OPERATOR, Role.ANALYST)
    assert sign_in(browser_of(scene), scene, "小周").status_code == 303
    (record,) = scene.store.people.records(limit=1, subject="user 小周")[:1]
    assert record.who == "小周"
    added = scene.store.people.records(subject="user 小周")[-1]
    assert (added.who, added.verb, added.before) == ("主任", "user-add", None)
    assert added.after == {
        "roles": ["operator", "analyst"],
        "unit": "数据中心",
        "active": True,
        "must_change": True,
        "code": False,
    }


def test_nothing_secret_is_on_record(scene: Scene) -> None:
    organiser = signed_in(scene, Role.ORGANISER, name="主任")
    organiser.submit("/console/people", name="小周", password=PASSWORD, roles=["analyst"])
    organiser.submit("/console/people/password", "/console/people", name="小周", password="another long sentence")
    kept = str(scene.store.people.records())
    assert PASSWORD not in kept
    assert "another long sentence" not in kept
    assert "$argon2" not in kept


def test_a_refused_change_is_on_record_with_its_reason(scene: Scene) -> None:
    organiser = signed_in(scene, Role.ORGANISER, name="主任")
    answer = organiser.submit("/console/people/roles", "/console/people", name="主任", roles=["auditor"])
    assert answer.status_code == 409
    (record,) = scene.store.people.records(limit=1)
    assert (record.verb, record.outcome) == ("user-role", "不能更改本人的角色或状态，请由另一位主办单位用户操作")
    assert roles_of(scene, "主任") == (Role.ORGANISER,)


def test_other_roles_count_at_once(scene: Scene) -> None:
    organiser = signed_in(scene, Role.ORGANISER, name="主任")
    analyst = signed_in(scene, Role.ANALYST, name="小周")
    organiser.submit("/console/people/roles", "/console/people", name="小周", roles=["operator"])
    assert analyst.get("/console/account").status_code == 303
    assert roles_of(scene, "小周") == (Role.OPERATOR,)


def test_a_lost_code_generator_is_set_up_anew(scene: Scene) -> None:
    organiser = signed_in(scene, Role.ORGANISER, name="主任")
    made(scene, "王审核", [Role.DATA_CENTRE])
    organiser.submit("/console/people/code", "/console/people", name="王审核")
    browser = browser_of(scene)
    assert sign_in(browser, scene, "王审核").status_code == 303
    assert browser.get("/console/units").headers["location"] == "/ft/console/account/code"


def test_there_is_always_somebody_left_who_can_let_people_in(scene: Scene) -> None:
    made(scene, "主任", [Role.ORGANISER])
    with pytest.raises(NotAllowed, match="至少要保留一位"):
        set_active(scene.office, "主任", False, by="别人")
    with pytest.raises(NotAllowed, match="至少要保留一位"):
        set_roles(scene.office, "主任", [Role.ANALYST], by="别人")


@pytest.mark.parametrize(
    "password", ["short", "a" * 12, "小周小周小周小周abcdefgh", "password1234!", "x" * 129, "microblog-2024-x"]
)
def test_passwords_that_are_easy_to_guess_are_refused(scene: Scene, password: str) -> None:
    with pytest.raises(InvalidInput):
        add_user(gate_of(scene), "小周", password, roles=[Role.ANALYST], by="test")


@pytest.mark.parametrize("name", ["", " ", "a" * 41, "<b>", "a b", "小周\n", "'; DROP TABLE users"])
def test_a_name_is_made_of_letters(scene: Scene, name: str) -> None:
    if name.strip() == "小周":
        assert add_user(gate_of(scene), name, PASSWORD, roles=[Role.ANALYST], by="test").name == "小周"
        return
    with pytest.raises(InvalidInput):
        add_user(gate_of(scene), name, PASSWORD, roles=[Role.ANALYST], by="test")


def test_a_taken_name_is_refused(scene: Scene) -> None:
    made(scene, "小周", [Role.ANALYST])
    with pytest.raises(NotAllowed, match="已存在"):
        made(scene, "小周", [Role.OPERATOR])
    assert roles_of(scene, "小周") == (Role.ANALYST,)


def test_units_say_what_is_missing_and_which_nobody_entered(scene: Scene) -> None:
    adopted(scene)
    organiser = signed_in(scene, Role.ORGANISER, name="主任")
    assert "尚未登记的单位：江浦街道、消防大队" in organiser.get("/console/units").text
    organiser.submit("/console/units", name="区消防大队", aliases="消防大队、消防", leader="张副区长")
    page = organiser.get("/console/units").text
    assert "尚未登记的单位：江浦街道" in page
    assert "未落实" in page
    unit = unit_named(scene.office, "消防")
    assert unit == Unit("区消防大队", ("消防大队", "消防"), "张副区长")
    assert unit.missing() == ("1 个责任科室",)
    assert unit_named(scene.office, "消防队") is None


def test_one_name_never_means_two_units(scene: Scene) -> None:
    save_unit(scene.office, Unit("区工信局", ("工信局",)), by="主任")
    with pytest.raises(InvalidInput, match="工信局"):
        save_unit(scene.office, Unit("市工信局", ("工信局",)), by="主任")


def test_the_auditor_reads_the_record(scene: Scene) -> None:
    organiser = signed_in(scene, Role.ORGANISER, name="主任")
    organiser.submit("/console/units", name="区<b>消防</b>", leader="张副区长")
    auditor = signed_in(scene, Role.AUDITOR)
    page = auditor.get("/console/records?subject=unit 区<b>消防</b>").text
    assert "登记单位" in page
    assert "分管领导：张副区长" in page
    assert "203.0.113.9" in page
    assert "<b>消防" not in page
    assert "没有记录" in auditor.get("/console/records?skip=100000").text
