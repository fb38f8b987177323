"""Signs with Ed25519 (RFC 8032, sections 5.1.5 and 5.1.6), for logs that are made to be verified."""

import functools
import hashlib

import ed25519


@functools.lru_cache(maxsize=None)
def expanded(seed):
    """The secret scalar and the prefix."""
    hashed = hashlib.sha512(seed).digest()
    scalar = int.from_bytes(hashed[:32], "little") & (1 << 254) - 8 | 1 << 254
    return scalar, hashed[32:]


@functools.lru_cache(maxsize=None)
def public_key_of(seed):
    return ed25519.encode(ed25519.times_base(expanded(seed)[0]))


@functools.lru_cache(maxsize=None)
def sign(seed, message):
    scalar, prefix = expanded(seed)
    nonce = ed25519.digest(prefix, message)
    r = ed25519.encode(ed25519.times_base(nonce))
    k = ed25519.digest(r, public_key_of(seed), message)
    return r + ((nonce + k * scalar) % ed25519.ORDER).to_bytes(32, "little")
