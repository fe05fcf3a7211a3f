"""An office on the web: its application, and browsers that came in."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import pyotp
from argon2 import PasswordHasher
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response

from microblog.domain.people import SECOND_FACTOR, Role
from microblog.service.people import Gate, add_user
from microblog.service.vault import Vault
from microblog.web.app import create_app
from microblog.web.options import WebOptions
from tests.shared import Scene

SECRET = b"a secret for tests, 32 bytes long"
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
PASSWORD = "correct horse battery"
ADDRESS = "https://www.example.gov.cn"
ROOT = "/ft"


def options(**changes: Any) -> WebOptions:
    """Nothing is served twice from a shelf, and hashing costs nothing."""
    quick: dict[str, Any] = {"shelf": timedelta(0), "hasher": QUICK, "looks_every": 0.01}
    return WebOptions(secret=SECRET, **quick | changes)


class Browser(TestClient):
    """A browser on the office's site; paths are those behind `/ft`."""

    def __init__(self, app: FastAPI, *, raise_server_exceptions: bool = True) -> None:
        super().__init__(
            app,
            base_url=ADDRESS + ROOT,
            follow_redirects=False,
            client=("203.0.113.9", 50000),
            raise_server_exceptions=raise_server_exceptions,
        )

    def form_token(self, page: str = "/console/sign-in") -> str:
        """The token of a form that this browser was shown."""
        return token_in(self.get(page).text)

    def submit(self, path: str, page: str | None = None, **fields: Any) -> Response:
        """Fill in a form of a page (by default of the page at the same path) and send it."""
        answer: Response = self.post(path, data={"form_token": self.form_token(page or path), **fields})
        return answer


def token_in(html: str) -> str:
    """The form token of a page."""
    return html.partition('name="form_token" value="')[2].partition('"')[0]


def gate_of(scene: Scene) -> Gate:
    """The gate of an office, as its site has it."""
    return Gate(scene.office, Vault(SECRET), QUICK)


def browser_of(scene: Scene, **changes: Any) -> Browser:
    """An anonymous browser on a new site of the office."""
    return Browser(create_app(scene.office, options(**changes)))


def code_at(secret: str, moment: datetime) -> str:
    """What the code generator shows at a moment."""
    return pyotp.TOTP(secret).at(moment)


def made(scene: Scene, name: str, roles: Sequence[Role]) -> str:
    """A user who can sign in at once; returns the secret of the code generator, empty where none is needed."""
    add_user(gate_of(scene), name, PASSWORD, roles=roles, by="test", must_change=False)
    if SECOND_FACTOR.isdisjoint(roles):
        return ""
    secret = pyotp.random_base32()
    sealed = Vault(SECRET).encrypt("totp", secret, now=scene.clock.now())
    user = scene.store.people.user(name)
    assert user is not None
    assert scene.store.people.save(user.evolve(totp=sealed))
    return secret


def sign_in(browser: Browser, scene: Scene, name: str, secret: str = "", password: str = PASSWORD) -> Response:
    """Send the sign-in form."""
    code = code_at(secret, scene.clock.now()) if secret else ""
    return browser.submit("/console/sign-in", name=name, password=password, code=code)


def signed_in(scene: Scene, *roles: Role, name: str = "", browser: Browser | None = None) -> Browser:
    """A browser in which a new user of these roles is signed in. name: by default the roles'."""
    name = name or "-".join(role.value for role in roles)
    secret = made(scene, name, roles)
    browser = browser or browser_of(scene)
    assert sign_in(browser, scene, name, secret).status_code == 303
    return browser
