"""The script as a Word document, and back."""

from microblog.domain.errors import NotFound
from microblog.domain.interview import Interview
from microblog.domain.script import Script
from microblog.papers.script_docx import script_from_docx, script_to_docx
from microblog.service.draft import latest_script, write
from microblog.service.office import Office

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def script_as_word(office: Office, interview: Interview) -> tuple[str, bytes]:
    """File name and content of the newest version. Raises NotFound."""
    script = _newest(office, interview)
    return f"第{interview.no}期访谈稿-第{script.version}版.docx", script_to_docx(script, interview)


def script_from_word(office: Office, interview: Interview, content: bytes, *, by: str) -> tuple[Script, int]:
    """Save an edited document written from the newest version; returns it and how many sections differ.

    Raises NotFound, and InvalidInput on a document that cannot be understood or is of another version.
    """
    before = _newest(office, interview)
    after = write(office, interview, script_from_docx(content, before, author=by), by=by)
    known = {section.slot: section.hash for section in before.sections}
    kept = {section.slot: section.hash for section in after.sections}
    changed = sum(known.get(slot) != words for slot, words in kept.items())
    return after, changed + len(known.keys() - kept.keys())


def _newest(office: Office, interview: Interview) -> Script:
    script = latest_script(office, interview)
    if script is None:
        raise NotFound(f"第{interview.no}期还没有访谈稿，请先起草")
    return script
