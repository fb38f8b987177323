"""Writes small sealed logs as docs/format.md has them, step by step, so that each step can be the last before a crash."""

import base64
import hashlib
import os

import signing
from merkle import Tree
from statements import key_id

ORIGIN = "example.com/audit/6d1f0d3cc05b8f1f0e7a2c8f5b0b4a97"
TIME = "2026-11-21T17:04:11.250Z"


def encoded(data):
    return base64.b64encode(data).decode()


class SigningKey:
    def __init__(self, name, seed):
        self.name = name
        self.seed = hashlib.sha256(seed.encode()).digest()
        self.public = signing.public_key_of(self.seed)

    def __str__(self):
        return "%s+%s+%s" % (self.name, key_id(self.name, self.public).hex(), encoded(b"\1" + self.public))

    def signature(self, text):
        value = key_id(self.name, self.public) + signing.sign(self.seed, text.encode())
        return "\u2014 %s %s\n" % (self.name, encoded(value))


def log_key(secret="log"):
    return SigningKey(ORIGIN, secret)


def epoch_key(number, secret="log"):
    return SigningKey("%s/epoch-%d" % (ORIGIN, number), "%s %d" % (secret, number))


def note(text, *keys):
    return (text + "\n" + "".join(key.signature(text) for key in keys) + "\n").encode()


class SampleLog:
    """The writer of a log, and its directory."""

    def __init__(self, directory, secret="log"):
        self.directory = str(directory)
        self.secret = secret
        self.log_key = log_key(secret)
        self.epoch = 1
        self.tree = Tree()
        self.begun = 0
        self.files = []
        self.ranges = {}  # first, end and head of each file
        self.start_seal(self.next_name(), 1)
        self.enter_file()

    # Files

    def path(self, *names):
        return os.path.join(self.directory, *names)

    def append(self, name, data):
        with open(self.path(name), "ab") as file:
            file.write(data)

    def next_name(self):
        return "security_audit_2026-11-21_10-%02d-00.log" % len(self.files)

    @property
    def name(self):
        return self.files[-1]

    @property
    def seal(self):
        return self.name + ".seal"

    def enter_file(self):
        self.files.append(self.next_name())
        self.begun = self.tree.size
        self.append(self.name, b"")

    def write(self, count):
        for _ in range(count):
            line = b'{"n":%d}' % self.tree.size
            self.tree.add(line)
            self.append(self.name, line + b"\n")
        return self

    # Statements

    def key(self, epoch=None):
        return epoch_key(epoch or self.epoch, self.secret)

    def state(self, text, name=None, keys=None):
        data = note(text, *(keys or [self.log_key, self.key()]))
        self.append(name or self.seal, data)
        return data

    def segment_text(self, name, epoch, reason=None):
        hashes = "".join("hash %s\n" % encoded(each) for each in self.tree.hashes)
        text = "affidavit-segment 1\norigin %s\nsegment %s\nfirst %d\n%sepoch %d\nkey %s\ntime %s\n" % (
            ORIGIN, name, self.tree.size, hashes, epoch, self.key(epoch), TIME)
        return text + ("break %s\n" % reason if reason else "")

    def start_seal(self, name, epoch, reason=None):
        self.state(self.segment_text(name, epoch, reason), name + ".seal", [self.log_key, self.key(epoch)])

    def checkpoint_text(self):
        return "%s\n%d\n%s\n" % (ORIGIN, self.tree.size, encoded(self.tree.head()))

    def checkpoint(self):
        self.state(self.checkpoint_text())
        return self

    def succeed(self, reason="time", next_name=None):
        text = "affidavit-succession 1\norigin %s\nepoch %d\nnext-epoch %d\nnext-key %s\nsize %d\nroot %s\nreason %s\n" % (
            ORIGIN, self.epoch, self.epoch + 1, self.key(self.epoch + 1), self.tree.size, encoded(self.tree.head()), reason)
        text += ("next-segment %s\n" % next_name if next_name else "") + "time %s\n" % TIME
        self.state(text)
        self.epoch += 1
        return self

    def rotate(self):
        name = self.next_name()
        self.start_seal(name, self.epoch + 1)
        self.hand_over(name)
        self.enter_file()
        return self

    def hand_over(self, name):
        self.checkpoint()
        self.ranges[self.name] = (self.begun, self.tree.size, self.tree.head())
        self.succeed("rotation", name)

    def break_off(self, reason="the last file is not as its seal says"):
        name = self.next_name()
        self.epoch += 1
        self.start_seal(name, self.epoch, reason)
        self.enter_file()
        return self

    # Removal, in its four steps

    def say_prune(self, name):
        first, end, root = self.ranges[name]
        self.state("affidavit-prune 1\norigin %s\nepoch %d\nsegment %s\nfirst %d\nend %d\nroot %s\nreason maxFiles\ntime %s\n" % (
            ORIGIN, self.epoch, name, first, end, encoded(root), TIME))

    def keep_seal(self, name):
        self.append("pruned.seal", self.block(name))

    def block(self, name):
        """The seal without its checkpoints, but for the last."""
        with open(self.path(name + ".seal"), "rb") as file:
            parts = file.read().split(b"\n\n")[:-1]
        notes = [text + b"\n\n" + signatures + b"\n\n" for text, signatures in zip(parts[::2], parts[1::2])]
        checkpoints = [each for each in notes if not each.startswith(b"affidavit-")]
        return b"".join(each for each in notes if each not in checkpoints[:-1])

    def remove(self, name):
        os.remove(self.path(name))

    def prune(self, name):
        self.say_prune(name)
        self.keep_seal(name)
        self.remove(name)
        self.remove(name + ".seal")
        return self

    # Files that the device refused

    def poison(self, good, copy):
        """Says that the last file ends early, and goes on in the copy."""
        os.makedirs(self.path(".affidavit", "poisoned"), exist_ok=True)
        text = "affidavit-poisoned 1\nsegment %s\ngood %d\ncopy %s\nat 0\n" % (self.name, good, copy)
        self.append(os.path.join(".affidavit", "poisoned", self.name),
                    (text + "check %s\n" % hashlib.sha256(text.encode()).hexdigest()).encode())
