"""Writing the filing folder of an interview: one folder, everything an inspection asks for, made anew each time."""

import json
from pathlib import Path

from microblog.domain.interview import Interview
from microblog.service.evidence import evidence
from microblog.service.office import Office


def folder_of(office: Office, interview: Interview) -> Path:
    """Where the papers of an interview lie: `2024-01` under the office's filing folder."""
    return office.practice.files / f"{interview.year}-{interview.no:02d}"


def write_folder(office: Office, interview: Interview) -> Path:
    """Write every paper there is material for; returns the folder. Harmless to repeat."""
    folder = folder_of(office, interview)
    folder.mkdir(parents=True, exist_ok=True)
    facts = json.dumps(evidence(office, interview), ensure_ascii=False, indent=1, default=str)
    (folder / "evidence.json").write_text(facts, encoding="utf-8")
    return folder
