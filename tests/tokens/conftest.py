"""A sandbox of the platform with an app whose callback is this machine, and an office that logs in there."""

import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from urllib.parse import parse_qsl, urlsplit

import pytest
import requests

from microblog.cli.main import main
from microblog.sandbox.server import APP_KEY, APP_SECRET, SECURE_DOMAIN, UID, Sandbox
from tests.shared import PLAN_DAY

OTHER_UID = UID + 7


@dataclass
class Browser:
    """What a person does in a browser. uid: whom they log in as; presses: the button; forged: sent in first."""

    uid: int = UID
    presses: str = "approve"
    forged: str = ""
    opened: list[str] = field(default_factory=list)
    threads: list[Thread] = field(default_factory=list)

    def open(self, address: str) -> bool:
        """Open the authorise page and act, in the background as a browser does."""
        self.opened.append(address)
        self.threads.append(Thread(target=self.visit, args=(address,)))
        self.threads[-1].start()
        return True

    def visit(self, address: str) -> str:
        """Press the button and follow the way back; returns the address the browser was sent to."""
        page, _, query = address.partition("?")
        assert requests.get(address, timeout=5).status_code == 200
        form = dict(parse_qsl(query)) | {"uid": str(self.uid), "action": self.presses}
        back = requests.post(page, data=form, timeout=5, allow_redirects=False).headers["Location"]
        if urlsplit(back).hostname == "127.0.0.1":
            callback = back.partition("?")[0]
            assert (
                requests.get(f"{urlsplit(back).scheme}://{urlsplit(back).netloc}/favicon.ico", timeout=5).status_code
                == 404
            )
            if self.forged:
                assert requests.get(f"{callback}?{self.forged}", timeout=5).status_code == 400
            requests.get(back, timeout=5)
        return back


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture
def callback() -> str:
    return f"http://127.0.0.1:{free_port()}/callback"


@pytest.fixture
def weibo(callback: str) -> Iterator[Sandbox]:
    with Sandbox(start=PLAN_DAY, speed=1.0) as sandbox:
        sandbox.cast.add_account(OTHER_UID, "别的单位", verified_type=1)
        uris = (callback, "https://api.weibo.com/oauth2/default.html")
        sandbox.cast.add_app(
            APP_KEY, APP_SECRET, "示例区发布", UID, redirect_uris=uris, secure_domains=(SECURE_DOMAIN,)
        )
        yield sandbox


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> Iterator[Browser]:
    person = Browser()
    monkeypatch.setattr("webbrowser.open", person.open)
    yield person
    for thread in person.threads:
        thread.join(timeout=10)


@pytest.fixture
def home(tmp_path: Path, weibo: Sandbox, callback: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An office folder set up for that sandbox, without a token."""
    folder = tmp_path / "office"
    assert main(["init", str(folder)]) == 0
    for name, value in {
        "HOME": str(folder),
        "WEIBO__API_BASE": weibo.base_url,
        "WEIBO__APP_KEY": APP_KEY,
        "WEIBO__APP_SECRET": APP_SECRET,
        "WEIBO__REDIRECT_URI": callback,
        "POSTING__PACE_SECONDS": "0",
    }.items():
        monkeypatch.setenv(f"MICROBLOG_{name}", value)
    monkeypatch.setenv("COLUMNS", "240")
    return folder


@pytest.fixture
def run(home: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """Runs the command in this process; returns what it printed, both streams."""

    def run(*arguments: object, code: int = 0) -> str:
        capsys.readouterr()
        given = main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        assert given == code, captured.out + captured.err
        return captured.out + captured.err

    return run
