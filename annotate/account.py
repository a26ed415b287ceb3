"""Who uses the computer, by the account that the program runs under.

A container may run it under a number without an account, and then there is neither name nor home.
"""

import getpass
from pathlib import Path


def user_name() -> str:
    """The name of the system's user; empty where there is none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""


def home_folder() -> Path:
    """The user's own folder; where there is none, the top of the file system, in which nobody else writes either."""
    try:
        return Path.home()
    except RuntimeError:
        return Path(Path.cwd().anchor)
