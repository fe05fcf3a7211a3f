"""Weibo's OAuth2 door behind the `Door` protocol."""

from datetime import timedelta

from microblog.domain.errors import NotAllowed, PlatformDown
from microblog.platforms.weibo_errors import ErrorTable
from microblog.platforms.weibo_http import Http
from microblog.platforms.weibo_oauth import access_token, authorize_url
from microblog.platforms.weibo_outcomes import trouble
from microblog.platforms.weibo_payload import whole_number
from microblog.service.ports import Clock, Token


class WeiboDoor:
    """Implements `service.ports.Door`. redirect_uri: exactly as registered with the app."""

    def __init__(
        self, http: Http, table: ErrorTable, clock: Clock, *, app_key: str, app_secret: str, redirect_uri: str
    ) -> None:
        self._http = http
        self._table = table
        self._clock = clock
        self._app_key = app_key
        self._app_secret = app_secret
        self._redirect_uri = redirect_uri

    def address(self, state: str) -> str:
        """The authorise page. Raises NotAllowed while the app's key or secret is not set."""
        if not (self._app_key and self._app_secret):
            raise NotAllowed(
                "还没有填应用的 App Key 和 App Secret，"
                "请设置环境变量 MICROBLOG_WEIBO__APP_KEY 和 MICROBLOG_WEIBO__APP_SECRET"
            )
        return authorize_url(self._http.base_url, app_key=self._app_key, redirect_uri=self._redirect_uri, state=state)

    def token_for(self, code: str) -> Token:
        """Exchange the code. Raises PlatformError."""
        now = self._clock.now()
        answer = access_token(
            self._http,
            app_key=self._app_key,
            app_secret=self._app_secret,
            code=code,
            redirect_uri=self._redirect_uri,
        )
        error = trouble(answer, now, self._table)
        if error is not None:
            raise error
        body = answer.body if isinstance(answer.body, dict) else {}
        secret, user_id = body.get("access_token"), str(body.get("uid") or "")
        if not isinstance(secret, str) or not secret or not user_id:
            raise PlatformDown("微博没有给出令牌或账号，请重新运行 microblog auth login")
        left = body.get("expires_in")
        return Token(secret, user_id, now, None if left is None else now + timedelta(seconds=whole_number(left)))
