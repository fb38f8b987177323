"""Verifies Ed25519 signatures as RFC 8032 has it, with nothing but Python.

Points are in extended coordinates (X, Y, Z, T): x = X/Z, y = Y/Z, x*y = T/Z (section 5.1.4).
"""

import functools
import hashlib

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)
NEUTRAL = (0, 1, 1, 0)


class NoPoint(ValueError):
    """32 bytes that stand for no point of the curve."""


def add(left, right):
    x1, y1, z1, t1 = left
    x2, y2, z2, t2 = right
    a = (y1 - x1) * (y2 - x2) % P
    b = (y1 + x1) * (y2 + x2) % P
    c = 2 * D * t1 * t2 % P
    d = 2 * z1 * z2 % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def double(point):
    x1, y1, z1, _ = point
    a = x1 * x1 % P
    b = y1 * y1 % P
    h = a + b
    e = h - (x1 + y1) ** 2 % P
    g = a - b
    f = 2 * z1 * z1 % P + g
    return e * f % P, g * h % P, f * g % P, e * h % P


def negative(point):
    x, y, z, t = point
    return P - x, y, z, P - t


def is_same(left, right):
    return (left[0] * right[2] - right[0] * left[2]) % P == 0 and (left[1] * right[2] - right[1] * left[2]) % P == 0


def x_of(y, is_odd):
    """Section 5.1.3, steps 2 to 4."""
    u = (y * y - 1) % P
    v = (D * y * y + 1) % P
    x = u * pow(v, 3, P) * pow(u * pow(v, 7, P), (P - 5) // 8, P) % P
    if v * x * x % P == P - u:
        x = x * ROOT_OF_MINUS_ONE % P
    if v * x * x % P != u:
        raise NoPoint("not on the curve")
    if x == 0 and is_odd:
        raise NoPoint("there is no negative zero")
    return P - x if x & 1 != is_odd else x


def decode(encoded):
    number = int.from_bytes(encoded, "little")
    y = number & (1 << 255) - 1
    if len(encoded) != 32 or y >= P:
        raise NoPoint("no number below p")
    x = x_of(y, number >> 255)
    return x, y, 1, x * y % P


def encode(point):
    inverse = pow(point[2], -1, P)
    x = point[0] * inverse % P
    y = point[1] * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


def multiples(point):
    """0 to 15 times the point."""
    found = [NEUTRAL]
    for _ in range(15):
        found.append(add(found[-1], point))
    return found


BASE = decode((4 * pow(5, -1, P) % P).to_bytes(32, "little"))


@functools.lru_cache(maxsize=1)
def base_tables():
    """For each digit of a scalar to the base 16, the multiples of the base point that it can stand for."""
    tables = []
    point = BASE
    for _ in range(64):
        tables.append(multiples(point))
        point = add(tables[-1][15], point)
    return tables


def times_base(scalar):
    result = NEUTRAL
    for table in base_tables():
        result = add(result, table[scalar & 15])
        scalar >>= 4
    return result


def times(scalar, table):
    """The scalar times the point whose multiples are in the table."""
    result = NEUTRAL
    for shift in range(252, -1, -4):
        result = double(double(double(double(result))))
        result = add(result, table[scalar >> shift & 15])
    return result


@functools.lru_cache(maxsize=1024)
def multiples_of_negative(public_key):
    return multiples(negative(decode(public_key)))


def digest(*parts):
    return int.from_bytes(hashlib.sha512(b"".join(parts)).digest(), "little") % ORDER


@functools.lru_cache(maxsize=1 << 16)
def is_signed(public_key, message, signature):
    """Whether the signature is that of this key over this message (section 5.1.7, without the cofactor)."""
    if len(signature) != 64 or len(public_key) != 32:
        return False
    s = int.from_bytes(signature[32:], "little")
    if s >= ORDER:
        return False
    try:
        r = decode(signature[:32])
        minus_key = multiples_of_negative(public_key)
    except NoPoint:
        return False
    k = digest(signature[:32], public_key, message)
    return is_same(add(times_base(s), times(k, minus_key)), r)
