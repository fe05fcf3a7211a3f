"""Hostile words, hostile forms, hostile files: what the site does with each."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from fastapi import UploadFile

from microblog.domain.errors import InvalidInput
from microblog.domain.people import Role
from microblog.domain.question import Comment
from microblog.service.ask import PORTAL
from microblog.web.app import create_app
from microblog.web.guard import HEADERS, POLICY
from microblog.web.pages import templates
from microblog.web.refusals import TooLarge
from microblog.web.uploads import checked
from tests.shared import END, HOUR, LEAD, START, Scene, announced, play, scene_of, sealed
from tests.web.site import Browser, browser_of, options, sign_in, signed_in

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'onfocus='alert(1)' autofocus='",
    "</title><svg/onload=alert(1)>",
    "javascript:alert(1)",
    "{{ 7 * 7 }}${7*7}#{7*7}",
    "\u202e反\u202c\u200b",
    "]]><!--",
    "</textarea><script>alert(1)</script>",
)
HTML = Path(__file__).parents[2] / "microblog" / "web"


class Marks(HTMLParser):
    """What a browser would run or load of a page."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.dangerous: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        inline_script = tag == "script" and "src" not in values and values.get("type") != "application/json"
        if inline_script or tag in ("style", "iframe", "object", "embed", "base"):
            self.dangerous.append(tag)
        for name, value in attrs:
            scheme = (value or "").strip().lower()
            if name.startswith(("on", "hx-on")) or name == "style":
                self.dangerous.append(f"{tag} {name}")
            if name in ("src", "href", "action") and scheme.startswith(("http:", "//", "javascript:", "data:")):
                self.dangerous.append(f"{tag} {name}={value}")


def pages_of(scene: Scene) -> dict[str, str]:
    """Every public page and every page of the console that a person can open."""
    browser = browser_of(scene)
    people = {role: signed_in(scene, role) for role in (Role.ORGANISER, Role.AUDITOR)}
    paths = [
        "/",
        "/interviews/1",
        *(f"/interviews/1/{name}" for name in ("questions", "live", "transcript", "roundup")),
    ]
    found = {path: browser.get(path).text for path in paths}
    found["/console/sign-in"] = browser.get("/console/sign-in").text
    for path in ("/console/people", "/console/units", "/console/account", "/console/account/code"):
        found[path] = people[Role.ORGANISER].get(path).text
    found["/console/records"] = people[Role.AUDITOR].get("/console/records").text
    return found


def hostile_scene() -> Scene:
    """An interview that has been held, with hostile words wherever a stranger or a unit can put words."""
    scene = scene_of()
    sealed(scene)
    script = scene.store.reviews.scripts(1)[-1]
    words = "".join(HOSTILE)
    sections = tuple(
        replace(one, asker=words, question=one.question + words, answer=one.answer + words, speaker=words, unit=words)
        for one in script.sections
    )
    scene.store.reviews.save_script(script.evolve(sections=sections))
    interview = scene.interview
    scene.store.interviews.save(
        interview.evolve(topic=words, introduction=words, host=words, units=(words,), lead=words)
    )
    scene.at(START)
    play(scene, END + HOUR)
    return scene


def test_hostile_words_are_shown_and_never_run() -> None:
    scene = hostile_scene()
    for path, page in pages_of(scene).items():
        assert Marks(page).dangerous == [], path
        words = re.sub(r"<[^>]*>", "", page)  # stamps and tokens in the tags may hold any figures
        assert "49" not in words or "{{ 7 * 7 }}" in words, path
    transcript = browser_of(scene).get("/interviews/1/transcript").text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in transcript
    assert "\u202e" not in transcript
    assert "\u200b" not in transcript


def test_hostile_words_stay_words_in_feed_calendar_and_json() -> None:
    scene = hostile_scene()
    browser = browser_of(scene)
    assert "<script>" not in browser.get("/feed.xml").text
    assert browser.get("/api/interviews/1").headers["content-type"] == "application/json"
    assert browser.get("/calendar.ics").headers["X-Content-Type-Options"] == "nosniff"


