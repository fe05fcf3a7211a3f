"""Addresses of the console's pages."""

from urllib.parse import urlencode


def of_post(key: str) -> str:
    """The query that names a post."""
    return urlencode({"key": key})
