"""The sandbox as the demo's worker sees it: its clock, and the netizens who gather under the preview."""

from datetime import datetime
from typing import Any

import requests

from microblog.clocks import SetClock
from microblog.domain.interview import Interview
from microblog.service.dates import event_hours

TIMEOUT = (5, 60)
COMMENTS = 1500
FORGETFUL = {"fault": "drop-after-commit", "endpoint": "comments/create", "nth": 3}
"""Once during the event a comment is taken and the line goes dead: the worker must find it, not send it again."""


class World:
    """Steers the sandbox over HTTP; the clock kept here always equals the sandbox's."""

    def __init__(self, base_url: str) -> None:
        self._base = f"{base_url}/_sandbox"
        now = datetime.fromisoformat(self._get("clock")["now"])
        self.clock = SetClock(now)

    def move_to(self, moment: datetime) -> None:
        """Let time pass until a moment, in the sandbox and here."""
        self._post("clock", {"at": moment.isoformat()})
        self.clock.set(moment)

    def gather(self, interview: Interview, status_id: str, voices: str, seed: int) -> int:
        """Let netizens comment under the preview until the event is over; harmless to repeat. Returns how many."""
        state = self._get("state")
        present = sum(1 for comment in state["comments"] if str(comment["status"]) == status_id)
        if present:
            return present
        start, end = event_hours(interview)
        body = {
            "status_id": status_id,
            "voices": voices,
            "seed": seed,
            "count": COMMENTS,
            "days": 20,
            "event": start.isoformat(),
            "event_hours": (end - start).total_seconds() / 3600,
        }
        return int(self._post("netizens", body)["comments"])

    def forget_one_answer(self) -> None:
        """Put the one fault of the demo in force, unless it is."""
        if not self._get("faults")["rules"]:
            self._post("faults", FORGETFUL)

    def writes(self) -> list[dict[str, Any]]:
        """Everything the sandbox accepted from our account, in order: the judge of what was posted."""
        writes: list[dict[str, Any]] = self._get("writes")
        return writes

    def _get(self, name: str) -> Any:
        answer = requests.get(f"{self._base}/{name}", timeout=TIMEOUT)
        answer.raise_for_status()
        return answer.json()

    def _post(self, name: str, body: dict[str, Any]) -> Any:
        answer = requests.post(f"{self._base}/{name}", json=body, timeout=TIMEOUT)
        answer.raise_for_status()
        return answer.json()
