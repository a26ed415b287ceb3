"""Articles from web addresses: the one place of the program that uses the network, and only when it is asked to.

Importers stay pure and open no connection: what is fetched here becomes bytes first and then goes through them like
any file. Importing this package loads nothing that could connect.
"""

from annotate.fetching.addresses import addresses_in, is_address, only_addresses
from annotate.fetching.articles import FromWeb, Stage, read_addresses
from annotate.fetching.fetch import Fetched, fetch

__all__ = [
    "Fetched",
    "FromWeb",
    "Stage",
    "addresses_in",
    "fetch",
    "is_address",
    "only_addresses",
    "read_addresses",
]
