"""Pages from templates: what they know, how they are cached, and the notice shown once."""

import base64
import hashlib
from datetime import date, datetime, timedelta
from email.utils import format_datetime
from functools import cache
from importlib.resources import files

from fastapi import Request
from fastapi.responses import Response
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from microblog.domain.period import SHANGHAI
from microblog.service.shown import body_title, day, masked, masked_name, post_title
from microblog.web import wording
from microblog.web.site import form_token, keep_visit, site_of

NOTICE = "microblog-notice"
NOTICE_MOST = 200
PRIVATE = "no-store"


@cache
def templates() -> Environment:
    """Every template; all that is put into one is escaped."""
    environment = Environment(
        autoescape=True,
        loader=PackageLoader("microblog.web"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "china": china,
        "day": day,
        "clock": clock,
        "clock_on": clock_on,
        "rfc822": rfc822,
        "iso": iso,
        "masked": masked,
        "masked_name": masked_name,
        "post_title": post_title,
        "body_title": body_title,
        "left": left,
        "verb": wording.verb,
        "subject": wording.subject,
        "changes": wording.changes,
    }
    return environment


def page(request: Request, template: str, status: int = 200, **values: object) -> Response:
    """A page for one person, never kept by a cache."""
    response = part(request, template, status, **values)
    if NOTICE in request.cookies:
        response.delete_cookie(NOTICE)
    return response


def part(request: Request, template: str, status: int = 200, **values: object) -> Response:
    """A part of such a page; a notice that waits is left to the next whole one."""
    response = Response(_rendered(request, template, values), status, media_type="text/html")
    response.headers["Cache-Control"] = PRIVATE
    keep_visit(request, response)
    return response


def public_page(request: Request, template: str, *, seconds: int, **values: object) -> Response:
    """A page that is the same for everybody: caches may keep it so long, and ask again with its tag."""
    body = _rendered(request, template, values)
    return cacheable(request, body.encode(), "text/html; charset=utf-8", seconds=seconds)


def xml(request: Request, template: str, **values: object) -> bytes:
    """A document that is not a page."""
    return _rendered(request, template, values).encode()


def cacheable(request: Request, body: bytes, media_type: str, *, seconds: int) -> Response:
    """The body under its tag; 304 without it when the client has it."""
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": f"public, max-age={seconds}"}
    known = {item.strip().removeprefix("W/") for item in request.headers.get("If-None-Match", "").split(",")}
    if tag in known or "*" in known:
        return Response(status_code=304, headers=headers)
    return Response(body, headers=headers, media_type=media_type)


def with_notice(request: Request, response: Response, notice: str) -> Response:
    """Show a line on the next page. The cookie is only shown back, escaped, to whoever holds it."""
    if notice:
        value = base64.urlsafe_b64encode(notice[:NOTICE_MOST].encode("utf-8", "replace")).decode()
        secure = request.url.scheme == "https"
        response.set_cookie(NOTICE, value, max_age=60, secure=secure, httponly=True, samesite="lax")
    return response


def notice_of(request: Request) -> str:
    """The line to be shown; empty for none."""
    try:
        return base64.urlsafe_b64decode(request.cookies.get(NOTICE, "")).decode()[:NOTICE_MOST]
    except ValueError:
        return ""


def _rendered(request: Request, template: str, values: dict[str, object]) -> str:
    site = site_of(request)

    def token_field() -> Markup:
        return Markup('<input type="hidden" name="form_token" value="{}">').format(form_token(request))

    known = {
        "url": lambda path: site.root + path,
        "static": lambda name: f"{site.root}/static/{name}?v={stamp_of(name)}",
        "form_token": token_field,
        "token": lambda: form_token(request),
        "notice": notice_of(request) if "desk" in values else "",
        "account": site.office.practice.account,
        "now": site.office.clock.now(),
        "path": request.url.path.removeprefix(site.root),
    }
    return templates().get_template(template).render(known | values)


@cache
def stamp_of(name: str) -> str:
    """A few characters that change when the asset does, so that browsers may keep it for good."""
    return hashlib.sha256((files("microblog.web") / "static" / name).read_bytes()).hexdigest()[:10]


def china(moment: datetime | None) -> str:
    """`2024-04-25 15:00` in China; a dash for none."""
    return f"{moment.astimezone(SHANGHAI):%Y-%m-%d %H:%M}" if moment else "—"


def clock(moment: datetime | None) -> str:
    """`15:00:12` in China."""
    return f"{moment.astimezone(SHANGHAI):%H:%M:%S}" if moment else ""


def clock_on(moment: datetime, day: date | None) -> str:
    """`15:00:12` in China; with its date where that is not the day expected."""
    local = moment.astimezone(SHANGHAI)
    return f"{local:%H:%M:%S}" if local.date() == day else f"{local:%Y-%m-%d %H:%M:%S}"


def rfc822(moment: datetime) -> str:
    """For RSS."""
    return format_datetime(moment.astimezone(SHANGHAI))


def iso(moment: datetime) -> str:
    """For `<time datetime>`."""
    return moment.astimezone(SHANGHAI).isoformat(timespec="seconds")


def left(span: timedelta) -> str:
    """`3 天 4 小时`, `4 小时 5 分`, `5 分钟`."""
    minutes = max(0, int(span.total_seconds() // 60))
    days, hours = divmod(minutes // 60, 24)
    if days:
        return f"{days} 天 {hours} 小时"
    return f"{hours} 小时 {minutes % 60} 分" if hours else f"{minutes} 分钟"
