"""`python -m bench quality [--peers]`, `speed [10000 100000 …]`, `joining [100000]`; without a name, all three."""

import sys

from bench import joining, quality, speed


def main(arguments: list[str]) -> None:
    """Run the benchmark named first, or all."""
    name, rest = (arguments[0], arguments[1:]) if arguments else ("", [])
    sizes = [int(size) for size in rest if size.isdigit()]
    if name in ("", "quality"):
        quality.main(with_peers="--peers" in rest or not name)
    if name in ("", "speed"):
        speed.main(sizes or [10_000, 100_000])
    if name in ("", "joining"):
        joining.main(*(sizes[:1] or [100_000]))


if __name__ == "__main__":
    main(sys.argv[1:])
