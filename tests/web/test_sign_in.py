"""Who comes in, and who does not."""

from datetime import timedelta

import pytest

from microblog.domain.people import LOCK, Role
from microblog.service.people import add_user, set_active, set_password
from microblog.service.sign_in import IDLE, REFUSAL, WHOLE
from tests.shared import Scene, scene_of
from tests.web.site import PASSWORD, Browser, browser_of, code_at, gate_of, made, sign_in, signed_in, token_in

NEW = "quite another sentence"


@pytest.fixture
def scene() -> Scene:
    return scene_of()


@pytest.fixture
def browser(scene: Scene) -> Browser:
    return browser_of(scene)


def comes_in(browser: Browser) -> bool:
    return bool(browser.get("/console/account").status_code == 200)


def test_name_and_password_open_a_session(scene: Scene, browser: Browser) -> None:
    made(scene, "分析员", [Role.ANALYST])
    assert not comes_in(browser)
    answer = sign_in(browser, scene, "分析员")
    assert (answer.status_code, answer.headers["location"]) == (303, "/ft/console")
    assert comes_in(browser)
    assert "分析员" in browser.get("/console/account").text


@pytest.mark.parametrize(("name", "password"), [("分析员", "wrong password!"), ("无名", PASSWORD), ("", "")])
def test_every_refusal_reads_the_same(scene: Scene, browser: Browser, name: str, password: str) -> None:
    made(scene, "分析员", [Role.ANALYST])
    answer = sign_in(browser, scene, name, password=password)
    assert answer.status_code == 401
    assert REFUSAL in answer.text
    assert not comes_in(browser)


def test_the_cookie_is_bound_to_the_host_and_hidden_from_scripts(scene: Scene, browser: Browser) -> None:
    made(scene, "分析员", [Role.ANALYST])
    cookie = sign_in(browser, scene, "分析员").headers["set-cookie"]
    assert cookie.startswith("__Host-microblog=")
    assert {"HttpOnly", "Path=/", "SameSite=lax", "Secure"} <= set(cookie.split("; "))
    assert "Domain" not in cookie


def test_signing_in_changes_the_token_a_thief_may_have_planted(scene: Scene, browser: Browser) -> None:
    made(scene, "分析员", [Role.ANALYST])
    browser.get("/console/sign-in")
    before = browser.cookies["__Host-microblog"]
    sign_in(browser, scene, "分析员")
    assert browser.cookies["__Host-microblog"] != before


def test_what_is_stored_of_a_session_opens_nothing(scene: Scene) -> None:
    browser = signed_in(scene, Role.ANALYST)
    token = browser.cookies["__Host-microblog"]
    assert scene.store.people.session(token) is None


def test_a_sealing_role_does_not_come_in_without_its_code(scene: Scene, browser: Browser) -> None:
    secret = made(scene, "王审核", [Role.DATA_CENTRE])
    assert sign_in(browser, scene, "王审核").status_code == 401
    assert sign_in(browser, scene, "王审核", secret).status_code == 303


def test_a_code_works_once(scene: Scene, browser: Browser) -> None:
    secret = made(scene, "王审核", [Role.DATA_CENTRE])
    assert sign_in(browser, scene, "王审核", secret).status_code == 303
    assert sign_in(browser_of(scene), scene, "王审核", secret).status_code == 401
    scene.later(timedelta(seconds=30))
    assert sign_in(browser_of(scene), scene, "王审核", secret).status_code == 303


def test_a_code_of_a_minute_ago_is_too_old(scene: Scene, browser: Browser) -> None:
    secret = made(scene, "王审核", [Role.DATA_CENTRE])
    code = code_at(secret, scene.clock.now() - timedelta(seconds=61))
    assert browser.submit("/console/sign-in", name="王审核", password=PASSWORD, code=code).status_code == 401


def test_a_sealing_role_sets_up_its_code_before_anything_else(scene: Scene, browser: Browser) -> None:
    add_user(gate_of(scene), "王审核", PASSWORD, roles=[Role.DATA_CENTRE], by="test", must_change=False)
    sign_in(browser, scene, "王审核")
    assert browser.get("/console/units").headers["location"] == "/ft/console/account/code"
    page = browser.get("/console/account/code").text
    assert "<svg" in page
    secret = page.partition("<code>")[2].partition("</code>")[0]
    sealed = page.partition('name="sealed" value="')[2].partition('"')[0]
    fields = {"form_token": token_in(page), "sealed": sealed, "password": PASSWORD}
    assert browser.post("/console/account/code", data=fields | {"code": "000000"}).status_code == 422
    fields |= {"code": code_at(secret, scene.clock.now())}
    wrong = browser.post("/console/account/code", data=fields | {"password": "not the password"})
    assert wrong.status_code == 422
    assert browser.post("/console/account/code", data=fields).status_code == 303
    assert browser.get("/console/units").status_code == 200


