"""The process that keeps every promise of the plan: settings → office → APScheduler; stops cleanly on a signal."""

import sys

from microblog.worker import main

if __name__ == "__main__":
    sys.exit(main())
