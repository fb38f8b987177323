"""The Merkle tree of RFC 6962, section 2.1, as it grows: no more of it is kept than the heads of its full subtrees."""

import hashlib


def leaf(line):
    return hashlib.sha256(b"\0" + line).digest()


def node(left, right):
    return hashlib.sha256(b"\1" + left + right).digest()


class Tree:
    """A tree that lines are added to, begun with the range of those that are not here."""

    def __init__(self, size=0, hashes=()):
        if len(hashes) != bin(size).count("1"):
            raise ValueError("%d hashes are not the range of %d lines" % (len(hashes), size))
        self.size = size
        self.hashes = list(hashes)

    def add(self, line):
        joined = leaf(line)
        # Each 1 at the end of the size is a full subtree that the new one completes to a larger one.
        size = self.size
        while size & 1:
            joined = node(self.hashes.pop(), joined)
            size >>= 1
        self.hashes.append(joined)
        self.size += 1

    def head(self):
        if not self.hashes:
            return hashlib.sha256(b"").digest()
        head = self.hashes[-1]
        for left in reversed(self.hashes[:-1]):
            head = node(left, head)
        return head
