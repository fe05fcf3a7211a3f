"""Every fault by name: the table that `GET /_sandbox/faults` lists."""

from collections.abc import Mapping

from microblog.sandbox.faults import forced, holes, lost_replies, standing, targets, wire
from microblog.sandbox.faults.fault import Fault

FAMILIES = (lost_replies, targets, forced, standing, holes, wire)

FAULTS: Mapping[str, Fault] = {fault.name: fault for family in FAMILIES for fault in family.FAULTS}