def test_a_hostile_question_is_given_back_as_words() -> None:
    scene = scene_of()
    announced(scene)
    browser = browser_of(scene)
    page = browser.get("/interviews/1").text
    token = page.partition('name="form_token" value="')[2].partition('"')[0]
    for words in HOSTILE:
        fields = {"form_token": token, "text": words, "name": words, "ticket": words, "answer": words}
        answer = browser.post("/interviews/1/questions", data=fields)
        assert answer.status_code == 422
        assert Marks(answer.text).dangerous == []


def test_hostile_words_of_a_user_are_recorded_and_shown_as_words() -> None:
    scene = scene_of()
    organiser = signed_in(scene, Role.ORGANISER, name="主任")
    for words in HOSTILE:
        organiser.submit("/console/units", name=words, aliases=words, leader=words, section=words)
        sign_in(browser_of(scene), scene, words)
    for path in ("/console/units", "/console/records", "/console/people"):
        assert Marks(organiser.get(path).text).dangerous == [], path


def test_no_template_switches_escaping_off_or_holds_anything_inline() -> None:
    for path in sorted((HTML / "templates").rglob("*.html")):
        source = path.read_text("utf-8")
        assert "|safe" not in source.replace(" ", ""), path.name
        assert "autoescape" not in source, path.name
        plain = re.sub(r"\{[{%].*?[}%]\}", "", source, flags=re.DOTALL)
        assert Marks(plain).dangerous == [], path.name
    assert templates().autoescape is True


def test_every_answer_carries_the_security_headers() -> None:
    scene = scene_of()
    announced(scene)
    browser = browser_of(scene)
    for path in (
        "/",
        "/interviews/1",
        "/nothing",
        "/static/site.css",
        "/api/interviews",
        "/console/sign-in",
        "/console",
    ):
        headers = browser.get(path).headers
        assert {name: headers.get(name) for name in HEADERS} == HEADERS, path
        assert headers["Strict-Transport-Security"], path
        assert "Cache-Control" in headers, path
    assert "unsafe" not in POLICY
    assert "'none'" in POLICY


def test_a_defect_is_told_without_its_details_and_with_the_headers() -> None:
    scene = scene_of()
    announced(scene)
    app = create_app(scene.office, options())

    @app.get("/broken")
    def broken() -> None:
        raise RuntimeError("the database password is hunter2")

    answer = Browser(app, raise_server_exceptions=False).get("/broken")
    assert answer.status_code == 500
    assert "hunter2" not in answer.text
    assert "已记入日志" in answer.text
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS


def test_the_site_answers_to_its_own_names_alone() -> None:
    scene = scene_of()
    assert browser_of(scene).get("https://evil.example/ft/").status_code == 400
    assert browser_of(scene, hosts=("ft.example.gov.cn",)).get("https://ft.example.gov.cn/ft/").status_code == 200


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_form_from_another_site_is_refused(site: str) -> None:
    scene = scene_of()
    organiser = signed_in(scene, Role.ORGANISER, name="主任")
    token = organiser.form_token("/console/units")
    answer = organiser.post(
        "/console/units", data={"form_token": token, "name": "甲"}, headers={"Sec-Fetch-Site": site}
    )
    assert answer.status_code == 403
    assert scene.store.people.units() == []


def test_a_request_that_is_too_large_is_refused_however_it_is_announced() -> None:
    browser = browser_of(scene_of(), form_most=1000)

    def chunks() -> Iterator[bytes]:
        yield from [b"x" * 400] * 5

    for content in (b"x" * 2000, chunks()):
        answer = browser.post(
            "/console/sign-in",
            content=content,
            headers={"Content-Type": "application/x-www-form-urlencoded"},
        )
        assert answer.status_code == 413


def test_files_may_be_larger_but_only_at_the_console() -> None:
    browser = browser_of(scene_of(), form_most=1000)
    files = {"file": ("plan.txt", b"x" * 5000)}
    assert browser.post("/console/sign-in", files=files).status_code == 403
    assert browser.post("/interviews/1/questions", files=files).status_code == 413


