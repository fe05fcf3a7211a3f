"""OAuth2 as the platform runs it: consent page, code, token; lives of a day, 30 days or five years; no refresh."""

from collections.abc import Callable, Mapping
from hashlib import sha256
from urllib.parse import urlencode

from microblog.sandbox.asks import Answer, Ask, read_id
from microblog.sandbox.moments import DAY
from microblog.sandbox.pages import consent_page, refusal_page
from microblog.sandbox.refusals import OAuthRefusal, Refusal
from microblog.sandbox.rows import App, Code, Token
from microblog.sandbox.world import World

CODE_LIFE = 600
UNREVIEWED_LIFE = DAY
REVIEWED_LIFE = 30 * DAY
OWNER_LIFE = 157_679_999


def authorize(ask: Ask) -> Answer:
    """GET: the consent page, or an error page. POST: what the person pressed, as a redirect back."""
    app = ask.world.apps.get(ask.params.get("client_id", ""))
    redirect = ask.params.get("redirect_uri", "")
    if app is None:
        return Answer(http=400, text=refusal_page(OAuthRefusal(21324, "client_id error.")))
    if redirect not in app.redirect_uris:
        return Answer(http=400, text=refusal_page(OAuthRefusal(21322)))
    if ask.params.get("response_type", "code") != "code":
        return _back(ask, redirect, OAuthRefusal(21329))
    if ask.method == "GET":
        return Answer(text=consent_page(app, _choices(ask.world, app), ask.params))
    uid = read_id(ask.params.get("uid", "")) or 0
    if ask.params.get("action") != "approve" or uid not in ask.world.accounts:
        return _back(ask, redirect, OAuthRefusal(21330))
    return _approve(ask, app, uid, redirect)


def _choices(world: World, app: App) -> list[tuple[int, str]]:
    """Accounts a person at the browser may log in as: the app's owner and every verified account."""
    return [(a.uid, a.name) for a in world.accounts.values() if a.verified_type >= 0 or a.uid == app.owner]


def _approve(ask: Ask, app: App, uid: int, redirect: str) -> Answer:
    number = len(ask.world.codes) + 1
    text = sha256(f"code/{app.key}/{uid}/{number}".encode()).hexdigest()[:32]
    ask.world.put(Code(text, uid, app.key, redirect, expires=ask.now + CODE_LIFE))
    return _redirect(redirect, {"state": ask.params.get("state", ""), "code": text})


def _back(ask: Ask, redirect: str, refusal: OAuthRefusal) -> Answer:
    fields = {
        "error_uri": "/oauth2/authorize",
        "error": refusal.error,
        "error_description": refusal.description or refusal.error,
        "error_code": str(refusal.code),
        "state": ask.params.get("state", ""),
    }
    return _redirect(redirect, fields)


def _redirect(uri: str, fields: Mapping[str, str]) -> Answer:
    query = urlencode({name: value for name, value in fields.items() if value})
    return Answer(http=302, location=f"{uri}{'&' if '?' in uri else '?'}{query}")


def access_token(ask: Ask) -> Answer:
    """Exchange a code for a token. Raises OAuthRefusal."""
    fields = ("client_id", "client_secret", "grant_type")
    if any(not ask.params.get(name) for name in fields):
        raise OAuthRefusal(21323, "miss client id or secret")
    app = ask.world.apps.get(ask.params["client_id"])
    if app is None or app.secret != ask.params["client_secret"]:
        raise OAuthRefusal(21324, "client_secret error.")
    if ask.params["grant_type"] == "refresh_token":
        raise OAuthRefusal(21326, "web apps get no refresh token")
    if ask.params["grant_type"] != "authorization_code":
        raise OAuthRefusal(21328)
    token = issue(ask.world, _spend_code(ask, app), app, ask.now)
    left = int(token.expires - ask.now)
    body = {
        "access_token": token.token,
        "remind_in": str(left),
        "expires_in": left,
        "uid": str(token.uid),
        "isRealName": "true",
    }
    return Answer(body=body)


def _spend_code(ask: Ask, app: App) -> int:
    """The uid a code stands for; the code is spent."""
    text, redirect = ask.params.get("code", ""), ask.params.get("redirect_uri", "")
    if not text or not redirect:
        raise OAuthRefusal(21323, "miss code or redirect_uri")
    code = ask.world.codes.get(text)
    if code is None or code.used or code.expires <= ask.now or code.app != app.key:
        raise OAuthRefusal(21325, f"invalid authorization code:{text}")
    if redirect != code.redirect_uri:
        raise OAuthRefusal(21322)
    ask.world.change(code, used=True)
    return code.uid


def life_of(app: App, uid: int) -> int:
    """Seconds a token lives: five years for the app's own account, 30 days, or one day before review."""
    if uid == app.owner:
        return OWNER_LIFE
    return REVIEWED_LIFE if app.reviewed else UNREVIEWED_LIFE


def issue(world: World, uid: int, app: App, now: float, life: float | None = None) -> Token:
    """A token for the account: the same string with a new life while the old one lives, else a new string."""
    expires = now + (life_of(app, uid) if life is None else life)
    earlier = [t for t in world.tokens.values() if (t.uid, t.app) == (uid, app.key)]
    living = next((t for t in earlier if not t.dead and t.expires > now), None)
    if living is not None:
        return world.change(living, created=now, expires=expires)
    text = "2.00" + sha256(f"token/{app.key}/{uid}/{len(earlier)}".encode()).hexdigest()[:28]
    return world.put(Token(text, uid, app.key, now, expires))


def get_token_info(ask: Ask) -> Answer:
    """What a token is worth: `expire_in` (sic) is what remains, in seconds. Raises OAuthRefusal."""
    token = _token(ask)
    if token.dead or token.expires <= ask.now:
        raise OAuthRefusal(21332 if token.dead else 21327)
    body = {
        "uid": token.uid,
        "appkey": int(token.app) if token.app.isdecimal() else token.app,
        "scope": None,
        "create_at": int(token.created),
        "expire_in": int(token.expires - ask.now),
    }
    return Answer(body=body)


def revoke(ask: Ask) -> Answer:
    """Give a token back. Later calls with it get 21321 for an unreviewed app, else 21316."""
    token = _token(ask)
    reviewed = ask.world.apps[token.app].reviewed
    ask.world.change(token, dead=21316 if reviewed else 21321)
    return Answer(body={"result": "true"})


def _token(ask: Ask) -> Token:
    text = ask.params.get("access_token") or ask.authorization.partition(" ")[2]
    if not text:
        raise OAuthRefusal(21323, "miss access_token")
    token = ask.world.tokens.get(text)
    if token is None:
        raise OAuthRefusal(21332)
    return token


OAUTH_ROUTES: Mapping[str, tuple[frozenset[str], Callable[[Ask], Answer]]] = {
    "/oauth2/authorize": (frozenset({"GET", "POST"}), authorize),
    "/oauth2/access_token": (frozenset({"POST"}), access_token),
    "/oauth2/get_token_info": (frozenset({"POST"}), get_token_info),
    "/oauth2/revokeoauth2": (frozenset({"POST", "GET"}), revoke),
}


def serve(ask: Ask) -> Answer:
    """Answer a call under `/oauth2/`. Raises OAuthRefusal, or Refusal for a wrong path or method."""
    if ask.path == "/oauth2/default.html":
        return Answer(text="<!doctype html><meta charset=utf-8><title>OAuth2</title>")
    if ask.path not in OAUTH_ROUTES:
        raise Refusal(10020)
    methods, answer = OAUTH_ROUTES[ask.path]
    if ask.method not in methods:
        raise Refusal(10021)
    return answer(ask)
