"""One call on its way through the sandbox, and the answer it gets."""

from dataclasses import dataclass, field
from typing import Any, Literal

from microblog.sandbox.refusals import OAuthRefusal, Refusal
from microblog.sandbox.rows import Account, App, Token
from microblog.sandbox.world import World

End = Literal["answered", "dropped", "stalled"]


def read_id(text: str) -> int | None:
    """The id a text stands for; None where it is none (an int64 has 19 digits at most)."""
    return int(text) if text.isdecimal() and len(text) <= 19 else None


@dataclass(slots=True)
class Ask:
    """A call as it arrived. Faults may change it before it is handled.

    endpoint: path without `/2/` and `.json`, e.g. `statuses/share`. picture: bytes of the part `pic`, None without.
    now: the sandbox moment of arrival. hold_back: seconds for which what is written stays invisible.
    """

    world: World
    method: str
    path: str
    endpoint: str
    params: dict[str, str]
    ip: str
    now: float
    authorization: str = ""
    multipart: bool = False
    picture: bytes | None = None
    account: Account | None = None
    app: App | None = None
    token: Token | None = None
    hold_back: float = 0.0
    faults: list[str] = field(default_factory=list)

    @property
    def me(self) -> Account:
        """The account the call acts for; only after it was admitted."""
        if self.account is None:
            raise RuntimeError(f"{self.path} was not admitted")
        return self.world.accounts[self.account.uid]

    @property
    def by(self) -> App:
        """The app the call comes through; only after it was admitted."""
        if self.app is None:
            raise RuntimeError(f"{self.path} was not admitted")
        return self.world.apps[self.app.key]

    def text(self, name: str) -> str:
        """A required parameter. Raises Refusal 10016 when it is absent or empty."""
        value = self.params.get(name, "")
        if not value.strip():
            raise Refusal(10016, f"Miss required parameter ({name}) , see doc for more info.")
        return value

    def number(self, name: str, default: int | None = None) -> int:
        """A whole number; required where there is no default. Raises Refusal 10016 or 10017."""
        value = self.params.get(name, "") if default is not None else self.text(name)
        if default is not None and not value.strip():
            return default
        try:
            return int(value)
        except ValueError:
            raise Refusal(10017, f"Parameter ({name})'s value invalid!") from None

    def flag(self, name: str) -> bool:
        """A 0/1 switch, off by default."""
        return self.number(name, 0) != 0

    def numbers(self, name: str, most: int) -> list[int]:
        """Comma-separated ids. Raises Refusal 20009 beyond `most`, 10017 for what is no number."""
        parts = [part.strip() for part in self.text(name).split(",") if part.strip()]
        if len(parts) > most:
            raise Refusal(20009)
        ids = [read_id(part) for part in parts]
        if None in ids:
            raise Refusal(10017, f"Parameter ({name})'s value invalid!")
        return [identifier for identifier in ids if identifier is not None]


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back. text: sent as it is instead of `body`, as `content_type`; location: a redirect.

    stall: real seconds before the end.
    """

    http: int = 200
    body: Any = None
    text: str = ""
    content_type: str = "text/html; charset=utf-8"
    location: str = ""
    end: End = "answered"
    stall: float = 0.0

    @property
    def code(self) -> int:
        """The `error_code` in the body, 0 without."""
        return int(self.body.get("error_code") or 0) if isinstance(self.body, dict) else 0


def refusal_answer(refusal: Refusal, path: str) -> Answer:
    """An API refusal in the platform's three keys."""
    body = {"error": refusal.text, "error_code": refusal.code, "request": path}
    return Answer(http=refusal.status, body=body)


def oauth_answer(refusal: OAuthRefusal, path: str) -> Answer:
    """An OAuth refusal in its five keys."""
    body = {
        "error": refusal.error,
        "error_code": refusal.code,
        "request": path,
        "error_uri": path,
        "error_description": refusal.description or refusal.error,
    }
    return Answer(http=refusal.status, body=body)