def test_a_first_password_must_be_changed(scene: Scene, browser: Browser) -> None:
    add_user(gate_of(scene), "分析员", PASSWORD, roles=[Role.ANALYST], by="主任")
    sign_in(browser, scene, "分析员")
    assert browser.get("/console/units").headers["location"] == "/ft/console/account"
    change = {"page": "/console/account", "old": PASSWORD, "new": NEW, "again": NEW}
    assert browser.submit("/console/account/password", **change | {"again": "x"}).status_code == 422
    assert browser.submit("/console/account/password", **change | {"old": "x"}).status_code == 422
    assert browser.submit("/console/account/password", **change).status_code == 303
    assert browser.get("/console/units").status_code == 200
    assert sign_in(browser_of(scene), scene, "分析员").status_code == 401
    assert sign_in(browser_of(scene), scene, "分析员", password=NEW).status_code == 303


def test_changing_the_password_ends_every_other_session(scene: Scene, browser: Browser) -> None:
    other = signed_in(scene, Role.ANALYST, name="分析员")
    sign_in(browser, scene, "分析员")
    browser.submit("/console/account/password", page="/console/account", old=PASSWORD, new=NEW, again=NEW)
    assert comes_in(browser)
    assert not comes_in(other)


def test_five_wrong_passwords_lock_the_name_for_a_quarter_of_an_hour(scene: Scene, browser: Browser) -> None:
    made(scene, "分析员", [Role.ANALYST])
    for _ in range(5):
        sign_in(browser, scene, "分析员", password="wrong password!")
    assert sign_in(browser, scene, "分析员").status_code == 401
    scene.later(LOCK - timedelta(seconds=1))
    assert sign_in(browser, scene, "分析员").status_code == 401
    scene.later(timedelta(seconds=1))
    assert sign_in(browser, scene, "分析员").status_code == 303


def test_a_new_password_from_the_keeper_lifts_the_lock(scene: Scene, browser: Browser) -> None:
    made(scene, "分析员", [Role.ANALYST])
    for _ in range(5):
        sign_in(browser, scene, "分析员", password="wrong password!")
    set_password(gate_of(scene), "分析员", NEW, by="主任")
    assert sign_in(browser, scene, "分析员", password=NEW).status_code == 303


def test_one_address_may_try_twenty_times_in_ten_minutes(scene: Scene, browser: Browser) -> None:
    answers = [sign_in(browser, scene, f"无名{number}").text for number in range(21)]
    assert "太频繁" not in answers[19]
    assert "太频繁" in answers[20]


def test_half_an_hour_of_rest_ends_a_session(scene: Scene) -> None:
    browser = signed_in(scene, Role.ANALYST)
    scene.later(IDLE)
    assert comes_in(browser)
    scene.later(IDLE + timedelta(seconds=1))
    assert not comes_in(browser)


def test_a_session_ends_after_twelve_hours_whatever_is_done(scene: Scene) -> None:
    browser = signed_in(scene, Role.ANALYST)
    for _ in range(int(WHOLE / IDLE)):
        scene.later(IDLE)
        assert comes_in(browser)
    scene.later(timedelta(seconds=1))
    assert not comes_in(browser)


def test_signing_out_ends_the_session_on_the_server(scene: Scene) -> None:
    browser = signed_in(scene, Role.ANALYST)
    token = browser.cookies["__Host-microblog"]
    browser.submit("/console/sign-out", page="/console/account")
    thief = browser_of(scene)
    thief.cookies.set("__Host-microblog", token)
    assert not comes_in(thief)


def test_a_user_who_is_no_longer_let_in_is_out_at_once(scene: Scene) -> None:
    browser = signed_in(scene, Role.ANALYST, name="分析员")
    made(scene, "主任", [Role.ORGANISER])
    set_active(scene.office, "分析员", False, by="主任")
    assert not comes_in(browser)
    assert sign_in(browser, scene, "分析员").status_code == 401


def test_over_plain_http_nobody_is_asked_for_a_password(scene: Scene, browser: Browser) -> None:
    answer = browser.get("http://www.example.gov.cn/ft/console/sign-in")
    assert answer.status_code == 409
    assert "https" in answer.text
    assert "password" not in answer.text


def test_every_try_is_on_record(scene: Scene, browser: Browser) -> None:
    made(scene, "分析员", [Role.ANALYST])
    sign_in(browser, scene, "分析员", password="wrong password!")
    sign_in(browser, scene, "分析员")
    good, bad = scene.store.people.records(limit=2)
    assert (bad.verb, bad.outcome, bad.address) == ("sign-in", REFUSAL, "203.0.113.9")
    assert (good.who, good.outcome) == ("分析员", "")
