"""Errors as pages: one line that says what is wrong and what to do; for htmx an alert, for the API JSON."""

import logging

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from microblog.domain.errors import InvalidInput, MicroblogError, NotFound, PlatformError, Throttled
from microblog.web.guard import HEADERS
from microblog.web.pages import page, with_notice
from microblog.web.refusals import Forbidden, SignInNeeded, StepNeeded, TooLarge
from microblog.web.site import site_of

log = logging.getLogger("microblog.web")

_STATUS: tuple[tuple[type[MicroblogError], int], ...] = (
    (Forbidden, 403),
    (TooLarge, 413),
    (NotFound, 404),
    (InvalidInput, 422),
    (Throttled, 429),
    (PlatformError, 502),
    (MicroblogError, 409),
)
_LINES = {
    404: "没有这个页面，请检查地址，或从首页进入",
    405: "这个地址不支持这种操作，请从页面进入",
}
_TITLES = {403: "不能操作", 404: "没有找到", 413: "内容太大", 422: "填写有误", 429: "请稍候", 502: "平台暂不可用"}


def add_handlers(app: FastAPI) -> None:
    """Answer every error in the product's own words."""
    app.add_exception_handler(MicroblogError, _refused)
    app.add_exception_handler(SignInNeeded, _to_sign_in)
    app.add_exception_handler(StepNeeded, _to_step)
    app.add_exception_handler(RequestValidationError, _misfilled)
    app.add_exception_handler(HTTPException, _no_page)
    app.add_exception_handler(Exception, _broken)


def told(request: Request, status: int, line: str) -> Response:
    """The line, as the asker can use it."""
    if request.url.path.startswith(f"{site_of(request).root}/api/"):
        return JSONResponse({"detail": line}, status)
    if request.headers.get("HX-Request") == "true":
        return page(request, "alert.html", status, line=line)
    return page(request, "error.html", status, title=_TITLES.get(status, "出错了"), line=line)


def status_of(error: MicroblogError) -> int:
    """The status that goes with an error."""
    return next(status for kind, status in _STATUS if isinstance(error, kind))


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, MicroblogError)  # noqa: S101  # registered for this class only
    response = told(request, status_of(error), str(error))
    if isinstance(error, Throttled):
        wait = error.retry_at - site_of(request).office.clock.now()
        response.headers["Retry-After"] = str(max(1, int(wait.total_seconds())))
    return response


def _to_sign_in(request: Request, error: Exception) -> Response:
    return _redirected(request, "/console/sign-in", "请先登录；如果登录过，会话已超时")


def _to_step(request: Request, error: Exception) -> Response:
    assert isinstance(error, StepNeeded)  # noqa: S101  # registered for this class only
    return _redirected(request, error.path, error.notice)


def _redirected(request: Request, path: str, notice: str) -> Response:
    target = site_of(request).root + path
    if request.headers.get("HX-Request") == "true":
        response = Response(status_code=401, headers={"HX-Redirect": target})
    else:
        response = RedirectResponse(target, 303)
    return with_notice(request, response, notice)


def _misfilled(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101  # registered for this class only
    named = "、".join(sorted({str(item["loc"][-1]) for item in error.errors()}))
    return told(request, 422, f"提交的内容有误（{named[:80]}），请检查后重试")


def _no_page(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101  # registered for this class only
    status = error.status_code
    response = told(request, status, _LINES.get(status, "请求有误，请从页面重新进入"))
    for name, value in (error.headers or {}).items():
        response.headers[name] = value
    return response


def _broken(request: Request, error: Exception) -> Response:
    log.error("%s %s", request.method, request.url.path, exc_info=error)
    response = told(request, 500, "程序出错，已记入日志，请联系维护人员")
    response.headers.update(HEADERS)  # this answer leaves from outside the middleware that adds them
    return response
