"""What a file really is, judged by its content; the suffix is only mentioned to people."""

import io
import re
import zipfile
from enum import StrEnum
from pathlib import Path

from microblog.domain.errors import InvalidInput

LARGEST = 20 * 1024 * 1024
"""Largest file read, in bytes."""
LARGEST_UNPACKED = 100 * 1024 * 1024
"""Largest Word or Excel file read, in bytes after unpacking; declared sizes bound what zipfile gives out."""
_MOST_PARTS = 5000

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_KINDS = (
    ("EncryptedPackage", "文件 {name} 设有打开密码，无法读取：请取消密码后重新保存再导入"),
    ("WordDocument", "文件 {name} 是旧版 Word（.doc）格式：请另存为 .docx 后再导入"),
    ("Workbook", "文件 {name} 是旧版 Excel（.xls）格式：请另存为 .xlsx 后再导入"),
    ("Book", "文件 {name} 是旧版 Excel（.xls）格式：请另存为 .xlsx 后再导入"),
)
_FOREIGN = (
    (b"%PDF", "PDF"), (b"{\\rtf", "RTF"), (b"\x89PNG", "图片"), (b"\xff\xd8\xff", "图片"), (b"GIF8", "图片"),
    (b"Rar!", "RAR 压缩包"), (b"7z\xbc\xaf", "7z 压缩包"), (b"\x1f\x8b", "gzip 压缩包"),
)  # fmt: skip
_HTML = re.compile(r"<\s*(?:!doctype\s+html|html|head|body|table|tr|td|p|div|br|meta)\b", re.IGNORECASE)
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{3,20})", re.IGNORECASE)
_ACCEPTED = "请提供 .txt、.docx、.xlsx 或 .html 文件"


class Kind(StrEnum):
    """Formats a plan may come in."""

    TEXT = "text"
    HTML = "html"
    WORD = "word"
    EXCEL = "excel"


def read_bytes(path: Path) -> bytes:
    """The whole file. Raises InvalidInput where it is absent, no file, unreadable, empty or over 20 MB."""
    try:
        if path.is_dir():
            raise InvalidInput(f"{path} 是文件夹：请给出其中一份计划文件")
        if not path.exists():
            raise InvalidInput(f"找不到文件 {path}：请核对路径")
        if not path.is_file():
            raise InvalidInput(f"{path} 不是普通文件：{_ACCEPTED}")
        size = path.stat().st_size
        data = path.read_bytes() if size <= LARGEST else b""
    except (OSError, ValueError) as error:
        raise InvalidInput(f"无法读取文件 {path}：{error}。请检查权限后重试") from error
    if size > LARGEST:
        raise InvalidInput(f"文件 {path.name} 有 {size / 1048576:.1f} MB，超过 20 MB 上限：请去掉图片或拆分后再导入")
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise InvalidInput(f"文件 {path.name} 是空的：请检查是否选错文件")
    return data


def kind_of(data: bytes, name: str) -> Kind:
    """What the bytes are. Raises InvalidInput for what cannot be imported, with what to do instead."""
    if data.startswith(_OLE):
        raise InvalidInput(_ole_message(data).format(name=name))
    if data.startswith(b"PK"):
        return _zip_kind(data, name)
    for start, title in _FOREIGN:
        if data.startswith(start):
            raise InvalidInput(f"文件 {name} 是{title}，不能导入：{_ACCEPTED}")
    return Kind.HTML if _HTML.search(decoded(data, name)[:200_000]) else Kind.TEXT


def _ole_message(data: bytes) -> str:
    for stream, message in _OLE_KINDS:
        if stream.encode("utf-16-le") in data:
            return message
    return "文件 {name} 是旧版 Office 格式，不能导入：" + _ACCEPTED


def _zip_kind(data: bytes, name: str) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            names = {part.filename for part in parts}
            _refuse_unsafe(archive, parts, name)
    except (zipfile.BadZipFile, EOFError, OSError, RuntimeError, NotImplementedError, ValueError, KeyError) as error:
        raise InvalidInput(f"文件 {name} 已损坏，无法打开：请在 Word 或 Excel 中重新保存后再导入") from error
    except zipfile.zlib.error as error:  # type: ignore[attr-defined]  # zipfile lets zlib's error through
        raise InvalidInput(f"文件 {name} 已损坏，无法打开：请重新保存后再导入") from error
    if "word/document.xml" in names:
        return Kind.WORD
    if "xl/workbook.xml" in names:
        return Kind.EXCEL
    raise InvalidInput(f"文件 {name} 是压缩包或其他格式，不能导入：{_ACCEPTED}")


def _refuse_unsafe(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo], name: str) -> None:
    if any(part.flag_bits & 1 for part in parts):
        raise InvalidInput(f"文件 {name} 设有密码，无法读取：请取消密码后再导入")
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise InvalidInput(f"文件 {name} 展开后过大，可能不是正常文档：请重新保存后再导入")
    for part in parts:
        # Office never writes a document type; entities in one can be made to grow without end.
        if part.filename.endswith((".xml", ".rels")) and b"<!DOCTYPE" in archive.read(part)[:4096].upper():
            raise InvalidInput(f"文件 {name} 含有不允许的 XML 声明：请在 Word 或 Excel 中重新保存后再导入")


def decoded(data: bytes, name: str) -> str:
    """The bytes as text: a byte order mark, the declared charset, UTF-8, UTF-16 or GB18030, in this order.

    Raises InvalidInput where none of them gives readable text.
    """
    for encoding in _encodings(data):
        try:
            text = data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        if _readable(text):
            return text.removeprefix("\ufeff")
    raise InvalidInput(f"文件 {name} 的文字编码无法识别：请另存为 UTF-8 文本后再导入")


def _encodings(data: bytes) -> list[str]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ["utf-16"]
    declared = _CHARSET.search(data[:2048])
    named = [declared[1].decode().lower()] if declared else []
    legacy = [name for name in named if name in ("big5", "big5-hkscs")]
    wide = ["utf-16-le", "utf-16-be"] if b"\x00" in data else []
    return ["utf-8-sig", *wide, *legacy, "gb18030"]


def _readable(text: str) -> bool:
    """Few control or private signs, and something a person could read."""
    odd = sum(1 for sign in text if (sign < " " and sign not in "\t\r\n\x0b\x0c") or "\ue000" <= sign <= "\uf8ff")
    return odd * 50 <= len(text)
