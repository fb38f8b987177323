"""Reads what stands in a seal: signed notes (C2SP signed-note), each a checkpoint or one of the log's own statements."""

import base64
import binascii
import codecs
import hashlib
import re
import unicodedata
from dataclasses import dataclass
from typing import NamedTuple

MAX_BYTES = 64 * 1024
MAX_UNFINISHED_BYTES = 64 * 1024 * 1024
MAX_SIZE = 2**63 - 1
SECTOR = 512

CHECKPOINT = "checkpoint"
SEGMENT = "affidavit-segment 1"
SUCCESSION = "affidavit-succession 1"
PRUNE = "affidavit-prune 1"

ED25519 = b"\1"
SIGNATURE_START = "\u2014 "


class Malformed(ValueError):
    """Bytes that are not what stands in a seal."""


class Key(NamedTuple):
    name: str
    id: bytes
    public: bytes

    def __str__(self):
        return "%s+%s" % (self.name, self.id.hex())


class Signature(NamedTuple):
    name: str
    id: bytes
    value: bytes


@dataclass(frozen=True)
class Statement:
    kind: str
    fields: dict
    text: bytes
    signatures: list
    offset: int

    def __getitem__(self, key):
        return self.fields[key]

    @property
    def is_rotation(self):
        return self.kind == SUCCESSION and self["reason"] == "rotation"


def from_base64(text, length=None):
    try:
        decoded = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise Malformed("no base64: %s" % text) from error
    if base64.b64encode(decoded).decode() != text:
        raise Malformed("base64 that could be written otherwise: %s" % text)
    if length is not None and len(decoded) != length:
        raise Malformed("%d bytes in place of %d" % (len(decoded), length))
    return decoded


def require_key_name(name):
    if not name or "+" in name or any(char.isspace() for char in name):
        raise Malformed("no name of a key: %r" % name)


def key_id(name, public):
    return hashlib.sha256(name.encode() + b"\n" + ED25519 + public).digest()[:4]


def read_key(text):
    parts = text.split("+", 2)
    if len(parts) != 3:
        raise Malformed("no public key: %s" % text)
    name, written_id, encoded = parts
    require_key_name(name)
    typed = from_base64(encoded, 33)
    key = Key(name, key_id(name, typed[1:]), typed[1:])
    if typed[:1] != ED25519 or written_id != key.id.hex():
        raise Malformed("the key and its id are not of each other: %s" % text)
    return key


def read_number(text):
    if not re.fullmatch("0|[1-9][0-9]{0,18}", text) or int(text) > MAX_SIZE:
        raise Malformed("no number: %s" % text)
    return int(text)


def read_epoch(text):
    number = read_number(text)
    if number < 1:
        raise Malformed("no epoch: %s" % text)
    return number


def read_hash(text):
    return from_base64(text, 32)


def read_text(text):
    if not text:
        raise Malformed("an empty value")
    return text


def read_file_name(text):
    if not is_log_file(text):
        raise Malformed("no name of a file of the log: %s" % text)
    return text


def is_log_file(name):
    return re.fullmatch(r"security_audit_\d{4}-\d\d-\d\d_\d\d-\d\d-\d\d(_\d{3})?\.log", name, re.ASCII) is not None


def read_time(text):
    if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", text, re.ASCII):
        raise Malformed("no time: %s" % text)
    return text


def one_of(*values):
    def read(text):
        if text not in values:
            raise Malformed("%s is not one of %s" % (text, ", ".join(values)))
        return text

    return read


ONCE, OPTIONAL, REPEATED = "once", "optional", "repeated"

FIELDS = {
    SEGMENT: [
        ("origin", ONCE, read_text),
        ("segment", ONCE, read_file_name),
        ("first", ONCE, read_number),
        ("hash", REPEATED, read_hash),
        ("epoch", ONCE, read_epoch),
        ("key", ONCE, read_key),
        ("time", ONCE, read_time),
        ("break", OPTIONAL, read_text),
    ],
    SUCCESSION: [
        ("origin", ONCE, read_text),
        ("epoch", ONCE, read_epoch),
        ("next-epoch", ONCE, read_epoch),
        ("next-key", ONCE, read_key),
        ("size", ONCE, read_number),
        ("root", ONCE, read_hash),
        ("reason", ONCE, one_of("time", "start", "rotation")),
        ("next-segment", OPTIONAL, read_file_name),
        ("time", ONCE, read_time),
    ],
    PRUNE: [
        ("origin", ONCE, read_text),
        ("epoch", ONCE, read_epoch),
        ("segment", ONCE, read_file_name),
        ("first", ONCE, read_number),
        ("end", ONCE, read_number),
        ("root", ONCE, read_hash),
        ("reason", ONCE, one_of("maxFiles", "maxAge", "maxBytes")),
        ("time", ONCE, read_time),
    ],
}


