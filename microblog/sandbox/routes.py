"""Which endpoint answers to which method, and how a call passes through the gate."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from microblog.sandbox import account, comments, statuses
from microblog.sandbox.asks import Answer, Ask
from microblog.sandbox.gate import identify, require_ip_budget, require_user_budget
from microblog.sandbox.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Route:
    """One endpoint. counted: whether a call draws on the account's day."""

    method: str
    serve: Callable[[Ask], Any]
    counted: bool = True


def closed(_: Ask) -> Any:
    """A door ordinary apps find shut."""
    raise Refusal(10014)


ROUTES: Mapping[str, Route] = {
    "statuses/share": Route("POST", statuses.share),
    "statuses/repost": Route("POST", statuses.repost),
    "statuses/destroy": Route("POST", statuses.destroy),
    "statuses/update": Route("POST", closed),
    "statuses/upload": Route("POST", closed),
    "statuses/upload_url_text": Route("POST", closed),
    "statuses/upload_pic": Route("POST", closed),
    "statuses/user_timeline": Route("GET", statuses.user_timeline),
    "statuses/show": Route("GET", statuses.show),
    "statuses/mentions": Route("GET", statuses.mentions),
    "statuses/count": Route("GET", statuses.count),
    "comments/create": Route("POST", comments.create),
    "comments/reply": Route("POST", comments.reply),
    "comments/destroy": Route("POST", comments.destroy),
    "comments/destroy_batch": Route("POST", comments.destroy_batch),
    "comments/show": Route("GET", comments.show),
    "comments/to_me": Route("GET", comments.to_me),
    "comments/by_me": Route("GET", comments.by_me),
    "comments/mentions": Route("GET", comments.mentions),
    "comments/timeline": Route("GET", comments.timeline),
    "comments/show_batch": Route("GET", comments.show_batch),
    "account/rate_limit_status": Route("GET", account.rate_limit_status, counted=False),
    "account/get_uid": Route("GET", account.get_uid),
}

SHORT_URL = Route("GET", closed)


def find(ask: Ask) -> Route:
    """The route of a call. Raises Refusal 10020 for an unknown path, 10021 for the wrong method."""
    endpoint = ask.endpoint
    if endpoint.startswith("short_url/"):
        return replace(SHORT_URL, method=ask.method)
    if ask.world.options.biz_routes:
        ask.endpoint = endpoint = endpoint.removesuffix("/biz").removesuffix("/other")
    route = ROUTES.get(endpoint)
    if route is None:
        raise Refusal(10020)
    if ask.method != route.method:
        raise Refusal(10021)
    return route


def admit(ask: Ask, route: Route) -> None:
    """Take a call in: address, token, and the account's day. Raises Refusal."""
    require_ip_budget(ask)
    identify(ask)
    if route.counted:
        require_user_budget(ask)


def serve(ask: Ask, route: Route) -> Answer:
    """Answer an admitted call. Raises Refusal."""
    return Answer(body=route.serve(ask))
