"""Which IP addresses a stranger's page may lead to: those of the public internet and no others.

An address in a pasted list, or a redirect, could otherwise make this computer ask the devices around it: the router,
the printer, a service that trusts whoever is inside.
"""

from __future__ import annotations

import socket
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

# Well-known prefix of translators that let networks with IPv6 only reach IPv4 (RFC 6052).
_NAT64 = IPv6Network("64:ff9b::/96")
# Ways to write an address that are not public, or not for sure, and that Python's tables do not all know:
_NEVER_PUBLIC = (
    IPv6Network("::/96"),  # IPv4-compatible (RFC 4291), with :: and ::1
    IPv6Network("::ffff:0:0/96"),  # IPv4-mapped
    IPv6Network("::ffff:0:0:0/96"),  # IPv4-translated (RFC 2765)
    IPv6Network("64:ff9b:1::/48"),  # translators of one's own network (RFC 8215)
    IPv6Network("100::/64"),  # discard-only
    IPv6Network("2001::/32"),  # Teredo, which has an IPv4 address in it
    IPv6Network("2001:db8::/32"),  # documentation
    IPv6Network("2002::/16"),  # 6to4, likewise
    IPv6Network("3fff::/20"),  # documentation (RFC 9637)
    IPv6Network("5f00::/16"),  # segment routing (RFC 9602)
    IPv6Network("fec0::/10"),  # site-local
)


def resolve(host: str, port: int) -> list[str]:
    """The IP addresses of a host, in the order in which to try them; raises OSError where there are none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public internet: not private, loopback, link-local, multicast, reserved."""
    try:
        ip = ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, IPv6Address):
        if ip in _NAT64:
            # What it stands for counts: on such networks every site with IPv4 only has an address like this.
            return is_public(str(IPv4Address(int(ip) & 0xFFFFFFFF)))
        if any(ip in network for network in _NEVER_PUBLIC):
            return False
    return ip.is_global and not (
        ip.is_private or ip.is_loopback or ip.is_link_local or ip.is_multicast or ip.is_reserved or ip.is_unspecified
    )
