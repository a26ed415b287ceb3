"""A lock of the operating system on an open file: it goes with the program that holds it, however that ends."""

from __future__ import annotations

import errno
import sys
from typing import BinaryIO

NO_LOCKS = frozenset({errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EINVAL})
"""What file systems say that know no locks."""

_LOCKED_BYTE = 1 << 30
"""Windows locks are mandatory, so the locked byte lies far behind the words others may read."""

if sys.platform == "win32":
    import msvcrt

    def lock(file: BinaryIO, *, shared: bool = False) -> bool:  # noqa: ARG001  # there is one kind only
        """Whether the lock is ours now. Raises OSError where there are none."""
        file.seek(_LOCKED_BYTE)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError as error:
            if error.errno in NO_LOCKS:
                raise
            return False
        finally:
            file.seek(0)
        return True

else:
    import fcntl

    def lock(file: BinaryIO, *, shared: bool = False) -> bool:
        """Whether the lock is ours now. Raises OSError where there are none."""
        try:
            fcntl.flock(file.fileno(), (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno in NO_LOCKS:
                raise
            return False
        return True
