"""Users and units of an office: made, changed and shown, every change on record."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from argon2 import PasswordHasher

from microblog.domain.errors import InvalidInput, NotAllowed, NotFound
from microblog.domain.people import Role, Unit, User, check_roles
from microblog.service.office import Office
from microblog.service.record import recorded
from microblog.service.vault import Vault

SHORTEST, LONGEST = 12, 128
"""Characters of a password (ASVS 2.1.1, 2.1.2)."""

NAME_MOST = 40
_EASY = ("password", "microblog", "qwerty", "123456", "abcdef", "111111", "000000", "admin", "5201314", "woaini")


@dataclass(frozen=True)
class Gate:
    """What it takes to let people in."""

    office: Office
    vault: Vault
    hasher: PasswordHasher


def user_of(office: Office, name: str) -> User:
    """Raises NotFound."""
    user = office.store.people.user(name)
    if user is None:
        raise NotFound(f"没有用户“{name}”，请用 microblog user list 查看")
    return user


def add_user(
    gate: Gate,
    name: str,
    password: str,
    *,
    roles: Collection[Role],
    unit: str = "",
    by: str,
    address: str = "",
    must_change: bool = True,
) -> User:
    """Make a user. must_change: they must choose their own password when they first come in.

    Raises InvalidInput on a bad name, password or roles, NotAllowed when the name is taken.
    """
    name = name.strip()
    _check_name(name)
    check_roles(roles)
    check_password(name, password)
    people = gate.office.store.people
    user = User(
        name,
        _ordered(roles),
        unit.strip(),
        gate.hasher.hash(password),
        must_change=must_change,
        created_at=gate.office.clock.now(),
    )
    with recorded(
        gate.office, "user-add", _subject(name), by=by, address=address, facts=lambda: facts_of(people.user(name))
    ):
        if not people.add(user):
            raise NotAllowed(f"用户名“{name}”已存在，请换一个")
    return user


def set_password(
    gate: Gate, name: str, password: str, *, by: str, address: str = "", must_change: bool = True
) -> User:
    """Give a user another password, lift a lock-out and end their sessions. Raises NotFound, InvalidInput."""
    user_of(gate.office, name)
    check_password(name, password)
    hashed = gate.hasher.hash(password)
    changes = {"password": hashed, "must_change": must_change, "failures": 0, "locked_until": None}
    return _changed(gate.office, name, "user-password", lambda user: user.evolve(**changes), by=by, address=address)


def set_roles(office: Office, name: str, roles: Collection[Role], *, by: str, address: str = "") -> User:
    """Give a user other roles and end their sessions. Raises NotAllowed when it is oneself or the last organiser."""
    check_roles(roles)

    def change(user: User) -> User:
        _not_oneself(user, by)
        after = user.evolve(roles=_ordered(roles))
        _keep_an_organiser(office, after)
        return after

    return _changed(office, name, "user-role", change, by=by, address=address)


def set_active(office: Office, name: str, active: bool, *, by: str, address: str = "") -> User:
    """Let a user in again, or no longer. Raises NotAllowed when it is oneself or the last organiser."""

    def change(user: User) -> User:
        _not_oneself(user, by)
        after = user.evolve(active=active)
        _keep_an_organiser(office, after)
        return after

    return _changed(office, name, "user-active", change, by=by, address=address)


def reset_code(office: Office, name: str, *, by: str, address: str = "") -> User:
    """Forget a lost code generator; the user sets up another one when they next come in."""
    return _changed(office, name, "user-code", lambda user: user.evolve(totp="", totp_step=0), by=by, address=address)


def save_unit(office: Office, unit: Unit, *, by: str, address: str = "") -> Unit:
    """Keep a unit with its aliases, leader and section. Raises InvalidInput when a name means two units."""
    if not unit.name.strip():
        raise InvalidInput("请填写单位名称")
    for other in office.store.people.units():
        shared = {unit.name, *unit.aliases} & {other.name, *other.aliases}
        if other.name != unit.name and shared:
            raise InvalidInput(f"“{'、'.join(sorted(shared))}”已是“{other.name}”的名称，请先核对")
    people = office.store.people
    with recorded(
        office,
        "unit-save",
        f"unit {unit.name}",
        by=by,
        address=address,
        facts=lambda: unit_facts(people.unit(unit.name)),
    ):
        people.save_unit(unit)
    return unit


def unit_named(office: Office, name: str) -> Unit | None:
    """The unit of a name or alias; None for an unknown one, never a silent match (A18)."""
    return next((unit for unit in office.store.people.units() if name in (unit.name, *unit.aliases)), None)


def check_password(name: str, password: str) -> None:
    """Raises InvalidInput saying what is wrong with it."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise InvalidInput(f"密码须有 {SHORTEST} 至 {LONGEST} 个字符，可用一句话；请重新填写")
    lowered = password.lower()
    if name and name.lower() in lowered:
        raise InvalidInput("密码中不能含有用户名，请重新填写")
    if len(set(lowered)) < 5 or any(easy in lowered for easy in _EASY):
        raise InvalidInput("密码太容易猜到，请重新填写")


def facts_of(user: User | None) -> dict[str, Any] | None:
    """What may be recorded of a user: no secrets."""
    if user is None:
        return None
    return {
        "roles": [role.value for role in user.roles],
        "unit": user.unit,
        "active": user.active,
        "must_change": user.must_change,
        "code": bool(user.totp),
    }


def unit_facts(unit: Unit | None) -> dict[str, Any] | None:
    """What is recorded of a unit."""
    if unit is None:
        return None
    return {"aliases": list(unit.aliases), "leader": unit.leader, "section": unit.section}


def saved(office: Office, name: str, change: Callable[[User], User]) -> User:
    """Apply a change to a user as stored now, again when somebody else saved in between. Raises NotFound."""
    for _ in range(20):
        after = change(user_of(office, name))
        if office.store.people.save(after):
            return after.evolve(revision=after.revision + 1)
    raise NotAllowed(f"用户“{name}”正被他人修改，请稍后重试")


def _changed(office: Office, name: str, verb: str, change: Callable[[User], User], *, by: str, address: str) -> User:
    people = office.store.people
    user_of(office, name)
    with recorded(office, verb, _subject(name), by=by, address=address, facts=lambda: facts_of(people.user(name))):
        after = saved(office, name, change)
        people.close_all(name)
    return after


def _subject(name: str) -> str:
    return f"user {name}"


def _ordered(roles: Collection[Role]) -> tuple[Role, ...]:
    return tuple(role for role in Role if role in roles)


def _check_name(name: str) -> None:
    if not name or len(name) > NAME_MOST or not all(letter.isalnum() or letter in "._-·" for letter in name):
        raise InvalidInput(f"用户名须为 1 至 {NAME_MOST} 个汉字、字母、数字或 . _ - ·，请重新填写")


def _not_oneself(user: User, by: str) -> None:
    if user.name == by:
        raise NotAllowed("不能更改本人的角色或状态，请由另一位主办单位用户操作")


def _keep_an_organiser(office: Office, after: User) -> None:
    others = [user for user in office.store.people.users() if user.name != after.name]
    if not any(user.active and Role.ORGANISER in user.roles for user in [*others, after]):
        raise NotAllowed("至少要保留一位可以登录的主办单位用户，请先指定另一位")
