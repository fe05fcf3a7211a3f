"""Files that people hand in: of a bounded size, and really what their name says."""

import io
import zipfile
from pathlib import PurePath

from fastapi import UploadFile

from microblog.domain.errors import InvalidInput
from microblog.web.refusals import TooLarge

MOST = 20 * 1024 * 1024
UNPACKED_MOST = 200 * 1024 * 1024
"""Bytes an Office file may hold once unpacked."""

_PARTS = {".docx": "word/document.xml", ".xlsx": "xl/workbook.xml"}
TEXTS = frozenset({".txt", ".csv", ".html", ".htm", ".yaml", ".yml", ".jsonl"})


def checked(file: UploadFile, kinds: frozenset[str] | set[str]) -> bytes:
    """The content. kinds: endings allowed, such as `.docx`.

    Raises InvalidInput when it is of another kind than allowed or than its name says, TooLarge when it is too large.
    """
    name = PurePath(file.filename or "").name
    kind = PurePath(name).suffix.lower()
    if kind not in kinds:
        raise InvalidInput(f"只能上传 {'、'.join(sorted(kinds))} 文件，请另存后重试")
    content = file.file.read(MOST + 1)
    if len(content) > MOST:
        raise TooLarge(f"文件超过 {MOST // 1024 // 1024} MB，请缩小后重试")
    if not (_is_office(content, _PARTS[kind]) if kind in _PARTS else kind in TEXTS and _is_text(content)):
        raise InvalidInput(f"文件内容与名称“{name[:60]}”不符，请用 Word、Excel 或 WPS 另存后重试")
    return content


def _is_office(content: bytes, part: str) -> bool:
    """Raises TooLarge on a file that would unpack to more than a document ever does."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            entries = packed.infolist()
    except zipfile.BadZipFile:
        return False
    if sum(entry.file_size for entry in entries) > UNPACKED_MOST:
        raise TooLarge("文件解开后太大，请缩小后重试")
    return {"[Content_Types].xml", part} <= {entry.filename for entry in entries}


def _is_text(content: bytes) -> bool:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    return b"\x00" not in content
