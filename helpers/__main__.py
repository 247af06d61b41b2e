"""The command line: `casebook …`, the same as `python -m helpers …`."""

import sys

from helpers.kernel.warm.thin import handed_over


def main() -> None:
    """Run the command line: a run in a process that has imported everything already, where there is one; all else here."""
    code = handed_over("helpers.command.line", "here") if sys.argv[1:2] == ["run"] else None
    if code is None:
        from helpers.command.line import here  # not before: whoever hands over needs none of it

        code = here()
    sys.exit(code)


if __name__ == "__main__":
    main()
