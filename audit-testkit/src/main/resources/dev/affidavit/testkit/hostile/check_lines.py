"""Reads the lines of a log with nothing of the product, and compares them with what was said.

    check_lines.py DIRECTORY EXPECTED [JQ]

DIRECTORY holds the log. EXPECTED has one line for each event of the application, in order: the whole object that its line
must be. Texts in it are UTF-16 code units in hexadecimal, so that no encoder of JSON had a hand in it. Tokens, between blanks:

    {N        an object of N members, each a text and a value, in this order
    [N        an array of N values
    u...      this text; a part "5*0041" stands for 0041 five times, parts are joined with "+"
    c...      the beginning of this text, and the mark that says how long it was
    #...      a number of exactly this value, written as a number
    true, false, null
    *         anything

With JQ, the path of jq, each line must read the same there too, but for lines with a lone surrogate, which jq refuses. Prints what is wrong, and ends with 1 if anything is.
"""

import json
import os
import re
import subprocess
import sys
import unicodedata
from decimal import Decimal

OWN = {"AUDIT_LOG_STARTED", "AUDIT_LOG_STOPPED", "AUDIT_CONFIG_CHANGED"}
FIELDS = ["id", "timestamp", "event_type", "severity", "username", "session_id", "ip_address", "port", "user_agent",
          "description", "details", "success", "error_code"]
OPTIONAL = ["database_name", "object_type", "object_name", "command", "rows_affected", "service", "host"]
MAX_LINE_BYTES = 1024 * 1024


class Number(str):
    """A number as it stands in the line."""


class Wrong(Exception):
    pass


def members(pairs):
    keys = [units(key) for key, _ in pairs]
    if len(set(keys)) < len(keys):
        raise Wrong("a key comes twice")
    return pairs_of(pairs)


class pairs_of(list):
    """An object: its members in their order."""


def refuse(constant):
    raise Wrong("no JSON: " + constant)


def units(text):
    return text.encode("utf-16-be", "surrogatepass")


def parse(line):
    return json.loads(line, object_pairs_hook=members, parse_int=Number, parse_float=Number, parse_constant=refuse)


def is_visible_format(char):
    """Signs of Arabic, Syriac, Kaithi, hieroglyphs, shorthand and music that are drawn, or join what is drawn."""
    return 0x0600 <= ord(char) <= 0x08E2 and ord(char) != 0x061C or 0x110BD <= ord(char) <= 0x1D17A


def check_bytes(raw):
    if len(raw) + 1 > MAX_LINE_BYTES:
        raise Wrong("%d bytes" % (len(raw) + 1))
    text = raw.decode("utf-8")
    if len(text.splitlines()) != 1:
        raise Wrong("more than one line for a reader of Unicode's lines")
    for char in set(text):
        category = unicodedata.category(char)
        if category in ("Cc", "Zl", "Zp", "Cs") or category == "Cf" and not is_visible_format(char):
            raise Wrong("U+%04X is not escaped" % ord(char))
    return text


def check_shape(event):
    names = [name for name, _ in event]
    if names[:len(FIELDS)] != FIELDS or [name for name in OPTIONAL if name in names] != names[len(FIELDS):]:
        raise Wrong("fields " + ascii(names))
    values = dict(event)
    if not re.fullmatch(r"evt_\d{19}_\d{10}", values["id"]):
        raise Wrong("id " + ascii(values["id"]))
    if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", values["timestamp"]):
        raise Wrong("timestamp " + ascii(values["timestamp"]))


def said_units(token):
    said = bytearray()
    for part in token.split("+") if token else []:
        times, star, hexadecimal = part.rpartition("*")
        said += bytes.fromhex(hexadecimal) * (int(times) if star else 1)
    return bytes(said)


def show(value):
    shown = ascii(value)
    return shown if len(shown) < 300 else shown[:300] + "..."


