"""Verifies a sealed log with nothing of the product: written from docs/format.md alone, to show that nothing is missing there.

    verify_log.py DIRECTORY [--pins FILE] [--against FILE]...
    verify_log.py --batch

PINS has two lines, the public keys of the log and of its epoch 1, and comments behind "#". AGAINST is a checkpoint as it stands
in a seal. Prints one JSON object: the verdict, and what was found. With --batch, each line of the standard input is a
directory, the file of pins (or nothing) and checkpoints to hold it against, between tabs; one object a line is the answer.

Ends with 0 if the log is as it was sealed, whether or not lines stand behind the last statement; 1 if not; 2 if this cannot be told.
"""

import argparse
import hashlib
import json
import os
import re
import stat
import sys

import ed25519
from merkle import Tree
from statements import (CHECKPOINT, PRUNE, SEGMENT, SUCCESSION, Malformed, is_log_file, is_unfinished, read_key,
                        read_statement, read_statements, split_note)

# From the best to the worst.
VERDICTS = ["anchored", "sealed", "tail", "key-unknown", "seal-missing", "truncated", "rolled-back", "tampered"]
SOUND = {"anchored", "sealed", "tail"}

# What each finding makes of the verdict at best.
RULES = {
    "told": "anchored",
    "unsealed": "tail",
    "pins": "key-unknown",
    "seal-missing": "seal-missing",
    "lines-missing": "truncated",
    "anchor": "rolled-back",
    "statement": "tampered",
    "signature": "tampered",
    "lines-lost": "tampered",
    "chain": "tampered",
    "epoch": "tampered",
    "size": "tampered",
    "root": "tampered",
    "removal": "tampered",
    "break": "tampered",
}

SEAL = ".seal"
PRUNED = "pruned.seal"
NOTES = os.path.join(".affidavit", "poisoned")


class Unusable(Exception):
    """What was given to hold the log against is not what it should be."""


def read_bytes(path):
    with open(path, "rb") as file:
        return file.read()


def read_pins(path):
    lines = [line.partition("#")[0].strip() for line in read_bytes(path).decode().split("\n")]
    try:
        keys = [read_key(line) for line in lines if line]
    except Malformed as malformed:
        raise Unusable("%s: %s" % (path, malformed)) from malformed
    if len(keys) != 2:
        raise Unusable("%s: %d keys in place of 2" % (path, len(keys)))
    return keys


def read_anchor(path):
    data = read_bytes(path).rstrip(b"\n") + b"\n\n"
    ends = split_note(data, 0)
    try:
        if ends is None or ends[1] + 2 != len(data):
            raise Malformed("not one signed note")
        anchor = read_statement(data[:ends[0] + 1], data[ends[0] + 2:ends[1] + 1], 0)
        if anchor.kind != CHECKPOINT:
            raise Malformed("no checkpoint")
    except Malformed as malformed:
        raise Unusable("%s: %s" % (path, malformed)) from malformed
    return anchor


def is_of_log(name):
    return is_log_file(name) or name == PRUNED or name.endswith(SEAL) and is_log_file(name[:-len(SEAL)])


def is_regular(path):
    return stat.S_ISREG(os.lstat(path).st_mode)


class Segments:
    """The files of a log as they are on the disk."""

    def __init__(self, directory):
        self.directory = directory
        there = [name for name in os.listdir(directory) if is_of_log(name)]
        names = [name for name in there if is_regular(os.path.join(directory, name))]
        self.others = sorted(set(there) - set(names))
        self.files = sorted(name for name in names if is_log_file(name))
        self.seals = sorted(name[:-len(SEAL)] for name in names if name.endswith(SEAL) and is_log_file(name[:-len(SEAL)]))
        self.has_pruned = PRUNED in names
        self.ends = self.read_notes()

    def read_notes(self):
        """Where the lines end in files that the device refused."""
        notes = os.path.join(self.directory, NOTES)
        ends = {}
        for name in os.listdir(notes) if os.path.isdir(notes) else []:
            if is_log_file(name):
                good = self.good_of(name, read_bytes(os.path.join(notes, name)))
                if good is not None:
                    ends[name] = good
        return ends

    def good_of(self, name, note):
        form = rb"(affidavit-poisoned 1\nsegment (.+)\ngood (\d{1,19})\ncopy (.+)\nat \d{1,19}\n)check ([0-9a-f]{64})\n"
        match = re.fullmatch(form, note)
        if match is None or hashlib.sha256(match[1]).hexdigest().encode() != match[5] or match[2] != name.encode():
            return None
        return int(match[3]) if match[4].decode("utf-8", "replace") in self.files else None

    def lines(self, name, sealed=0):
        """The first of them are sealed, so they count whatever they are."""
        data = read_bytes(os.path.join(self.directory, name))
        lines = data[:self.ends.get(name, len(data))].split(b"\n")[:-1]
        while len(lines) > sealed and b"\0" in lines[-1]:
            lines.pop()  # what a power cut left of lines
        return lines

    @property
    def is_empty(self):
        return not (self.files or self.seals or self.has_pruned or self.others)

    def seal(self, name):
        return read_bytes(os.path.join(self.directory, name + SEAL))

    def pruned(self):
        return read_bytes(os.path.join(self.directory, PRUNED)) if self.has_pruned else b""


