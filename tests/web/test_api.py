"""The JSON API against its own description: whatever is asked, never a 500 and never another shape."""

from typing import Any

import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import BaseSchema
from schemathesis.core.result import Ok

from microblog.web.app import create_app
from tests.shared import END, HOUR, START, Scene, announced, play, scene_of, sealed
from tests.web.site import ROOT, browser_of, options


def held() -> Scene:
    scene = scene_of()
    sealed(scene)
    scene.at(START)
    play(scene, END + HOUR)
    return scene


def described() -> BaseSchema:
    """The description as the application itself gives it."""
    scene = scene_of()
    announced(scene)
    app = create_app(scene.office, options(hosts=("testserver",)))
    return schemathesis.openapi.from_asgi(f"{ROOT}/api/openapi.json", app)


def test_every_call_is_answered_as_described() -> None:
    # By hand, operation by operation: the library's own pytest plugin does not know this version of pytest.
    calls: list[str] = []
    for found in described().get_all_operations():
        assert isinstance(found, Ok)
        operation = found.ok()

        @settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
        @given(case=operation.as_strategy())
        def is_answered(case: Any) -> None:
            calls.append(case.path)
            case.call_and_validate()

        is_answered()
    assert len(set(calls)) == 4
    assert len(calls) > 100


def test_the_description_names_the_public_calls_alone() -> None:
    described = browser_of(scene_of()).get("/api/openapi.json").json()
    assert set(described["paths"]) == {
        "/api/interviews",
        "/api/interviews/{number}",
        "/api/interviews/{number}/questions",
        "/api/interviews/{number}/record",
    }
    assert all(set(methods) == {"get"} for methods in described["paths"].values())


def test_the_record_says_what_was_asked_and_answered() -> None:
    scene = held()
    browser = browser_of(scene)
    record = browser.get("/api/interviews/1/record").json()
    script = scene.store.reviews.scripts(1)[-1]
    numbered = [one for one in record["exchanges"] if one["number"]]
    assert [one["question"] for one in numbered] == [section.question for section in script.questions()]
    assert [one["answer"] for one in numbered] == [section.answer for section in script.questions()]
    assert (record["answered"], record["pending"]) == (len(script.questions()), 0)
    assert [one["answered"] for one in browser.get("/api/interviews/1/questions").json()] == [True] * len(numbered)


def test_an_error_is_json_too() -> None:
    answer = browser_of(scene_of()).get("/api/interviews/7")
    assert (answer.status_code, answer.json()) == (404, {"detail": "没有这期访谈，或尚未公布；请从首页进入"})
