"""Every fault by name: the table that `GET /_sandbox/faults` lists."""

from collections.abc import Mapping

from microblog.sandbox.faults.fault import Fault

FAULTS: Mapping[str, Fault] = {}
