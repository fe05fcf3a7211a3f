"""The account endpoints: who am I, and how much is left."""

from microblog.sandbox.asks import Ask
from microblog.sandbox.moments import DAY, HOUR, in_china, window_start
from microblog.sandbox.objects import Json

_UNLIMITED = 1_000_000


def get_uid(ask: Ask) -> Json:
    """My uid, which captures show as a string."""
    return {"uid": str(ask.me.uid)}


def rate_limit_status(ask: Ask) -> Json:
    """What is left of the budgets; free of charge. `reset_time` is local text without a zone."""
    options, used = ask.world.options, ask.world.used
    hour, day = window_start(ask.now, HOUR), window_start(ask.now, DAY)
    me = str(ask.me.uid)
    reset = day + DAY

    def left(limit: int, spent: int) -> int:
        return max(0, (limit or _UNLIMITED) - spent)

    def line(api: str, limit: int, kind: str) -> Json:
        remaining = left(limit, used[kind, me, hour])
        return {"api": api, "limit": limit or _UNLIMITED, "limit_time_unit": "HOURS", "remaining_hits": remaining}

    return {
        "api_rate_limits": [
            line("/statuses/share", options.posts_per_hour, "posts"),
            line("/comments/create", options.comments_per_hour, "comments"),
        ],
        "ip_limit": options.ip_calls_per_hour or _UNLIMITED,
        "limit_time_unit": "DAYS",
        "remaining_ip_hits": left(options.ip_calls_per_hour, used["ip", ask.ip, hour]),
        "remaining_user_hits": left(options.calls_per_day, used["user", f"{me}/{ask.by.key}", day]),
        "reset_time": f"{in_china(reset):%Y-%m-%d %H:%M:%S}",
        "reset_time_in_seconds": int(reset - ask.now),
        "user_limit": options.calls_per_day or _UNLIMITED,
    }
