"""Who stands at the console: the one dependency that checks session, one-time code and role for every route."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from microblog.domain.people import Act, User
from microblog.service.office import Office
from microblog.service.record import Facts, nothing, recorded
from microblog.service.sign_in import SignedIn, session_of
from microblog.web.menu import MENU, MenuItem
from microblog.web.pages import page, part, with_notice
from microblog.web.refusals import Forbidden, SignInNeeded, StepNeeded
from microblog.web.site import Site, address_of, site_of, visit_of
from microblog.web.streams import Version

READING = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True)
class Desk:
    """A signed-in person before a page. name: how they are named in every record."""

    request: Request
    site: Site
    signed_in: SignedIn

    @property
    def user(self) -> User:
        """Who it is."""
        return self.signed_in.user

    @property
    def name(self) -> str:
        """What services take as `by`."""
        return self.user.name

    @property
    def office(self) -> Office:
        """What services work with."""
        return self.site.office

    @property
    def menu(self) -> list[MenuItem]:
        """The pages this person may see."""
        return [item for item in MENU if self.user.may(item.act)]

    @property
    def address(self) -> str:
        """Where they sit."""
        return address_of(self.request)

    @property
    def by_htmx(self) -> bool:
        """Whether a part of a page is asked for."""
        return self.request.headers.get("HX-Request") == "true"

    def page(self, template: str, status: int = 200, **values: object) -> Response:
        """A page; the template also knows `desk`."""
        return page(self.request, template, status, desk=self, **values)

    def part(self, template: str, **values: object) -> Response:
        """A part of a page that is put in place of an older one."""
        return part(self.request, template, 200, desk=self, **values)

    def back(self, path: str, notice: str = "") -> Response:
        """After a write: go to a path of ours and show a notice there once."""
        target = self.site.root + path
        if self.by_htmx:
            response = Response(status_code=204, headers={"HX-Redirect": target})
        else:
            response = RedirectResponse(target, 303)
        return with_notice(self.request, response, notice)

    def stream(self, version: Version) -> Response:
        """Server-sent events: `changed` whenever the version is another."""
        return self.site.streams.response(self.request, version)

    @contextmanager
    def change(self, verb: str, subject: str, facts: Facts = nothing) -> Iterator[None]:
        """Run a write on record. verb: English; facts: what the subject is, asked before and after, no secrets."""
        self.noted()
        with recorded(self.office, verb, subject, by=self.name, address=self.address, facts=facts):
            yield

    def noted(self) -> None:
        """Say that this request's write is recorded by the service it calls."""
        self.request.state.recorded = True


def acting(act: Act) -> Callable[..., AsyncIterator[Desk]]:
    """The dependency of a console route. `act`: what the person must be allowed; kept on it for the test of roles."""

    async def desk(request: Request) -> AsyncIterator[Desk]:
        site = site_of(request)
        found = Desk(request, site, await run_in_threadpool(_signed_in, request, site))
        _check_steps(found.signed_in, act)
        if not found.user.may(act):
            raise Forbidden(f"您的角色不能做这件事（{act.chinese}），如有需要请联系管理员")
        yield found
        if request.method not in READING and not getattr(request.state, "recorded", False):
            with found.change(request.method.lower(), request.url.path):
                pass

    desk.act = act  # type: ignore[attr-defined]  # read by the test that lists routes and roles
    return desk


Looking = Annotated[Desk, Depends(acting(Act.LOOK))]


def _signed_in(request: Request, site: Site) -> SignedIn:
    token = visit_of(request)
    found = session_of(site.gate, token) if token else None
    if found is None:
        raise SignInNeeded
    return found


def _check_steps(signed_in: SignedIn, act: Act) -> None:
    """Before all else a person chooses their own password and proves who they are with a code."""
    if act is Act.ACCOUNT:
        return
    if signed_in.user.must_change:
        raise StepNeeded("/console/account", "请先修改初始密码")
    if signed_in.user.needs_code and not signed_in.session.proven:
        raise StepNeeded("/console/account/code", "您的角色须先设置动态口令")


def facts(**values: Any) -> Facts:
    """Facts that do not change, for a write without a stored subject."""
    return lambda: values
