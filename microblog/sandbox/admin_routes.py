"""The controls over HTTP, under `/_sandbox/`: JSON in, JSON out; a mistake answers 400 with one line of Chinese."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from werkzeug.exceptions import ClientDisconnected
from werkzeug.wrappers import Request, Response

from microblog.sandbox.admin import Admin, row_json
from microblog.sandbox.cast import Cast
from microblog.sandbox.responses import json_response
from microblog.sandbox.voices import find_voices

Json = dict[str, Any]
Control = Callable[[Admin, Cast, Json], Any]

_MOMENTS = ("at", "created", "visible", "deleted", "start", "event")


def serve_admin(admin: Admin, cast: Cast, request: Request) -> Response:
    """Answer one call to the controls. Raises ConnectionAbortedError where the caller died while it was speaking."""
    control = CONTROLS.get((request.method, request.path.removeprefix("/_sandbox/")))
    if control is None:
        return json_response({"error": f"沙箱没有这个控制入口：{request.method} {request.path}"}, 404)
    try:
        return json_response(control(admin, cast, _payload(request)))
    except ClientDisconnected:
        raise ConnectionAbortedError("the caller is gone") from None  # which the server takes in silence
    except KeyError as missing:
        return json_response({"error": f"缺少参数 {missing.args[0]}"}, 400)
    except (ValueError, TypeError) as error:
        return json_response({"error": str(error)}, 400)


def _payload(request: Request) -> Json:
    if request.method == "GET" or not request.content_length:
        return {}
    data = request.get_json(silent=True)
    if not isinstance(data, dict):
        raise ValueError("请求体应是一个 JSON 对象")
    return {name: _read(name, value) for name, value in data.items()}


def _read(name: str, value: Any) -> Any:
    """ISO-8601 texts of moments as aware datetimes."""
    if name not in _MOMENTS or not isinstance(value, str):
        return value
    when = datetime.fromisoformat(value)
    if when.tzinfo is None:
        raise ValueError(f"{name} 要写明时区，例如 2024-04-02T09:00:00+08:00")
    return when


def _post_rules(admin: Admin, _: Cast, body: Json) -> Json:
    admin.add_rules(body.get("rule", [body]))
    return admin.faults()


def _clear_rules(admin: Admin, _: Cast, __: Json) -> Json:
    admin.clear_rules()
    return admin.faults()


def _netizens(_: Admin, cast: Cast, body: Json) -> Json:
    values = dict(body)
    status, voices = int(values.pop("status_id")), find_voices(values.pop("voices"))
    return {"comments": cast.netizens(status, voices, **values)}


def _without(body: Mapping[str, Any], name: str) -> Json:
    return {key: value for key, value in body.items() if key != name}


CONTROLS: Mapping[tuple[str, str], Control] = {
    ("GET", "clock"): lambda admin, _, __: admin.clock(),
    ("POST", "clock"): lambda admin, _, body: admin.clock(**body),
    ("GET", "options"): lambda admin, _, __: admin.options(),
    ("POST", "options"): lambda admin, _, body: admin.options(body),
    ("GET", "state"): lambda admin, _, __: admin.state(),
    ("GET", "writes"): lambda admin, _, __: [row_json(write) for write in admin.writes()],
    ("GET", "faults"): lambda admin, _, __: admin.faults(),
    ("POST", "faults"): _post_rules,
    ("DELETE", "faults"): _clear_rules,
    ("POST", "faults/clear"): _clear_rules,
    ("POST", "accounts"): lambda _, cast, body: row_json(cast.add_account(**body)),
    ("POST", "accounts/clear"): lambda _, cast, body: row_json(cast.clear_account(int(body["uid"]))),
    ("POST", "apps"): lambda _, cast, body: row_json(cast.add_app(**body)),
    ("POST", "tokens"): lambda _, cast, body: row_json(cast.add_token(**body)),
    ("POST", "tokens/kill"): lambda _, cast, body: row_json(cast.kill_token(**body)),
    ("POST", "comments"): lambda _, cast, body: row_json(cast.add_comment(**body)),
    ("POST", "comments/change"): lambda _, cast, body: row_json(
        cast.change_comment(int(body["id"]), **_without(body, "id"))
    ),
    ("POST", "statuses"): lambda _, cast, body: row_json(cast.add_status(**body)),
    ("POST", "statuses/change"): lambda _, cast, body: row_json(
        cast.change_status(int(body["id"]), **_without(body, "id"))
    ),
    ("POST", "netizens"): _netizens,
}
