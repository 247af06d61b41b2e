"""The command line: `casebook …`, the same as `python -m helpers …`."""

import os
import sys

from helpers.kernel.warm.thin import handed_over


def main() -> None:
    """Run the command line: a run in a process that has imported everything already, where there is one; all else here.

    One thread for linear algebra, unless the environment says otherwise: on matrices as small as ours more threads only wait for each other, and they take the
    cores from the runs beside. Nor does the last bit of a number hang on how many cores there are.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    code = handed_over("helpers.command.line", "here") if sys.argv[1:2] == ["run"] else None
    if code is None:
        from helpers.command.line import here  # not before: whoever hands over needs none of it

        code = here()
    sys.exit(code)


if __name__ == "__main__":
    main()
