"""One call over HTTP: what each kind of failure proves, and that no token leaks."""

import logging
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests
import responses
from urllib3 import HTTPConnectionPool
from urllib3.connection import HTTPConnection
from urllib3.exceptions import MaxRetryError, NameResolutionError
from urllib3.exceptions import SSLError as UntrustedError

from microblog.platforms.weibo_client import API_BASE, WeiboClient
from microblog.platforms.weibo_http import TOKEN_MISSING, Failure, Http
from tests.platforms.conftest import TOKEN

SHARE = f"{API_BASE}/2/statuses/share.json"


@contextmanager
def server_that(*, reads: bool, says: bytes = b"", stalls: bool = False) -> Iterator[str]:
    """A server for one connection that behaves as told, then hangs up. Ends with the block."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(5)
        done = threading.Event()

        def serve() -> None:
            connection, _ = listener.accept()
            with connection:
                if reads:
                    connection.recv(65536)
                if stalls:
                    done.wait(5)
                connection.sendall(says)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        done.set()
        thread.join(5)


def client_of(base_url: str, token: str = TOKEN) -> WeiboClient:
    return WeiboClient(Http(base_url, connect_timeout=1, read_timeout=0.3), lambda: token)


def test_a_refused_connection_proves_that_nothing_was_sent() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        answer = client_of(f"http://127.0.0.1:{unused.getsockname()[1]}").share("好")
    assert answer.failure is Failure.NOT_SENT


@pytest.mark.parametrize(
    "reason",
    [
        NameResolutionError("api.weibo.com", HTTPConnection("api.weibo.com"), socket.gaierror("unknown")),
        UntrustedError(ssl.SSLCertVerificationError("self-signed certificate")),
    ],
)
def test_an_unknown_host_or_an_untrusted_one_proves_it_too(
    weibo: responses.RequestsMock, client: WeiboClient, reason: Exception
) -> None:
    gave_up = MaxRetryError(HTTPConnectionPool("api.weibo.com"), "/2/statuses/share.json", reason)
    weibo.post(SHARE, body=requests.exceptions.ConnectionError(gave_up))
    assert client.share("好").failure is Failure.NOT_SENT


def test_a_silent_server_leaves_open_whether_the_post_was_taken() -> None:
    with server_that(reads=True, stalls=True) as base_url:
        answer = client_of(base_url).share("好")
    assert answer.failure is Failure.NO_ANSWER


def test_a_connection_dropped_after_sending_leaves_it_open_too() -> None:
    with server_that(reads=True) as base_url:
        assert client_of(base_url).share("好").failure is Failure.NO_ANSWER


def test_an_answer_cut_off_in_the_middle_leaves_it_open_too() -> None:
    with server_that(reads=True, says=b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{") as base_url:
        assert client_of(base_url).share("好").failure is Failure.NO_ANSWER


def test_bytes_that_are_no_http_leave_it_open_too() -> None:
    with server_that(reads=True, says=b"\x00\x01\x02\r\n\r\n") as base_url:
        assert client_of(base_url).share("好").failure is Failure.NO_ANSWER


@pytest.mark.parametrize(
    ("error", "failure"),
    [
        (requests.exceptions.ConnectTimeout(), Failure.NOT_SENT),
        (requests.exceptions.ProxyError(), Failure.NOT_SENT),
        (requests.exceptions.ReadTimeout(), Failure.NO_ANSWER),
        (requests.exceptions.ConnectionError("reset"), Failure.NO_ANSWER),
        (requests.exceptions.SSLError("eof in violation of protocol"), Failure.NO_ANSWER),
        (requests.exceptions.ChunkedEncodingError(), Failure.NO_ANSWER),
        (requests.exceptions.ContentDecodingError(), Failure.NO_ANSWER),
    ],
)
def test_only_a_failure_to_connect_proves_anything(
    weibo: responses.RequestsMock, client: WeiboClient, error: Exception, failure: Failure
) -> None:
    weibo.post(SHARE, body=error)
    answer = client.share("好")
    assert (answer.status, answer.failure) == (0, failure)


@pytest.mark.parametrize("base_url", ["api.weibo.com", "gopher://api.weibo.com", "http://"])
def test_a_base_address_that_is_none_sends_nothing(base_url: str) -> None:
    assert client_of(base_url).share("好").failure is Failure.NOT_SENT


def test_half_an_emoji_cannot_be_sent() -> None:
    assert client_of("http://127.0.0.1:9").share("\ud83d").failure is Failure.NOT_SENT


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (400, '{"error":"repeat content!","error_code":20019,"request":"/2/x"}', (20019, "repeat content!")),
        (403, '{"error":"Insufficient!","error_code":"10014"}', (10014, "Insufficient!")),
        (200, '{"error":"expired_token","error_code":21327}', (21327, "expired_token")),
        (400, '{"error":"40025:Error: repeated weibo text!"}', (40025, "40025:Error: repeated weibo text!")),
        (
            401,
            '{"error":"invalid_client","error_code":21324,"error_description":"client_secret error."}',
            (21324, "invalid_client client_secret error."),
        ),
        (400, '{"error":"strange","error_code":"abc"}', (None, "strange")),
        (200, '{"error_code":0,"id":1}', (None, "")),
    ],
)
def test_the_error_code_is_found_whatever_the_status(
    weibo: responses.RequestsMock, client: WeiboClient, status: int, body: str, error: tuple[int | None, str]
) -> None:
    weibo.post(SHARE, body=body, status=status)
    answer = client.share("好")
    assert (answer.status, (answer.error_code, answer.error_text)) == (status, error)


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (502, b"<html><h1>502 Bad Gateway</h1></html>"),
        (418, b""),
        (200, b"<html>ok</html>"),
        (200, b'{"id": 1'),
        (200, b"\xff\xfe\xfa"),
        (200, b"[" * 100_000),
    ],
)
def test_a_body_that_is_no_json_is_an_answer_without_a_body(
    weibo: responses.RequestsMock, client: WeiboClient, status: int, body: bytes
) -> None:
    weibo.post(SHARE, body=body, status=status)
    answer = client.share("好")
    assert (answer.status, answer.body, answer.error_code, answer.ok) == (status, None, None, False)


def test_a_redirect_is_not_followed(weibo: responses.RequestsMock, client: WeiboClient) -> None:
    weibo.post(SHARE, status=302, headers={"Location": "http://elsewhere.example/"})
    assert client.share("好").status == 302
    assert len(weibo.calls) == 1


def test_nothing_is_tried_twice_by_itself(weibo: responses.RequestsMock, client: WeiboClient) -> None:
    weibo.post(SHARE, status=503)
    client.share("好")
    assert len(weibo.calls) == 1


@pytest.mark.parametrize("token", ["", "two words", "2.00x\n", "令牌"])
def test_a_token_that_cannot_travel_is_answered_as_a_missing_one(token: str) -> None:
    answer = client_of("http://127.0.0.1:9", token).share("好")
    assert (answer.error_code, answer.failure) == (TOKEN_MISSING, Failure.NOT_SENT)


def test_a_token_never_shows_in_logs_texts_or_repr(
    weibo: responses.RequestsMock, client: WeiboClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    weibo.post(SHARE, json={"error": f"invalid_access_token:{TOKEN}", "error_code": 21332}, status=403)
    weibo.get(f"{API_BASE}/2/account/get_uid.json", body=requests.exceptions.ReadTimeout(f"token {TOKEN}"))
    weibo.post(f"{API_BASE}/oauth2/get_token_info", json={"uid": 1, "access_token": TOKEN})
    seen = [repr(client.share("好")), repr(client.get_uid()), repr(client.token_info()), repr(client), caplog.text]
    assert not [text for text in seen if TOKEN in text]


def test_a_netrc_file_does_not_replace_the_token(
    weibo: responses.RequestsMock,
    client: WeiboClient,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine api.weibo.com login someone password other\n")
    monkeypatch.setenv("NETRC", str(netrc))
    weibo.get(f"{API_BASE}/2/account/get_uid.json", json={"uid": "1"})
    client.get_uid()
    assert weibo.calls[0].request.headers["Authorization"] == f"OAuth2 {TOKEN}"


def test_a_server_on_this_machine_is_reached_without_the_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    says = b'HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n{"uid":"1"}'
    with server_that(reads=True, says=says) as base_url:
        answer = client_of(base_url).get_uid()
    assert answer.body == {"uid": "1"}
