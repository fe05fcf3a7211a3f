"""Getting and giving back a token: Weibo's OAuth2 for web apps. There is no refresh token; a person logs in again."""

from urllib.parse import urlencode

from microblog.platforms.weibo_http import Answer, Http


def authorize_url(base_url: str, *, app_key: str, redirect_uri: str, state: str, force_login: bool = False) -> str:
    """The page a person opens in a browser to let the app act for the account."""
    query = {"client_id": app_key, "redirect_uri": redirect_uri, "response_type": "code", "state": state}
    if force_login:
        query["forcelogin"] = "true"
    return f"{base_url.rstrip('/')}/oauth2/authorize?{urlencode(query)}"


def access_token(http: Http, *, app_key: str, app_secret: str, code: str, redirect_uri: str) -> Answer:
    """Exchange the code (single use) for `access_token`, `expires_in` (seconds) and `uid`."""
    form = {
        "client_id": app_key,
        "client_secret": app_secret,
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": redirect_uri,
    }
    return http.post("oauth2/access_token", form, token=None)


def revoke(http: Http, token: str) -> Answer:
    """Give the token back: `{"result": "true"}`, the value a string."""
    return http.post("oauth2/revokeoauth2", {"access_token": token}, token=token)
