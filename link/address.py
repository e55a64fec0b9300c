"""Where the broker is, written as people write it: ``mqtt://[user[:password]@]host[:port]``."""

import ipaddress
import re
from urllib.parse import SplitResult, unquote, urlsplit

from link.port import Broker

PORT = 1883
EXAMPLE = "mqtt://broker.local:1883"

_HOST = re.compile(
    r"[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?(?:\.[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?)*\.?"
)


def parse_broker(text: str) -> Broker:
    """The broker that ``text`` names. ``@ : / %`` in a user name or password are written as ``%40 %3A %2F %25``.

    Raises ``ValueError`` with a sentence that says what is wrong and shows a right one. It never repeats a password.
    """
    scheme, colon, _ = text.partition("://")
    if not colon:
        raise _wrong("an address begins with mqtt://")
    if scheme.lower() == "mqtts":
        raise _wrong("mqtts:// (TLS) is not supported yet; use mqtt:// on a network of its own")
    if scheme.lower() != "mqtt":
        raise _wrong(f"{scheme}:// is not a way to the broker, only mqtt:// is")
    if re.search(r"[\s\x00-\x1f\x7f]", text):
        raise _wrong("an address has no spaces and no control characters")
    try:
        parts = urlsplit(text)
    except ValueError:  # its message may hold the password
        raise _wrong("the brackets around the IPv6 address do not fit") from None
    if parts.path not in ("", "/") or parts.query or parts.fragment:
        raise _wrong("nothing follows the port: no path, no ? and no # (in a password write them as %2F, %3F, %23)")
    username, password = _account(parts.netloc)
    return Broker(host=_host(parts), port=_port(parts), username=username, password=password)


def _account(netloc: str) -> tuple[str | None, str | None]:
    account, at, _ = netloc.rpartition("@")
    if not at:
        return None, None
    username, colon, password = account.partition(":")
    if not username:
        raise _wrong("a user name is missing before the @", example="mqtt://hall-1:secret@broker.local:1883")
    return unquote(username), unquote(password) if colon else None


def _host(parts: SplitResult) -> str:
    place = parts.netloc.rpartition("@")[2]
    if place.startswith("["):
        address = place[1:].partition("]")[0]
        try:
            return str(ipaddress.IPv6Address(address))
        except ValueError:
            raise _wrong(f"[{address}] is not an IPv6 address", example="mqtt://[fd00::5]:1883") from None
    if place.count(":") > 1:
        raise _wrong("an IPv6 address stands in brackets", example="mqtt://[fd00::5]:1883")
    host = place.partition(":")[0]
    if not host:
        raise _wrong("the host is missing")
    if len(host) > 253 or not _HOST.fullmatch(host):
        raise _wrong(f"{host!r} is not a host name or an address")
    if re.fullmatch(r"[0-9.]+", host):
        return _ipv4(host)
    return host


def _ipv4(host: str) -> str:
    try:
        return str(ipaddress.IPv4Address(host))
    except ValueError:
        raise _wrong(f"{host} is not an IPv4 address", example="mqtt://192.168.1.10:1883") from None


def _port(parts: SplitResult) -> int:
    written = parts.netloc.rpartition("@")[2].rpartition("]")[2].partition(":")
    if not written[1]:
        return PORT
    if not re.fullmatch(r"[0-9]{1,5}", written[2]) or not 1 <= int(written[2]) <= 65535:
        raise _wrong(f"{written[2]!r} is not a port; a port is a number from 1 to 65535")
    return int(written[2])


def _wrong(what: str, *, example: str = EXAMPLE) -> ValueError:
    return ValueError(f"broker address: {what} (example: {example})")