class Link:
    """One file of the log in the chain of its seals: a seal file, or what is kept of one."""

    def __init__(self, name, label, statements, is_kept=False):
        self.name = name
        self.label = label
        self.statements = statements
        self.is_kept = is_kept
        self.stated = []  # (size, root, where)
        self.is_readable = True

    @property
    def start(self):
        return self.statements[0]

    @property
    def rotation(self):
        return next((statement for statement in self.statements if statement.is_rotation), None)

    @property
    def is_begun_only(self):
        return len(self.statements) == 1 and self.is_readable


class Verifier:
    def __init__(self, directory, pins=None, anchors=()):
        self.segments = Segments(directory)
        self.pins = pins
        self.anchors = anchors
        self.findings = []
        self.origin = ""
        self.keys = {}  # by name and id
        self.log_id = None
        self.epoch = 0
        self.epoch_key = None
        self.size = 0
        self.roots = {}  # what statements say, by size
        self.heads = {}  # what the lines say, by size
        self.tail = 0
        self.lines = 0
        self.confirmed = 0

    def find(self, rule, file, where, text):
        self.findings.append({"rule": rule, "file": file, "where": str(where), "text": text})

    def run(self):
        for name in self.segments.others:
            self.find("statement", name, "", "is no regular file")
        chain, rests = self.read_chain()
        self.identify(chain)
        begun = self.take_begun(chain)
        self.check_rests(chain, rests, begun)
        self.follow(chain)
        if begun is not None:
            self.check_begun(begun)
        self.check_removals(chain)
        end = self.check_lines(chain)
        for path, anchor in self.anchors:
            self.check_anchor(path, anchor, end, bool(chain))
        return self.result()

    # The chain

    def read_chain(self):
        """What counts, by the files' names, and what is left behind the statements: (bytes, place, what is wrong), by label."""
        rests = {}
        chain = self.read_kept(rests)
        for name in self.segments.seals:
            label = name + SEAL
            data = self.segments.seal(name)
            statements, rest, wrong = read_statements(data)
            if rest:
                rests[label] = rest, len(data) - len(rest), wrong
            link = Link(name, label, statements)
            link.is_readable = label not in rests or rests[label][2] is None
            chain.append(link)
        return self.with_beginnings(chain), rests

    def with_beginnings(self, chain):
        for link in chain:
            if not link.statements or link.start.kind != SEGMENT:
                self.find("statement", link.label, 0, "does not begin with %s" % SEGMENT)
        return sorted((link for link in chain if link.statements), key=lambda link: link.name)

    def read_kept(self, rests):
        data = self.segments.pruned()
        statements, rest, wrong = read_statements(data)
        if rest:
            rests[PRUNED] = rest, len(data) - len(rest), wrong
        blocks = []
        for statement in statements:
            if statement.kind == SEGMENT:
                blocks.append(Link(statement["segment"], PRUNED, [statement], is_kept=True))
            elif blocks:
                blocks[-1].statements.append(statement)
            else:
                self.find("statement", PRUNED, 0, "does not begin with %s" % SEGMENT)
        counting = [block for block in blocks if block.name not in self.segments.seals]
        names = [block.name for block in counting]
        if names != sorted(set(names)):
            self.find("removal", PRUNED, 0, "the files are not in their order")
        return counting

    def identify(self, chain):
        """Which keys the log is to be held to."""
        statements = [statement for link in chain for statement in link.statements]
        if self.pins is not None:
            log_key = self.pins[0]
            signed = any(s.name == log_key.name and s.id == log_key.id for each in statements for s in each.signatures)
            if signed:
                self.origin = log_key.name
                self.log_id = log_key.id
                self.keys[log_key.name, log_key.id] = log_key.public
                return
        if statements:
            self.find("pins", "", "", "the key of the log is not known" if self.pins is None else "another key signed the log")
            self.origin = statements[0]["origin"]
            ids = [signature.id for each in statements for signature in each.signatures if signature.name == self.origin]
            self.log_id = max(ids, key=ids.count, default=None)

    def take_begun(self, chain):
        """Takes the last seal out of the chain if it was begun and not handed over to."""
        if len(chain) < 2 or not chain[-1].is_begun_only or chain[-1].is_kept:
            return None
        if chain[-2].rotation is not None or chain[-1].start.kind != SEGMENT or "break" in chain[-1].start.fields:
            return None
        return chain.pop()

    def check_rests(self, chain, rests, begun):
        last = {PRUNED, chain[-1].label if chain else None, begun.label if begun is not None else None}
        for label, (rest, offset, wrong) in rests.items():
            if wrong is not None:
                self.find("statement", label, "byte %d" % offset, wrong)
            elif label not in last or offset == 0 and label != PRUNED:
                self.find("statement", label, "byte %d" % offset, "a statement is not finished")
            elif not is_unfinished(rest, offset, self.origin if offset > 0 else None):
                self.find("statement", label, "byte %d" % offset, "neither a statement nor the beginning of one")
            else:
                self.find("told", label, "byte %d" % offset, "the last statement is not finished")

    def follow(self, chain):
        if not chain and not self.segments.seals and not self.segments.has_pruned:
            self.find("seal-missing", "", "", "there is no seal")
        previous = None
        for link in chain:
            self.check_start(link, previous)
            for statement in link.statements[1:]:
                self.check_statement(link, statement)
            previous = link
        for link, following in zip(chain, [*chain[1:], None]):
            self.check_ending(link, following)

    def check_start(self, link, previous):
        start = link.start
        if start.kind != SEGMENT:
            self.check_statement(link, start)
            return
        where = self.where(start)
        if start["segment"] != link.name:
            self.find("chain", link.label, where, "is the seal of %s" % start["segment"])
        if "break" in start.fields:
            self.find("break", link.label, where, "does not follow the file before: %s" % start["break"])
        elif previous is None:
            self.check_first(link)
        else:
            self.check_follows(link, previous)
        self.check_epoch_name(link, start, start["epoch"], start["key"])
        self.enter(start["epoch"], start["key"])
        self.check_signed(link, start)
        self.take_size(link, start, start["first"], Tree(start["first"], start["hash"]).head())

    def check_first(self, link):
        start = link.start
        if start["first"] > 0 or start["epoch"] > 1:
            self.find("seal-missing", link.label, self.where(start), "what is kept of the files before is missing")
        elif self.pins is not None and start["key"] != self.pins[1]:
            self.find("pins", link.label, self.where(start), "the key of epoch 1 is another")

    def check_follows(self, link, previous):
        start, rotation = link.start, previous.rotation
        where = self.where(start)
        if rotation is None:
            return  # told of the one before
        if rotation["next-segment"] != link.name:
            self.find("seal-missing", rotation["next-segment"] + SEAL, "", "is named by %s, and missing" % previous.label)
            return
        if (start["epoch"], start["key"]) != (rotation["next-epoch"], rotation["next-key"]):
            self.find("epoch", link.label, where, "the epoch is not the one that %s hands over to" % previous.label)
        if start["first"] != rotation["size"]:
            self.find("chain", link.label, where, "begins behind %d lines in place of %d" % (start["first"], rotation["size"]))
        elif Tree(start["first"], start["hash"]).head() != rotation["root"]:
            self.find("root", link.label, where, "the range is not that of the lines before")

    def check_ending(self, link, following):
        rotation = link.rotation
        if rotation is None and following is not None and "break" not in following.start.fields:
            self.find("chain", link.label, "end", "does not hand over to the next file")
        elif rotation is not None and following is None:
            name = rotation["next-segment"]
            rule = "seal-missing" if name in self.segments.files else "lines-missing"
            self.find(rule, name + SEAL, "", "is named by %s, and missing" % link.label)
        if rotation is not None and rotation is not link.statements[-1]:
            self.find("chain", link.label, "end", "goes on behind the rotation")

    # Statements

    def where(self, statement):
        return "byte %d" % statement.offset

    def enter(self, epoch, key):
        self.epoch = epoch
        self.epoch_key = key
        self.keys[key.name, key.id] = key.public

    def check_epoch_name(self, link, statement, epoch, key):
        if key.name != "%s/epoch-%d" % (self.origin, epoch):
            self.find("epoch", link.label, self.where(statement), "%s is no key of epoch %d" % (key.name, epoch))

    def check_statement(self, link, statement):
        self.check_signed(link, statement)
        if "epoch" in statement.fields and statement["epoch"] != self.epoch:
            self.find("epoch", link.label, self.where(statement), "epoch %d in %d" % (statement["epoch"], self.epoch))
        if statement.kind == SEGMENT:
            self.find("chain", link.label, self.where(statement), "begins a file inside of one")
        if statement.kind in (CHECKPOINT, SUCCESSION):
            self.take_size(link, statement, statement["size"], statement["root"])
        if statement.kind == SUCCESSION:
            if statement["next-epoch"] != self.epoch + 1:
                self.find("epoch", link.label, self.where(statement), "epoch %d comes next" % statement["next-epoch"])
            self.check_epoch_name(link, statement, statement["next-epoch"], statement["next-key"])
            self.enter(statement["next-epoch"], statement["next-key"])

    def check_signed(self, link, statement, epoch_key=None):
        where = self.where(statement)
        epoch_key = epoch_key or self.epoch_key
        if statement["origin"] != self.origin:
            self.find("chain", link.label, where, "of another log: %s" % statement["origin"])
        found = {(signature.name, signature.id) for signature in statement.signatures}
        if (self.origin, self.log_id) not in found:
            self.find("signature", link.label, where, "not signed by the key of the log")
        if epoch_key is not None and (epoch_key.name, epoch_key.id) not in found:
            self.find("signature", link.label, where, "not signed by %s" % epoch_key.name)
        for signature in statement.signatures:
            public = self.keys.get((signature.name, signature.id))
            if public is not None and not ed25519.is_signed(public, statement.text, signature.value):
                self.find("signature", link.label, where, "the signature of %s is not good" % signature.name)

    def take_size(self, link, statement, size, root):
        where = self.where(statement)
        if size < self.size:
            self.find("size", link.label, where, "of %d lines, and of %d before" % (size, self.size))
        if self.roots.setdefault(size, root) != root:
            self.find("root", link.label, where, "two heads of %d lines" % size)
        self.size = max(self.size, size)
        link.stated.append((size, root, where))

    def check_begun(self, link):
        """A seal that does not count is still one that the writer wrote."""
        self.find("told", link.label, "", "was begun, and not handed over to")
        start = link.start
        key = start["key"]
        self.keys.setdefault((key.name, key.id), key.public)
        self.check_signed(link, start, key)
        if start["segment"] != link.name:
            self.find("chain", link.label, self.where(start), "is the seal of %s" % start["segment"])

    # Removed files

    def check_removals(self, chain):
        removed = {}
        by_name = {link.name: link for link in chain}
        for at, link in enumerate(chain):
            for statement in link.statements:
                if statement.kind == PRUNE:
                    removed[statement["segment"]] = link
                    self.check_removal(link, statement, by_name.get(statement["segment"]))
        for link in chain:
            if link.is_kept and link.name not in removed:
                self.find("removal", link.label, self.where(link.start), "nothing says why %s was removed" % link.name)
        self.removed = set(removed)

    def check_removal(self, link, prune, of):
        where = self.where(prune)
        if of is None:
            self.find("seal-missing", link.label, where, "removes %s, of whose seal nothing is kept" % prune["segment"])
        elif of.rotation is None or of.start.kind != SEGMENT or of.name >= link.name:
            self.find("removal", link.label, where, "removes %s, which was not sealed" % prune["segment"])
        elif (prune["first"], prune["end"], prune["root"]) != (of.start["first"], of.rotation["size"], of.rotation["root"]):
            self.find("removal", link.label, where, "does not say of %s what its seal says" % prune["segment"])

    # Lines

    def check_lines(self, chain):
        """How many lines the tree is over, those behind the seals too."""
        tree = Tree()
        for link in chain:
            if not link.is_kept and link.start.kind == SEGMENT:
                tree = self.check_file(link, link is chain[-1])
        last = chain[-1].name if chain else ""
        sealed_names = {link.name for link in chain if not link.is_kept}
        for name in self.segments.files:
            if name in sealed_names:
                continue
            lines = self.segments.lines(name)
            self.lines += len(lines)
            if lines and name < last or lines and not chain:
                self.find("seal-missing", name, "", "%d lines have no seal" % len(lines))
            elif lines:
                self.find("unsealed", name, "", "%d lines stand behind the last seal" % len(lines))
                self.tail += len(lines)
                self.grow(tree, lines, set())
        return tree.size

    def check_file(self, link, is_last):
        start = link.start
        tree = Tree(start["first"], start["hash"])
        self.heads[tree.size] = tree.head()
        if link.name not in self.segments.files:
            self.check_gone(link, is_last)
            return tree
        lines = self.segments.lines(link.name, max(size for size, _, _ in link.stated) - tree.size)
        self.lines += len(lines)
        self.grow(tree, lines, {size for size, _, _ in link.stated})
        for size, root, where in link.stated:
            if size > tree.size:
                text = "%d lines are sealed, %d are there" % (size, tree.size)
                self.find("lines-missing" if is_last else "lines-lost", link.name, where, text)
            elif size >= start["first"] and self.heads[size] != root:
                self.find("root", link.name, where, "the first %d lines are not those that were sealed" % size)
        self.check_behind(link, tree, is_last)
        return tree

    def check_behind(self, link, tree, is_last):
        sealed = max(size for size, _, _ in link.stated)
        behind = tree.size - sealed
        if link.rotation is not None and tree.size > link.rotation["size"]:
            self.find("size", link.name, "line %d" % sealed, "%d lines more than were sealed" % behind)
        elif is_last and behind > 0:
            self.find("unsealed", link.name, "line %d" % sealed, "%d lines stand behind the last statement" % behind)
            self.tail += behind

    def check_gone(self, link, is_last):
        if link.name in self.removed:
            self.find("told", link.name, "", "was removed; its seal is still there")
        elif is_last and link.is_begun_only:
            self.find("told", link.name, "", "nothing was written to it")
        else:
            self.find("lines-missing" if is_last else "lines-lost", link.name, "", "the file is missing")

    def grow(self, tree, lines, sizes):
        wanted = sizes | {anchor["size"] for _, anchor in self.anchors}
        for line in lines:
            tree.add(line)
            if tree.size in wanted:
                self.heads[tree.size] = tree.head()

    # Anchors

    def check_anchor(self, path, anchor, end, is_sealed):
        size, where = anchor["size"], "size %d" % anchor["size"]
        if size > 0 and not is_sealed and self.segments.is_empty:
            self.find("lines-missing", path, where, "nothing of a log is there")
            return
        if not self.is_anchor_known(path, anchor):
            return
        if size > end:
            self.find("lines-missing", path, where, "%d lines are there" % end)
            return
        if size > self.size:
            self.find("seal-missing", path, where, "%d lines are sealed" % self.size)
        head = self.heads.get(size, self.roots.get(size))
        if head is None:
            self.find("told", path, where, "the lines were removed")
        elif head == anchor["root"]:
            self.confirmed += 1
        else:
            self.find("anchor", path, where, "the first %d lines were others" % size)

    def is_anchor_known(self, path, anchor):
        """Where the key of the log is not pinned, its id has to do."""
        public = self.keys.get((self.origin, self.log_id))
        values = [s.value for s in anchor.signatures if (s.name, s.id) == (self.origin, self.log_id)]
        is_signed = public is None or all(ed25519.is_signed(public, anchor.text, value) for value in values)
        is_known = bool(values) and is_signed and anchor["origin"] == self.origin
        if not is_known:
            self.find("pins", path, "", "not signed by the key of this log")
        return is_known

    def result(self):
        verdict = "anchored" if self.confirmed else "sealed"
        verdict = max([verdict, *(RULES[finding["rule"]] for finding in self.findings)], key=VERDICTS.index)
        return {"verdict": verdict, "findings": self.findings, "lines": self.lines, "sealed": self.lines - self.tail,
                "tail": self.tail, "epochs": self.epoch}


def verify(directory, pins="", against=()):
    anchors = [(path, read_anchor(path)) for path in against]
    return Verifier(directory, read_pins(pins) if pins else None, anchors).run()


def run_batch():
    for line in sys.stdin:
        directory, pins, *against = (line.rstrip("\n") + "\t").split("\t")
        try:
            result = verify(directory, pins, [path for path in against if path])
        except (Unusable, OSError) as error:
            result = {"verdict": "unusable", "text": str(error)}
        print(json.dumps(result), flush=True)


def main(arguments):
    parser = argparse.ArgumentParser()
    parser.add_argument("directory", nargs="?")
    parser.add_argument("--pins", default="")
    parser.add_argument("--against", action="append", default=[])
    parser.add_argument("--batch", action="store_true")
    given = parser.parse_args(arguments)
    if given.batch:
        run_batch()
        return 0
    if given.directory is None:
        parser.error("a directory is needed")
    try:
        result = verify(given.directory, given.pins, given.against)
    except (Unusable, OSError) as error:
        parser.error(str(error))
    print(json.dumps(result, indent=2))
    return 0 if result["verdict"] in SOUND else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
