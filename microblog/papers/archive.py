"""Office files are ZIP archives that carry the time they were made; ours must be the same for the same input."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_EPOCH = (1980, 1, 1, 0, 0, 0)


def without_clock(data: bytes) -> bytes:
    """The same archive with every member dated 1980-01-01, the earliest a ZIP can say."""
    out = BytesIO()
    with ZipFile(BytesIO(data)) as source, ZipFile(out, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            member = ZipInfo(name, _EPOCH)
            member.compress_type = ZIP_DEFLATED
            target.writestr(member, source.read(name))
    return out.getvalue()
