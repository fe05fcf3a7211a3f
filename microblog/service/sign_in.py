"""Signing in: password, one-time code, lock-out, and sessions that end by themselves."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pyotp
from argon2.exceptions import InvalidHashError, VerificationError

from microblog.domain.errors import InvalidInput, NotAllowed
from microblog.domain.people import FAILURES, LOCK, Session, User
from microblog.service.people import Gate, check_password, facts_of, saved, user_of
from microblog.service.record import recorded
from microblog.service.vault import digest, new_token

IDLE = timedelta(minutes=30)
WHOLE = timedelta(hours=12)
TOUCH = timedelta(minutes=1)
ENROL = timedelta(minutes=10)
ISSUER = "microblog"
_CODE, _SETUP = "totp", "totp set-up"

REFUSAL = (
    f"用户名、密码或动态口令不对。连续错 {FAILURES} 次会锁定 {int(LOCK.total_seconds() // 60)} 分钟，"
    "请核对后重试，忘记的请联系管理员"
)
"""One sentence for every refusal, so that nobody learns which names exist."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A browser that came in. token: the cookie's value, kept nowhere but there."""

    token: str
    session: Session
    user: User


@dataclass(frozen=True, slots=True)
class Setup:
    """A code generator about to be set up. uri: for the QR code. sealed: given back with the first code."""

    secret: str
    uri: str
    sealed: str


def sign_in(gate: Gate, name: str, password: str, code: str = "", *, address: str = "") -> SignedIn:
    """Raises NotAllowed with the one refusal whatever was wrong; every try is on record."""
    office = gate.office
    user = office.store.people.user(name.strip())
    subject = f"user {user.name}" if user else "user ?"
    with recorded(office, "sign-in", subject, by=user.name if user else "?", address=address):
        good = _password_is(gate, user, password)
        now = office.clock.now()
        if user is None or not user.active or user.locked(now):
            raise NotAllowed(REFUSAL)
        step = _step_of(gate, user, code) if good and user.totp else 0
        if not good or step is None:
            saved(office, user.name, lambda stored: stored.failed(now))
            raise NotAllowed(REFUSAL)
        saved(office, user.name, lambda stored: _came_in(stored, step))
    return _opened(gate, user_of(office, user.name))


def sign_out(gate: Gate, token: str) -> None:
    """Forget the session."""
    gate.office.store.people.close(digest(token))


def session_of(gate: Gate, token: str) -> SignedIn | None:
    """Who this browser is, or None: unknown, idle for too long, open for too long, or no longer let in."""
    people, now = gate.office.store.people, gate.office.clock.now()
    session = people.session(digest(token))
    if session is None:
        return None
    user = people.user(session.user)
    if user is None or not user.active or _over(session, now):
        people.close(session.id)
        return None
    if now - session.seen_at >= TOUCH:
        session = replace(session, seen_at=now)
        people.keep(session)
    return SignedIn(token, session, user)


def change_password(gate: Gate, user: User, old: str, new: str, *, address: str = "") -> SignedIn:
    """A user chooses another password; every other session of theirs ends. Raises NotAllowed, InvalidInput."""
    people = gate.office.store.people
    check_password(user.name, new)
    with recorded(
        gate.office,
        "password",
        f"user {user.name}",
        by=user.name,
        address=address,
        facts=lambda: facts_of(people.user(user.name)),
    ):
        _prove(gate, user, old)
        if old == new:
            raise InvalidInput("新密码与原密码相同，请换一个")
        hashed = gate.hasher.hash(new)
        after = saved(gate.office, user.name, lambda stored: stored.evolve(password=hashed, must_change=False))
        people.close_all(user.name)
    return _opened(gate, after)


def begin_setup(gate: Gate, user: User) -> Setup:
    """A new code generator to be scanned; nothing is stored before its first code is given back."""
    secret = pyotp.random_base32()
    uri = pyotp.TOTP(secret).provisioning_uri(name=user.name, issuer_name=ISSUER)
    sealed = gate.vault.encrypt(_SETUP, f"{user.name}\n{secret}", now=gate.office.clock.now())
    return Setup(secret, uri, sealed)


