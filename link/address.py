"""Where the broker is, written as people write it: ``mqtt://[user[:password]@]host[:port]``."""

import ipaddress
import re
from urllib.parse import unquote

from link.port import Broker

PORT = 1883
EXAMPLE = "mqtt://broker.local:1883"
EXAMPLE_IPV6 = "mqtt://[fd00::5]:1883"

LABEL = "[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?"
HOST = re.compile(rf"{LABEL}(?:\.{LABEL})*\.?")
LONGEST_HOST = 253


def parse_broker(text: str) -> Broker:
    """The broker that ``text`` names. In a user name or password ``@ : / % ? #`` are written ``%40 %3A %2F %25 %3F
    %23``.

    Raises ``ValueError`` with a sentence that says what is wrong and shows a right one. It never repeats a password.
    """
    scheme, found, rest = text.partition("://")
    if not found or scheme.lower() not in ("mqtt", "mqtts"):
        raise _wrong("it begins with mqtt://")
    if scheme.lower() == "mqtts":
        raise _wrong("mqtts:// (TLS) comes later; use mqtt:// on a network of its own")
    if not text.isprintable() or " " in text:
        raise _wrong("it has no spaces and no control characters")
    netloc, *after = re.split(r"(?=[/?#])", rest, maxsplit=1)
    if after not in ([], ["/"]):
        raise _wrong("nothing follows the port; in a password / ? and # are written %2F %3F and %23")
    account, at, place = netloc.rpartition("@")
    host, port = _place(place)
    username, password = _account(account) if at else (None, None)
    return Broker(host, port, username, password)


def _account(account: str) -> tuple[str, str | None]:
    username, colon, password = account.partition(":")
    if not username:
        raise _wrong("a user name is missing before the @", example="mqtt://hall-1:secret@broker.local:1883")
    return unquote(username), unquote(password) if colon else None


def _place(place: str) -> tuple[str, int]:
    bracketed = re.fullmatch(r"\[([^\[\]]*)\](:.*)?", place)
    if bracketed:
        return _ipv6(bracketed[1]), _port(bracketed[2] or "")
    if place.count(":") > 1 or "[" in place or "]" in place:
        raise _wrong("an IPv6 address stands in brackets, and after them a colon and the port", example=EXAMPLE_IPV6)
    host, colon, port = place.partition(":")
    return _host(host), _port(colon + port)


def _host(host: str) -> str:
    if not host:
        raise _wrong("the host is missing")
    if len(host) > LONGEST_HOST or not HOST.fullmatch(host):
        raise _wrong(f"{host[:80]!r} is not a host name or an address")
    if re.fullmatch(r"[0-9.]+", host):
        try:
            return str(ipaddress.IPv4Address(host))
        except ValueError:
            raise _wrong(f"{host} is not an IPv4 address", example="mqtt://192.168.1.10:1883") from None
    return host


def _ipv6(address: str) -> str:
    try:
        return str(ipaddress.IPv6Address(address))
    except ValueError:
        raise _wrong(f"{address[:80]!r} is not an IPv6 address", example=EXAMPLE_IPV6) from None


def _port(written: str) -> int:
    if not written:
        return PORT
    if not re.fullmatch(r":[0-9]{1,5}", written) or not 1 <= int(written[1:]) <= 65_535:
        raise _wrong(f"{written[1:80]!r} is not a port; a port is a number from 1 to 65535")
    return int(written[1:])


def _wrong(what: str, *, example: str = EXAMPLE) -> ValueError:
    return ValueError(f"the address of the broker: {what} (example: {example})")
