"""Answers as HTTP."""

import json
from typing import Any

from werkzeug.wrappers import Response

from microblog.sandbox.asks import Answer


def response_of(answer: Answer) -> Response:
    """The answer as a response: a redirect, a page, or JSON as the platform sends it."""
    if answer.location:
        return Response(status=answer.http, headers={"Location": answer.location})
    if answer.text:
        return Response(answer.text, answer.http, content_type=answer.content_type)
    return json_response(answer.body, answer.http)


def json_response(body: Any, http: int = 200) -> Response:
    """JSON as the platform sends it."""
    return Response(json.dumps(body), http, content_type="application/json;charset=UTF-8")
