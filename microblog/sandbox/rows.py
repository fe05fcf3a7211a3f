"""What the sandbox remembers, as frozen rows. Moments are Unix seconds; a changed row replaces the old one."""

from dataclasses import dataclass

NEVER = float("inf")


@dataclass(frozen=True, slots=True)
class Account:
    """A user of the platform.

    blocked: error code every write answers until `blocked_until` (20031, 20015: until cleared by hand).
    refuses: error code whoever replies to this user gets (20003, 20508, 20512); 0 for none.
    """

    uid: int
    name: str
    verified_type: int = -1
    verified_reason: str = ""
    location: str = "其他"
    blocked: int = 0
    blocked_until: float = NEVER
    refuses: int = 0


@dataclass(frozen=True, slots=True)
class App:
    """A registered application. An unreviewed one serves only its `testers`, a day at a time."""

    key: str
    secret: str
    name: str
    owner: int
    redirect_uris: tuple[str, ...] = ()
    secure_domains: tuple[str, ...] = ()
    reviewed: bool = True
    testers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Code:
    """An authorisation code: good once, and not for long."""

    code: str
    uid: int
    app: str
    redirect_uri: str
    expires: float
    used: bool = False


@dataclass(frozen=True, slots=True)
class Token:
    """An access token. dead: error code calls with it get (21315-21332, 10006), 0 while it lives."""

    token: str
    uid: int
    app: str
    created: float
    expires: float
    dead: int = 0


@dataclass(frozen=True, slots=True)
class Status:
    """A post. sent: the text as it arrived; text: as it is shown. of: id of the reposted status, else 0.

    visible: moment from which reads show it. links: (short, original) pairs. illegal: 20104 to all who touch it.
    """

    id: int
    uid: int
    app: str
    text: str
    sent: str
    created: float
    visible: float
    links: tuple[tuple[str, str], ...] = ()
    picture: str = ""
    of: int = 0
    deleted: float = NEVER
    illegal: bool = False


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment under a status; a reply when `reply_to` (a comment id) is not 0.

    visible: moment from which reads show it (late approval lies after `created`). filtered: counted, never shown.
    deleted: moment from which it is gone. concern: what a simulated netizen meant; never shown over the API.
    """

    id: int
    status: int
    uid: int
    text: str
    sent: str
    created: float
    visible: float
    root: int
    reply_to: int = 0
    links: tuple[tuple[str, str], ...] = ()
    likes: int = 0
    filtered: bool = False
    deleted: float = NEVER
    app: str = ""
    concern: str = ""


@dataclass(frozen=True, slots=True)
class Call:
    """One call as it arrived and what became of it. sent: answered, dropped or stalled."""

    number: int
    at: float
    method: str
    endpoint: str
    uid: int
    app: str
    ip: str
    counted: bool
    http: int = 0
    code: int = 0
    sent: str = "answered"
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Write:
    """One accepted write: the judge of what was posted, and how often. target: status or comment id, else 0."""

    number: int
    at: float
    endpoint: str
    uid: int
    app: str
    id: int
    text: str
    sent: str
    target: int = 0


Row = Account | App | Code | Token | Status | Comment | Call | Write
