"""What the platform says when it refuses: code → text and HTTP status.

Texts are the official English ones; statuses are observed where anyone published them, else a presumption
(10xxx by one client's map, 20xxx 400, 213xx 403).
"""


class Refusal(Exception):
    """An API call refused: `code`, the `error` text it travels with, and its HTTP `status`."""

    def __init__(self, code: int, text: str = "", *, http: int = 0) -> None:
        """text, http: where given, in place of what the table says."""
        self.code = code
        self.text = text or TEXTS.get(code, "unknown error")
        self.status = http or http_of(code)
        super().__init__(f"{code} {self.text}")


class OAuthRefusal(Exception):
    """An OAuth call refused; travels with more keys than an API refusal.

    error: the OAuth word, e.g. `invalid_client`. status: 401 and 403 where observed, else 400.
    """

    def __init__(self, code: int, description: str = "") -> None:
        self.code = code
        self.error = OAUTH_WORDS[code]
        self.description = description
        self.status = {21324: 401, 21330: 403}.get(code, 400)
        super().__init__(f"{code} {self.error}")


OAUTH_WORDS = {
    21322: "redirect_uri_mismatch",
    21323: "invalid_request",
    21324: "invalid_client",
    21325: "invalid_grant",
    21326: "unauthorized_client",
    21327: "expired_token",
    21328: "unsupported_grant_type",
    21329: "unsupported_response_type",
    21330: "access_denied",
    21331: "temporarily_unavailable",
    21332: "invalid_access_token",
}

TEXTS = {
    10001: "System error!",
    10002: "Service unavailable!",
    10003: "Remote service error!",
    10004: "IP limit!",
    10005: "Permission denied, need a high level appkey!",
    10006: "Source paramter (appkey) is missing",
    10007: "Unsupport mediatype!",
    10008: "Param error, see doc for more info.",
    10009: "Too many pending tasks, system is busy!",
    10010: "Job expired!",
    10011: "RPC error!",
    10012: "Illegal request!",
    10013: "Invalid weibo user!",
    10014: "Insufficient app permissions!",
    10016: "Miss required parameter!",
    10017: "Parameter value invalid!",
    10018: "Request body length over limit!",
    10020: "Request api not found!",
    10021: "HTTP method is not suported for this request!",
    10022: "IP requests out of rate limit!",
    10023: "User requests out of rate limit!",
    10024: "User requests for (%s) out of rate limit!",
    20003: "User does not exists!",
    20005: "Unsupported image type, only suport JPG, GIF, PNG!",
    20006: "Image size too large.",
    20007: "Does multipart has image?",
    20009: "IDs is too many.",
    20012: "Text too long, please input text less than 140 characters!",
    20013: "Text too long, please input text less than 300 characters!",
    20014: "Param is error, please try again.",
    20015: "Account or ip or app is illgal, can not continue",
    20016: "update weibo too fast!",
    20017: "similar content!",
    20018: "Contain illegal website!",
    20019: "repeat content!",
    20020: "Contain advertising!",
    20021: "Content is illegal!",
    20022: "Your ip's behave in a comment thread is illegal!",
    20031: "Test and verify!",
    20032: "Update success, while server slow now, please wait 1-2 minutes!",
    20053: ("Your Weibo has been successfully released and needs manual review for 3 minutes. Please be patient."),
    20101: "Target weibo does not exist!",
    20102: "Not your own weibo!",
    20103: "Can't repost yourself weibo!",
    20104: "Illegal weibo!",
    20111: "repeated weibo text!",
    20201: "Target weibo comment does not exist!",
    20202: "Illegal comment!",
    20203: "Not your own comment!",
    20508: "Not allowed by the user's privacy settings!",
    20512: "You are in the blacklist of this user!",
    21301: "Auth faild!",
    21315: "Token expired!",
    21316: "Token revoked!",
    21317: "Token rejected!",
    21319: "Accessor was revoked!",
    21321: "applications over the unaudited use restrictions!",
    21327: "expired_token",
    21332: "invalid_access_token",
    21602: "Contains forbidden words!",
    23201: "Backend Service Connect Timeout!",
}

_HTTP = {
    10001: 500,
    **dict.fromkeys((10002, 10003, 10009, 10010, 10011, 10026, 23201), 503),
    **dict.fromkeys((10005, 10014, 10022, 10023, 10024, 10027), 403),
    10007: 415,
    10020: 404,
    10021: 405,
}


def http_of(code: int) -> int:
    """The HTTP status a code usually travels under."""
    if 21301 <= code <= 21332:
        return 403
    return _HTTP.get(code, 400)