def finish_setup(gate: Gate, user: User, sealed: str, code: str, *, password: str, address: str = "") -> SignedIn:
    """Keep the code generator after the password and its first good code; the session is renewed.

    Raises NotAllowed.
    """
    office = gate.office
    now = office.clock.now()
    name, _, secret = gate.vault.decrypt(_SETUP, sealed, now=now, within=ENROL).partition("\n")
    if name != user.name:
        raise NotAllowed("动态口令的设置不属于您，请重新打开设置页")
    with recorded(
        office,
        "code-setup",
        f"user {user.name}",
        by=user.name,
        address=address,
        facts=lambda: facts_of(office.store.people.user(user.name)),
    ):
        _prove(gate, user, password)
        step = _matching_step(secret, code, now, after=0)
        if step is None:
            raise NotAllowed("动态口令不对，请等下一个口令再试，并检查手机时间")
        kept = gate.vault.encrypt(_CODE, secret, now=now)
        after = saved(office, user.name, lambda stored: stored.evolve(totp=kept, totp_step=step))
        office.store.people.close_all(user.name)
    return _opened(gate, after)


def prove_with_code(gate: Gate, user: User, code: str) -> None:
    """For a deed as grave as a seal: a fresh code of the user's generator. Raises NotAllowed; wrong tries count as at
    signing in."""
    if not user.totp:
        raise NotAllowed("盖章须用动态口令，请先在“我的账号”中设置")
    now = gate.office.clock.now()
    step = _step_of(gate, user, code) if not user.locked(now) else None
    if step is None:
        saved(gate.office, user.name, lambda stored: stored.failed(now))
        raise NotAllowed("动态口令不对或已用过，请等下一个口令再试")
    saved(gate.office, user.name, lambda stored: stored.evolve(failures=0, totp_step=step))


def _prove(gate: Gate, user: User, password: str) -> None:
    """Raises NotAllowed unless it is the user's password; wrong tries count as at signing in."""
    now = gate.office.clock.now()
    if user.locked(now) or not _password_is(gate, user, password):
        saved(gate.office, user.name, lambda stored: stored.failed(now))
        raise NotAllowed("现在的密码不对，请重新填写")


def _opened(gate: Gate, user: User) -> SignedIn:
    """A new session under a new token, so that a token known before signing in is worth nothing after."""
    now = gate.office.clock.now()
    token = new_token()
    session = Session(digest(token), user.name, now, now, proven=bool(user.totp) or not user.needs_code)
    gate.office.store.people.open(session)
    return SignedIn(token, session, user)


def _over(session: Session, now: datetime) -> bool:
    return now - session.seen_at > IDLE or now - session.opened_at > WHOLE


def _came_in(user: User, step: int | None) -> User:
    """Raises NotAllowed when the code was used in another session a moment ago."""
    if step and step <= user.totp_step:
        raise NotAllowed(REFUSAL)
    return user.evolve(failures=0, locked_until=None, totp_step=step or user.totp_step)


def _password_is(gate: Gate, user: User | None, password: str) -> bool:
    """Takes as long for a name that does not exist as for one that does."""
    try:
        return gate.hasher.verify(user.password if user else _decoy(gate), password) and user is not None
    except (VerificationError, InvalidHashError):
        return False


def _decoy(gate: Gate) -> str:
    return gate.hasher.hash("nobody's password")


def _step_of(gate: Gate, user: User, code: str) -> int | None:
    now = gate.office.clock.now()
    return _matching_step(gate.vault.decrypt(_CODE, user.totp, now=now), code, now, after=user.totp_step)


def _matching_step(secret: str, code: str, now: datetime, *, after: int) -> int | None:
    """The time step, the present one or one beside it, whose code this is; only steps later than `after`."""
    generator = pyotp.TOTP(secret)
    typed = code.strip().replace(" ", "")
    current = generator.timecode(now)
    for step in (current - 1, current, current + 1):
        if step > after and pyotp.utils.strings_equal(typed, generator.generate_otp(step)):
            return step
    return None
