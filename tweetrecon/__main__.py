"""``python -m tweetrecon`` and the script ``tweetrecon``: the command line."""

import sys
from typing import NoReturn

INTERRUPTED = 130


def main() -> NoReturn:
    """Run the command line. Ctrl-C while it is being loaded ends without a traceback, as it does later."""
    try:
        from tweetrecon import cli
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    cli.main()


if __name__ == "__main__":
    main()