def office_file(*names: str, size: int = 10) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for name in names:
            file.writestr(name, b"0" * size)
    return packed.getvalue()


DOCX = office_file("[Content_Types].xml", "word/document.xml")


@pytest.mark.parametrize(
    ("name", "content", "good"),
    [
        ("plan.docx", DOCX, True),
        ("PLAN.DOCX", DOCX, True),
        ("plan.xlsx", DOCX, False),
        ("plan.docx", b"MZ\x90\x00", False),
        ("plan.docx", office_file("evil.exe"), False),
        ("plan.txt", "访谈计划".encode(), True),
        ("plan.txt", "访谈计划".encode("utf-16"), True),
        ("plan.txt", b"\x7fELF\x00\x00", False),
        ("plan.exe", b"MZ", False),
        ("../../etc/plan.txt", b"x", True),
        ("", b"x", False),
    ],
)
def test_a_file_is_what_its_name_says_or_is_refused(name: str, content: bytes, good: bool) -> None:
    file = UploadFile(io.BytesIO(content), filename=name)
    if good:
        assert checked(file, {".docx", ".xlsx", ".txt"}) == content
    else:
        with pytest.raises(InvalidInput):
            checked(file, {".docx", ".xlsx", ".txt"})


def test_a_file_that_unpacks_to_something_huge_is_refused() -> None:
    bomb = office_file("[Content_Types].xml", "word/document.xml", size=120_000_000)
    with pytest.raises(TooLarge):
        checked(UploadFile(io.BytesIO(bomb), filename="plan.docx"), {".docx"})


def test_internal_notes_never_appear_in_public() -> None:
    scene = scene_of()
    sealed(scene)
    scene.at(START)
    play(scene, END + HOUR)
    secret = "内部备注不得公开"
    for selection_list in [scene.store.questions.selections(1)]:
        noted = [replace(one, reason=secret, chosen_by=secret) for one in selection_list]
        scene.store.questions.choose(1, noted, [])
    script = scene.store.reviews.scripts(1)[-1]
    noted_sections = tuple(replace(one, author=secret) for one in script.sections)
    scene.store.reviews.save_script(script.evolve(sections=noted_sections, author=secret, override=secret))
    now = scene.clock.now()
    unread = Comment(1, PORTAL, "1", "u", secret, f"还没有选定的留言{secret}", now, now, now)
    scene.store.comments.upsert([unread], [{}])
    scene.office.note(secret, "note", "interview 1", why=secret)
    browser = browser_of(scene)
    paths = ["/", "/feed.xml", "/calendar.ics", "/api/interviews", "/api/interviews/1", "/api/interviews/1/record"]
    paths += ["/api/interviews/1/questions", "/interviews/1", "/api/openapi.json"]
    paths += [f"/interviews/1/{name}" for name in ("questions", "live", "transcript", "roundup", "calendar.ics")]
    for path in paths:
        page = browser.get(path)
        assert page.status_code == 200, path
        assert secret not in page.text, path
        for internal in (LEAD, "王审核", "李审核", "分析员", "worker 1"):
            assert internal not in page.text, f"{internal} {path}"


def test_a_cookie_cannot_put_words_in_our_mouth_that_run() -> None:
    scene = scene_of()
    browser = signed_in(scene, Role.ANALYST)
    for value in ("%%%", "PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg=="):
        browser.cookies.set("microblog-notice", value, domain="www.example.gov.cn")
        page = browser.get("/console/account")
        assert page.status_code == 200
        assert Marks(page.text).dangerous == []
        browser.cookies.delete("microblog-notice")


def test_assets_asked_for_with_their_stamp_are_kept_for_good() -> None:
    browser = browser_of(scene_of())
    page = browser.get("/").text
    stamped = page.partition('rel="stylesheet" href="/ft')[2].partition('"')[0]
    assert "immutable" in browser.get(stamped).headers["Cache-Control"]
    assert browser.get("/static/../app.py").status_code == 404
    assert browser.get("/static/vendor/htmx.min.js").status_code == 200
