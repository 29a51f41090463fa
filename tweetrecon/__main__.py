"""``python -m tweetrecon``: the command line."""

from tweetrecon.cli import main

main()
