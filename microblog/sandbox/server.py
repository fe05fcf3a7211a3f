"""The sandbox as a server: in a thread for tests and the demo, or on its own for `microblog sandbox`."""

from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Thread
from types import TracebackType
from typing import Self

from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from microblog.sandbox.admin import Admin
from microblog.sandbox.cast import Cast
from microblog.sandbox.faults.plan import FaultPlan, read_rules
from microblog.sandbox.journal import Journal
from microblog.sandbox.moments import Clock
from microblog.sandbox.options import OPEN, Options, read_options
from microblog.sandbox.web import WebApp
from microblog.sandbox.world import World

HOST = "127.0.0.1"
APP_KEY = "1000000002"
APP_SECRET = "sandbox-secret"  # noqa: S105 - opens nothing but this sandbox
UID = 1_000_000_001
ACCOUNT_NAME = "示例区发布"
SECURE_DOMAIN = "example.gov.cn"
CALLBACKS = (
    "http://127.0.0.1:8000/callback",
    "http://127.0.0.1:8711/callback",  # what `microblog auth login` listens on unless told otherwise
    "https://api.weibo.com/oauth2/default.html",
)


class _Handler(WSGIRequestHandler):
    """Says nothing on the terminal; the sandbox keeps its own record of calls."""

    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002 - the parent's parameter name
        """Errors alone are worth a line: a traceback there is a defect of the sandbox."""
        if type == "error":
            super().log(type, message, *args)


class Sandbox:
    """A local Weibo. `with Sandbox() as weibo:` serves until the end of the block.

    A fresh one has an app (`APP_KEY`, `APP_SECRET`, secure domain `example.gov.cn`) owned by the government account
    `UID`, whose `token` is ready; `cast` adds others, `admin` turns the clock and sets faults. With a `state_file`
    everything committed survives the death of the process, and a later sandbox on that file goes on from there;
    `start` and `options` then come from the file.
    """

    def __init__(
        self,
        *,
        start: datetime | None = None,
        speed: float = 0.0,
        options: Options = OPEN,
        plan: FaultPlan | None = None,
        state_file: Path | None = None,
    ) -> None:
        """start: aware; now by default. speed: sandbox seconds a real second; 0 holds the time."""
        self._stopping = Event()
        self.world = World(Clock(start or datetime.now(UTC), speed), options, Journal(state_file))
        plan = plan or FaultPlan()
        self.admin = Admin(self.world, plan)
        self.cast = Cast(self.world)
        self._app = WebApp(self.world, plan, self.admin, self.cast, self._stopping)
        self._server: BaseWSGIServer | None = None
        self._thread: Thread | None = None
        if not self.world.replay():
            self._furnish()

    def _furnish(self) -> None:
        self.world.set_options(self.world.options)
        self.world.note_clock()
        self.cast.add_account(UID, ACCOUNT_NAME, verified_type=1, verified_reason="示例区新闻办公室官方微博")
        self.cast.add_app(
            APP_KEY, APP_SECRET, ACCOUNT_NAME, UID, redirect_uris=CALLBACKS, secure_domains=(SECURE_DOMAIN,)
        )
        self.cast.add_token(UID, APP_KEY)

    @property
    def token(self) -> str:
        """The newest token of the account that was there from the start."""
        with self.world.lock:
            return [token.token for token in self.world.tokens.values() if token.uid == UID][-1]

    @property
    def base_url(self) -> str:
        """Where it listens, without a slash at the end. Raises RuntimeError before `start`."""
        if self._server is None:
            raise RuntimeError("the sandbox has not been started")
        return f"http://{HOST}:{self._server.port}"

    def start(self, port: int = 0) -> Self:
        """Listen on 127.0.0.1 and serve in a thread. port 0: any free one. Raises OSError when it is taken."""
        self._server = make_server(HOST, port, self._app, threaded=True, request_handler=_Handler)
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        self._thread.start()
        return self

    def stop(self) -> None:
        """End stalls, stop serving, close the journal. Harmless when not started."""
        self._stopping.set()
        if self._server is not None and self._thread is not None:
            self._server.shutdown()
            self._server.server_close()
            self._thread.join(timeout=5)
        with self.world.lock:
            self.world.close()

    def wait(self) -> None:
        """Serve until the thread ends or the process is interrupted."""
        if self._thread is not None:
            self._thread.join()

    def __enter__(self) -> Self:
        """Start on a free port."""
        return self if self._server is not None else self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def serve(
    port: int = 8090,
    faults_file: Path | None = None,
    *,
    state_file: Path | None = None,
    start: datetime | None = None,
    speed: float = 1.0,
) -> Sandbox:
    """A started sandbox for the command line; the caller prints `base_url`, calls `wait`, and `stop` at the end.

    faults_file: a scenario (TOML) with `profile`, `[options]` and `[[rule]]`. Raises ValueError for mistakes in it,
    OSError when it cannot be read or the port is taken.
    """
    options = read_options(faults_file) if faults_file else OPEN
    rules = read_rules(faults_file) if faults_file else []
    sandbox = Sandbox(start=start, speed=speed, options=options, plan=FaultPlan(rules), state_file=state_file)
    return sandbox.start(port)