def check_text(kind, said, found, where):
    if not isinstance(found, str) or isinstance(found, Number):
        raise Wrong("%s: no text: %s" % (where, show(found)))
    if kind == "u":
        if units(found) != said:
            raise Wrong("%s: said %s, found %s" % (where, show(said.decode("utf-16-be", "surrogatepass")), show(found)))
        return
    mark = "\u2026[cut, %d characters]" % (len(said) // 2)
    kept = units(found[:-len(mark)])
    if not found.endswith(mark) or not 0 < len(kept) < len(said) or not said.startswith(kept):
        raise Wrong("%s: not the beginning and %s, found %s" % (where, ascii(mark), show(found[-100:])))
    if 0xD800 <= int.from_bytes(kept[-2:], "big") < 0xDC00 <= int.from_bytes(said[len(kept):len(kept) + 2], "big") < 0xE000:
        raise Wrong("%s: cut through a character" % where)


def check(tokens, found, where):
    token = next(tokens)
    if token == "*":
        return
    if token[0] in "uc":
        check_text(token[0], said_units(token[1:]), found, where)
    elif token[0] == "#":
        same = isinstance(found, Number) and Decimal(found) == Decimal(token[1:])
        if not same or found.startswith("-") != token.startswith("#-"):
            raise Wrong("%s: said %s, found %s" % (where, token[1:], show(found)))
    elif token[0] == "{":
        if not isinstance(found, pairs_of) or len(found) != int(token[1:]):
            raise Wrong("%s: not an object of %s members: %s" % (where, token[1:], show(found)))
        for key, value in found:
            check(tokens, key, where + " key")
            check(tokens, value, where + "." + show(key))
    elif token[0] == "[":
        if type(found) is not list or len(found) != int(token[1:]):
            raise Wrong("%s: not an array of %s values: %s" % (where, token[1:], show(found)))
        for i, value in enumerate(found):
            check(tokens, value, "%s[%d]" % (where, i))
    elif found is not {"true": True, "false": False, "null": None}[token]:
        raise Wrong("%s: said %s, found %s" % (where, token, show(found)))


def is_unicode(value):
    """Whether every text is: none holds half a pair."""
    if isinstance(value, str):
        return not any("\ud800" <= char <= "\udfff" for char in value)
    if isinstance(value, pairs_of):
        return all(is_unicode(key) and is_unicode(item) for key, item in value)
    return all(is_unicode(item) for item in value) if isinstance(value, list) else True


def as_jq_reads(value):
    """jq holds numbers as doubles."""
    if isinstance(value, Number):
        return float(value)
    if isinstance(value, pairs_of):
        return pairs_of((as_jq_reads(key), as_jq_reads(item)) for key, item in value)
    if isinstance(value, list):
        return [as_jq_reads(item) for item in value]
    return value


def check_with_jq(jq, raw_lines, events):
    readable = [(raw, event) for raw, event in zip(raw_lines, events) if is_unicode(event)]
    run = subprocess.run([jq, "-c", "-a", "."], input=b"\n".join(raw for raw, _ in readable), capture_output=True)
    read = run.stdout.split(b"\n")[:-1]
    if run.returncode or len(read) != len(readable):
        raise Wrong("jq: %d of %d lines: %s" % (len(read), len(readable), run.stderr.decode()))
    for line, (raw, event) in zip(read, readable):
        found = json.loads(line, object_pairs_hook=pairs_of, parse_int=float)
        if found != as_jq_reads(event):
            raise Wrong("reads otherwise in jq: %s" % show(raw))


def main(directory, expected_file, jq=None):
    raw_lines = []
    for name in sorted(name for name in os.listdir(directory) if name.endswith(".log")):
        with open(os.path.join(directory, name), "rb") as file:
            lines = file.read().split(b"\n")
        if lines.pop():
            raise Wrong(name + " does not end with a finished line")
        raw_lines += lines
    with open(expected_file, encoding="ascii") as file:
        expected = file.read().split("\n")[:-1]
    problems = []
    events = []
    said = iter(expected)
    for number, raw in enumerate(raw_lines, 1):
        try:
            event = parse(check_bytes(raw))
            events.append(event)
            check_shape(event)
            if dict(event)["event_type"] in OWN:
                continue
            tokens = next(said, None)
            if tokens is None:
                raise Wrong("nobody said this: " + show(event))
            rest = iter(tokens.split(" "))
            check(rest, event, "")
            if next(rest, None) is not None:
                raise Wrong("more was said than is there")
        except (Wrong, ValueError) as wrong:
            problems.append("line %d: %s" % (number, wrong))
    left = sum(1 for _ in said)
    if left:
        problems.append("%d events are missing" % left)
    if jq and not problems:
        check_with_jq(jq, raw_lines, events)
    print("%d lines, %d events, %d problems" % (len(raw_lines), len(expected), len(problems)))
    print("\n".join(problems[:20]))
    return 1 if problems else 0


if __name__ == "__main__":
    try:
        sys.exit(main(*sys.argv[1:]))
    except Wrong as problem:
        print(problem)
        sys.exit(1)