def read_fields(kind, lines):
    fields = {}
    at = 0
    for name, count, read in FIELDS[kind]:
        values = []
        while at < len(lines) and lines[at].startswith(name + " ") and (count == REPEATED or not values):
            values.append(read(lines[at][len(name) + 1:]))
            at += 1
        if count == ONCE and not values:
            raise Malformed("%s is missing" % name)
        if values or count == REPEATED:
            fields[name] = values if count == REPEATED else values[0]
    if at < len(lines):
        raise Malformed("%s where nothing was expected" % lines[at])
    return fields


def read_checkpoint(lines):
    if len(lines) != 3:
        raise Malformed("a checkpoint has an origin, a size and a root")
    return {"origin": read_text(lines[0]), "size": read_number(lines[1]), "root": read_hash(lines[2])}


def require_sound(kind, fields):
    """What one field of a statement demands of another."""
    if kind == SEGMENT and len(fields["hash"]) != bin(fields["first"]).count("1"):
        raise Malformed("%d hashes are not the range of %d lines" % (len(fields["hash"]), fields["first"]))
    if kind == SUCCESSION and (fields["reason"] == "rotation") != ("next-segment" in fields):
        raise Malformed("a next file with a rotation, and with nothing else")
    if kind == PRUNE and fields["end"] < fields["first"]:
        raise Malformed("a file that ends before it begins")


def read_body(lines):
    if not lines:
        raise Malformed("no text")
    if lines[0] not in FIELDS:
        return CHECKPOINT, read_checkpoint(lines)
    fields = read_fields(lines[0], lines[1:])
    require_sound(lines[0], fields)
    return lines[0], fields


def read_signature(line):
    name, space, encoded = line[len(SIGNATURE_START):].partition(" ")
    if not line.startswith(SIGNATURE_START) or not space:
        raise Malformed("no signature: %s" % line)
    require_key_name(name)
    value = from_base64(encoded)
    if len(value) < 5:
        raise Malformed("a signature of %d bytes" % len(value))
    return Signature(name, value[:4], value[4:])


def to_text(data, is_whole=True):
    try:
        text = codecs.getincrementaldecoder("utf-8")().decode(data, is_whole)
    except UnicodeDecodeError as error:
        raise Malformed("no UTF-8") from error
    if any(char != "\n" and unicodedata.category(char) == "Cc" for char in set(text)):
        raise Malformed("a control character")
    return text


def read_statement(body, signatures, offset):
    """Both parts are finished lines."""
    if len(body) + len(signatures) + 2 > MAX_BYTES:
        raise Malformed("a statement of more than 64 KiB")
    kind, fields = read_body(to_text(body).split("\n")[:-1])
    read = [read_signature(line) for line in to_text(signatures).split("\n")[:-1]]
    return Statement(kind, fields, body, read, offset)


def split_note(data, start):
    """Where the text of the note that begins there ends, and where the note does; None if it is not finished."""
    blank = data.find(b"\n\n", start)
    end = data.find(b"\n\n", blank + 2) if blank >= 0 else -1
    return (blank, end) if end >= 0 else None


def read_statements(data):
    """The statements, what is left behind the last finished one, and what is wrong there: None if it is just not finished."""
    found = []
    at = 0
    while (ends := split_note(data, at)) is not None and b"\0" not in data[at:ends[1] + 2]:
        blank, end = ends
        try:
            found.append(read_statement(data[at:blank + 1], data[blank + 2:end + 1], at))
        except Malformed as malformed:
            return found, data[at:], str(malformed)
        at = end + 2
    return found, data[at:], None


def is_unfinished(rest, offset, origin):
    """Whether a crash can have left this behind the last finished statement."""
    if b"\0" in rest:
        return len(rest) <= MAX_UNFINISHED_BYTES and is_holed(rest, offset)
    try:
        return len(rest) <= MAX_BYTES and is_beginning(to_text(rest, is_whole=False), origin)
    except Malformed:
        return False


def is_holed(rest, offset):
    """Whether the holes are sectors. Whole statements can stand behind one: several are written in one go."""
    for hole in re.finditer(b"\0+", rest):
        begins = hole.start() == 0 or (offset + hole.start()) % SECTOR == 0
        ends = hole.end() == len(rest) or (offset + hole.end()) % SECTOR == 0
        if not begins or not ends:
            return False
    return True


def is_beginning(text, origin):
    """Of the statement of an origin; None where only the beginning of a seal can stand."""
    firsts = [SEGMENT] if origin is None else [*FIELDS, origin]
    if not any(begins_with(text, first + "\n") for first in firsts):
        return False
    *lines, partial = text.split("\n")
    if "" not in lines:
        return True
    blank = lines.index("")
    kind, fields = read_body(lines[:blank])
    for line in lines[blank + 1:]:
        read_signature(line)
    return fields["origin"] == (origin or fields["origin"]) and begins_with(partial, SIGNATURE_START)


def begins_with(partial, expected):
    """Whether the one is the beginning of the other."""
    return partial.startswith(expected) or expected.startswith(partial)
