"""Every route × every role against the one table; nothing is reachable that the table does not allow."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from fastapi.routing import APIRoute

from microblog.domain.errors import InvalidInput
from microblog.domain.people import MAY, REVIEWING, SEALING, SECOND_FACTOR, Act, Role, check_roles, may
from microblog.web.app import CONSOLE, PORTAL
from tests.shared import Scene, announced, rule_sets, scene_of
from tests.web.site import Browser, browser_of, signed_in

OPEN_AT_THE_CONSOLE = {("GET", "/console/sign-in"), ("POST", "/console/sign-in")}
"""What one reaches without being signed in."""


def routes(routers: Any) -> list[APIRoute]:
    return [route for router in routers for route in router.routes if isinstance(route, APIRoute)]


def act_of(route: APIRoute) -> Act | None:
    """The act a route asks for, from its one dependency."""
    acts = [getattr(found.call, "act", None) for found in route.dependant.dependencies]
    named = [act for act in acts if isinstance(act, Act)]
    assert len(named) <= 1, f"{route.path} asks twice"
    return named[0] if named else None


def calls() -> Iterator[tuple[str, str, Act | None]]:
    """Every method and path of the console with its act."""
    for route in routes(CONSOLE):
        for method in sorted(route.methods or ()):
            yield method, route.path, act_of(route)


def filled(path: str) -> str:
    """The path with a number or word for every parameter."""
    return re.sub(r"\{[^}]*\}", "1", path)


@pytest.fixture(scope="module")
def scene() -> Scene:
    opened = scene_of()
    announced(opened)
    return opened


@pytest.fixture(scope="module")
def browsers(scene: Scene) -> dict[Role, Browser]:
    # A stream of events ends at once: who may hear it is what is asked here.
    return {role: signed_in(scene, role, browser=browser_of(scene, stream_for=timedelta(0))) for role in Role}


def test_every_route_of_the_console_asks_for_an_act() -> None:
    open_routes = {(method, path) for method, path, act in calls() if act is None}
    assert open_routes == OPEN_AT_THE_CONSOLE


def test_every_route_outside_the_console_is_public_and_only_one_takes_something() -> None:
    public = routes(PORTAL)
    assert not [route.path for route in public if route.path.startswith("/console")]
    assert [route.path for route in public if (route.methods or set()) - {"GET", "HEAD"}] == [
        "/interviews/{number}/questions"
    ]


def test_every_act_is_in_the_table_and_every_role_can_do_something() -> None:
    assert set(MAY) == set(Act)
    assert set().union(*MAY.values()) == set(Role)


@pytest.mark.parametrize("role", Role)
def test_a_role_reaches_what_the_table_allows_and_nothing_else(
    scene: Scene, browsers: dict[Role, Browser], role: Role
) -> None:
    browser = browsers[role]
    token = browser.form_token("/console/account")
    for method, path, act in calls():
        if act is None or path == "/console/sign-out":
            continue
        # A form without fields: who may not is stopped before anybody looks at it, who may changes nothing by it.
        answer = browser.request(method, filled(path), headers={"X-Form-Token": token})
        assert (answer.status_code == 403) is not may([role], act), f"{role} {method} {path}: {answer.status_code}"


def test_nobody_reaches_anything_without_signing_in(scene: Scene) -> None:
    browser = browser_of(scene)
    token = browser.form_token()
    for method, path, act in calls():
        if act is not None:
            answer = browser.request(method, filled(path), headers={"X-Form-Token": token})
            assert (answer.status_code, answer.headers["location"]) == (303, "/ft/console/sign-in"), (
                f"{method} {path}"
            )


def test_no_form_works_without_its_token(scene: Scene, browsers: dict[Role, Browser]) -> None:
    for method, path, act in calls():
        if method != "POST":
            continue
        for role, browser in browsers.items():
            for headers in ({}, {"X-Form-Token": "x"}, {"X-Form-Token": browser_of(scene).form_token()}):
                answer = browser.post(filled(path), headers=headers)
                assert answer.status_code == 403, f"{role} {path} {act}"


def test_the_auditor_only_reads() -> None:
    assert {act for act in Act if may([Role.AUDITOR], act)} == {Act.LOOK, Act.ACCOUNT, Act.AUDIT}
    writing = {act for method, _, act in calls() if method == "POST"}
    assert {act for act in writing if act and may([Role.AUDITOR], act)} == {Act.ACCOUNT}


def test_only_reviewers_seal_and_whoever_makes_one_needs_a_code_too() -> None:
    assert MAY[Act.SEAL] == SEALING
    assert REVIEWING | MAY[Act.PEOPLE] <= SECOND_FACTOR


def test_every_body_that_a_rule_set_names_can_seal_at_the_console() -> None:
    named = {role.value for rules in rule_sets().values() for role in rules.reviewers}
    assert named <= {role.value for role in MAY[Act.SEAL]}


@pytest.mark.parametrize(
    "roles", [[], [Role.DATA_CENTRE, Role.MEDIA_CENTRE], [Role.AUDITOR, Role.OPERATOR], list(Role)]
)
def test_roles_that_one_person_may_not_hold(roles: list[Role]) -> None:
    with pytest.raises(InvalidInput):
        check_roles(roles)


def test_a_small_office_may_join_the_roles_that_do_not_seal() -> None:
    check_roles([Role.OPERATOR, Role.ANALYST, Role.LEAD_UNIT])
