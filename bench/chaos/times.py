"""The days of the interview that is played again and again."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
SECOND, MINUTE, HOUR, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)

PLAN = datetime(2024, 3, 23, 10, tzinfo=SHANGHAI)
PREVIEW = datetime(2024, 3, 25, 9, tzinfo=SHANGHAI)
CLOSES = datetime(2024, 4, 15, tzinfo=SHANGHAI)
START = datetime(2024, 4, 25, 15, tzinfo=SHANGHAI)
END = datetime(2024, 4, 25, 17, tzinfo=SHANGHAI)
