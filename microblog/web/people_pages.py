"""Users: who may come in, and as what."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form
from fastapi.responses import Response

from microblog.domain.errors import InvalidInput
from microblog.domain.people import MAY, SECOND_FACTOR, Act, Role
from microblog.service.people import add_user, reset_code, set_active, set_password, set_roles
from microblog.web.desk import Desk, acting

router = APIRouter(prefix="/console/people", include_in_schema=False)

Keeper = Annotated[Desk, Depends(acting(Act.PEOPLE))]
Name = Annotated[str, Form(max_length=200)]
Roles = Annotated[list[str] | None, Form()]


@router.get("")
def show(desk: Keeper) -> Response:
    """Every user, a form for another, and the table of who may do what."""
    users = desk.office.store.people.users()
    units = [unit.name for unit in desk.office.store.people.units()]
    now = desk.office.clock.now()
    return desk.page(
        "people.html",
        users=users,
        units=units,
        roles=list(Role),
        acts=list(Act),
        may=MAY,
        second_factor=SECOND_FACTOR,
        locked={user.name for user in users if user.locked(now)},
    )


@router.post("")
def add(desk: Keeper, name: Name = "", password: Name = "", unit: Name = "", roles: Roles = None) -> Response:
    """A new user with a first password, which they must change."""
    desk.noted()
    user = add_user(
        desk.site.gate, name, password, roles=roles_of(roles), unit=unit, by=desk.name, address=desk.address
    )
    return desk.back("/console/people", f"已添加用户“{user.name}”，请把初始密码当面告诉本人")


@router.post("/roles")
def change_roles(desk: Keeper, name: Name = "", roles: Roles = None) -> Response:
    """Other roles; the user has to sign in again."""
    desk.noted()
    set_roles(desk.office, name, roles_of(roles), by=desk.name, address=desk.address)
    return desk.back("/console/people", f"已修改“{name}”的角色")


@router.post("/password")
def give_password(desk: Keeper, name: Name = "", password: Name = "") -> Response:
    """Another first password; a lock-out ends."""
    desk.noted()
    set_password(desk.site.gate, name, password, by=desk.name, address=desk.address)
    return desk.back("/console/people", f"已重设“{name}”的密码，请当面告诉本人")


@router.post("/code")
def forget_code(desk: Keeper, name: Name = "") -> Response:
    """A lost code generator; the user sets up another."""
    desk.noted()
    reset_code(desk.office, name, by=desk.name, address=desk.address)
    return desk.back("/console/people", f"已清除“{name}”的动态口令，本人下次登录时重新设置")


@router.post("/active")
def let_in(desk: Keeper, name: Name = "", active: Annotated[bool, Form()] = False) -> Response:
    """Let a user in again, or no longer."""
    desk.noted()
    set_active(desk.office, name, active, by=desk.name, address=desk.address)
    return desk.back("/console/people", f"已{'启用' if active else '停用'}用户“{name}”")


def roles_of(given: list[str] | None) -> list[Role]:
    """Raises InvalidInput on a role that does not exist."""
    try:
        return [Role(name) for name in given or []]
    except ValueError as error:
        raise InvalidInput("没有这个角色，请从列表中选择") from error
