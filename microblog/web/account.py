"""Signing in and out, one's own password and code generator."""

from typing import Annotated

import segno
from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import RedirectResponse, Response
from markupsafe import Markup

from microblog.domain.errors import MicroblogError
from microblog.domain.people import Act
from microblog.service.sign_in import (
    SignedIn,
    begin_setup,
    change_password,
    finish_setup,
    session_of,
    sign_in,
    sign_out,
)
from microblog.web.desk import Desk, acting
from microblog.web.pages import notice_of, page, with_notice
from microblog.web.site import address_of, check_secret_may_travel, cookie_name, keep_visit, site_of, visit_of

router = APIRouter(prefix="/console", include_in_schema=False)

Own = Annotated[Desk, Depends(acting(Act.ACCOUNT))]
Word = Annotated[str, Form(max_length=200)]


@router.get("")
def enter(desk: Own) -> Response:
    """The first page this person may see."""
    return RedirectResponse(desk.site.root + desk.menu[0].path, 303)


@router.get("/sign-in")
def show_sign_in(request: Request) -> Response:
    """The form; whoever is signed in goes on to the console."""
    check_secret_may_travel(request)
    site = site_of(request)
    token = visit_of(request)
    if token and session_of(site.gate, token):
        return RedirectResponse(f"{site.root}/console", 303)
    return page(request, "sign_in.html", line=notice_of(request), name="")


@router.post("/sign-in")
def come_in(request: Request, name: Word = "", password: Word = "", code: Word = "") -> Response:
    """Check name, password and code; the cookie is another one from here on."""
    site = site_of(request)
    try:
        site.tries.take(address_of(request))
        came = sign_in(site.gate, name, password, code, address=address_of(request))
    except MicroblogError as refusal:
        return page(request, "sign_in.html", 401, line=str(refusal), name=name)
    return _carried(request, came, "/console", "")


@router.post("/sign-out")
def leave(desk: Own) -> Response:
    """End the session, here and in the cookie."""
    with desk.change("sign-out", f"user {desk.name}"):
        sign_out(desk.site.gate, desk.signed_in.token)
    response = RedirectResponse(f"{desk.site.root}/console/sign-in", 303)
    secure = desk.request.url.scheme == "https"
    response.delete_cookie(cookie_name(desk.request), path="/", secure=secure, httponly=True, samesite="lax")
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return with_notice(desk.request, response, "已退出登录")


@router.get("/account")
def show_account(desk: Own) -> Response:
    """Who one is, and the form for another password."""
    return desk.page("account.html", line="")


@router.post("/account/password")
def choose_password(desk: Own, old: Word = "", new: Word = "", again: Word = "") -> Response:
    """Another password of one's own; every other browser has to sign in again."""
    desk.noted()
    if new != again:
        return desk.page("account.html", 422, line="两次填写的新密码不同，请重新填写")
    try:
        came = change_password(desk.site.gate, desk.user, old, new, address=desk.address)
    except MicroblogError as refusal:
        return desk.page("account.html", 422, line=str(refusal))
    return _carried(desk.request, came, "/console", "密码已修改，其他浏览器上的登录已退出")


@router.get("/account/code")
def show_code(desk: Own) -> Response:
    """A new code generator as a QR code and in letters."""
    return _setup_page(desk)


@router.post("/account/code")
def keep_code(
    desk: Own, sealed: Annotated[str, Form(max_length=2000)] = "", code: Word = "", password: Word = ""
) -> Response:
    """Keep the code generator once it has given its first code."""
    desk.noted()
    try:
        came = finish_setup(desk.site.gate, desk.user, sealed, code, password=password, address=desk.address)
    except MicroblogError as refusal:
        return _setup_page(desk, 422, str(refusal))
    return _carried(desk.request, came, "/console", "动态口令已设置，下次登录须填写")


def _setup_page(desk: Desk, status: int = 200, line: str = "") -> Response:
    setup = begin_setup(desk.site.gate, desk.user)
    # Made by the library from our own text: black squares, no script, no style.
    drawing = Markup(segno.make(setup.uri).svg_inline(scale=5, border=2, title="动态口令二维码"))  # noqa: S704
    return desk.page("code.html", status, line=line, setup=setup, drawing=drawing)


def _carried(request: Request, came: SignedIn, path: str, notice: str) -> Response:
    response = RedirectResponse(site_of(request).root + path, 303)
    keep_visit(request, response, came.token)
    return with_notice(request, response, notice)
