"""`python -m bench quality [--peers]` and `python -m bench speed [10000 100000 …]`; without a name, both."""

import sys

from bench import quality, speed


def main(arguments: list[str]) -> None:
    """Run the benchmark named first, or both."""
    name, rest = (arguments[0], arguments[1:]) if arguments else ("", [])
    if name in ("", "quality"):
        quality.main(with_peers="--peers" in rest or not name)
    if name in ("", "speed"):
        speed.main([int(size) for size in rest if size.isdigit()] or [10_000, 100_000])


if __name__ == "__main__":
    main(sys.argv[1:])
