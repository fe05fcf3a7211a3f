"""Who may call what now: the token, the app's grant, the account's standing, the budgets. Raises Refusal."""

from microblog.sandbox.asks import Ask
from microblog.sandbox.moments import DAY, HOUR, window_start
from microblog.sandbox.refusals import Refusal
from microblog.sandbox.rows import NEVER
from microblog.sandbox.world import COMMENTING, POSTING


def require_ip_budget(ask: Ask) -> None:
    """Refuse with 10022 when the client's address has used up its hour."""
    limit = ask.world.options.ip_calls_per_hour
    if limit and ask.world.used["ip", ask.ip, window_start(ask.now, HOUR)] >= limit:
        raise Refusal(10022)


def identify(ask: Ask) -> None:
    """Set the ask's token, account and app. Refuses with the code of whatever is wrong with the token."""
    text = _token_text(ask)
    token = ask.world.tokens.get(text)
    if token is None:
        raise Refusal(21332)
    if token.dead:
        raise Refusal(token.dead)
    if token.expires <= ask.now:
        raise Refusal(21327)
    ask.token = token
    ask.account = ask.world.accounts[token.uid]
    ask.app = ask.world.apps[token.app]
    if not ask.app.reviewed and token.uid not in (ask.app.owner, *ask.app.testers):
        raise Refusal(21321)


def _token_text(ask: Ask) -> str:
    """The token sent; 10006 when the call names neither token nor app, 21301 when it is malformed or left out."""
    if ask.authorization:
        word, _, token = ask.authorization.partition(" ")
        if word.lower() != "oauth2" or not token.strip():
            raise Refusal(21301)
        return token.strip()
    token = ask.params.get("access_token", "").strip()
    if not token:
        raise Refusal(21301 if "source" in ask.params else 10006)
    return token


def require_user_budget(ask: Ask) -> None:
    """Refuse with 10023 when the account has used up its day in this app."""
    limit = ask.world.options.calls_per_day
    owner = f"{ask.me.uid}/{ask.by.key}"
    if limit and ask.world.used["user", owner, window_start(ask.now, DAY)] >= limit:
        raise Refusal(10023)


def require_good_standing(ask: Ask) -> None:
    """Refuse a write of an account that is blocked (20031, 20015, 20022)."""
    me = ask.me
    if me.blocked and ask.now < me.blocked_until:
        raise Refusal(me.blocked)


def require_write_budget(ask: Ask) -> None:
    """Refuse a post or comment that comes too soon (20016), in a burst (20022) or over the hour's limit (10024)."""
    options, world = ask.world.options, ask.world
    posting = ask.endpoint in POSTING
    limit = options.posts_per_hour if posting else options.comments_per_hour
    kind = "posts" if posting else "comments"
    if limit and world.used[kind, str(ask.me.uid), window_start(ask.now, HOUR)] >= limit:
        raise Refusal(10024, f"User requests for ({ask.path}) out of rate limit!")
    if posting and options.post_gap and _written(ask, POSTING, options.post_gap):
        raise Refusal(20016)
    if not posting and options.comment_burst:
        _require_no_burst(ask)


def _require_no_burst(ask: Ask) -> None:
    options = ask.world.options
    if _written(ask, COMMENTING, options.burst_window) >= options.comment_burst:
        until = ask.now + options.burst_ban if options.burst_ban else NEVER
        ask.world.change(ask.me, blocked=20022, blocked_until=until)
        raise Refusal(20022)


def _written(ask: Ask, endpoints: tuple[str, ...], within: float) -> int:
    return sum(
        write.uid == ask.me.uid and write.endpoint in endpoints and ask.now - write.at < within
        for write in ask.world.writes
    )
