#!/usr/bin/env python3
"""Check offline what Shuheng's transparency log says: that an event or document is in it, and that it only grew.

    python3 shuheng-verify.py proof.json [--document FILE.pdf] [--checkpoint NOTE.txt] [--key KEY] [--witness KEY]
    python3 shuheng-verify.py consistency.json [--checkpoint OLD_NOTE.txt] [--key KEY] [--witness KEY]

Needs Python 3.9 or newer and the package cryptography; it opens no connection. `proof.json` and `consistency.json` come
from the check page of a document and from /log of the site. `--key` is the key of the log as you know it from elsewhere
(a paper, a witness, an earlier visit): without it the key that the file itself names is used, which shows only that
the file is whole. `--checkpoint` is a signed note that you or a witness have kept. `--witness`, as often as you
like, is the key of a witness whose signature must stand under the checkpoint.

Exit code 0: everything that was asked for holds. 1: something does not. 2: the files cannot be read.
"""

import argparse
import base64
import hashlib
import json
import struct
import sys

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


class Wrong(Exception):
    """Something does not hold."""


def leaf_hash(data):
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left, right):
    return hashlib.sha256(b"\x01" + left + right).digest()


def root_from_path(leaf, index, size, path):
    """RFC 9162, 2.1.3.2."""
    if not 0 <= index < size:
        raise Wrong("the position lies outside the log")
    node, last, value = index, size - 1, leaf
    for step in path:
        if last == 0:
            raise Wrong("the path is too long")
        if node & 1 or node == last:
            value = node_hash(step, value)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            value = node_hash(value, step)
        node, last = node >> 1, last >> 1
    if last:
        raise Wrong("the path is too short")
    return value


def check_growth(old, old_root, new, new_root, path):
    """RFC 9162, 2.1.4.2."""
    if old == new:
        if path or old_root != new_root:
            raise Wrong("two different logs of the same size")
        return
    if not 0 < old < new or not path:
        raise Wrong("this is no proof that a log grew")
    steps = list(path) if old & (old - 1) else [old_root, *path]
    node, last = old - 1, new - 1
    while node & 1:
        node, last = node >> 1, last >> 1
    first = second = steps[0]
    for step in steps[1:]:
        if last == 0:
            raise Wrong("the path is too long")
        if node & 1 or node == last:
            first, second = node_hash(step, first), node_hash(step, second)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            second = node_hash(second, step)
        node, last = node >> 1, last >> 1
    if last or first != old_root or second != new_root:
        raise Wrong("the newer log does not begin with the older one: an entry was changed or taken out")


class Key:
    """name+hash+base64(algorithm, 32 bytes): 1 the log itself, 4 a witness."""

    def __init__(self, text):
        self.name, hashed, material = text.strip().split("+", 2)
        data = base64.b64decode(material, validate=True)
        self.algorithm, self.raw = data[0], data[1:]
        self.hash = hashlib.sha256(f"{self.name}\n".encode() + data).digest()[:4]
        if self.hash.hex() != hashed or self.algorithm not in (1, 4):
            raise ValueError(f"{text} is not a key")

    def signed(self, text, line):
        name, _, encoded = line[2:].rpartition(" ")
        try:
            data = base64.b64decode(encoded, validate=True)
            if name != self.name or data[:4] != self.hash:
                return False
            signature, message = data[4:], text.encode()
            if self.algorithm == 4:
                moment = struct.unpack(">Q", signature[:8])[0]
                signature, message = signature[8:], f"cosignature/v1\ntime {moment}\n{text}".encode()
            Ed25519PublicKey.from_public_bytes(self.raw).verify(signature, message)
        except (InvalidSignature, ValueError, struct.error):
            return False
        return True


def read_note(note, key, witnesses):
    """Size and root of a signed checkpoint, after its signatures were checked."""
    body, gap, lines = note.partition("\n\n")
    text, signatures = body + "\n", [line for line in lines.splitlines() if line.startswith("— ")]
    parts = body.split("\n")
    if not gap or len(parts) < 3:
        raise Wrong("this is not a signed checkpoint")
    if parts[0] != key.name or not any(key.signed(text, line) for line in signatures):
        raise Wrong(f"the checkpoint is not signed by {key.name}")
    for witness in witnesses:
        if not any(witness.signed(text, line) for line in signatures):
            raise Wrong(f"the witness {witness.name} has not signed the checkpoint")
    return int(parts[1]), base64.b64decode(parts[2])


def check_proof(facts, args, key, witnesses):
    """An entry is in the log; and the document, where one is given, is the one of the entry."""
    entry = facts["entry"].encode()
    size, root = read_note(facts["checkpoint"], key, witnesses)
    yield f"the checkpoint of {size} entries is signed by {key.name}" + "".join(f" and {w.name}" for w in witnesses)
    path = [bytes.fromhex(step) for step in facts["path"]]
    if size != facts["tree_size"] or root_from_path(leaf_hash(entry), facts["position"], size, path) != root:
        raise Wrong("the entry is not in the log that was signed")
    yield f"the entry is number {facts['position']} of that log"
    if args.checkpoint:
        held_size, held_root = read_note(read(args.checkpoint), key, [])
        if held_size == size and held_root != root:
            raise Wrong(f"the log you hold a checkpoint of has another root at {size} entries")
        if held_size != size:
            yield f"your checkpoint has {held_size} entries; ask for the consistency file of {held_size} and {size}"
        else:
            yield "it is the very checkpoint you hold"
    if args.document:
        with open(args.document, "rb") as file:
            digest = hashlib.sha256(file.read()).hexdigest()
        lines = [line for line in facts["entry"].splitlines() if line.startswith("document ")]
        found = [line.split()[1:3] for line in lines if line.split()[-1] == digest]
        if not found:
            raise Wrong("the document is not the one that the entry names: it was changed, or is another file")
        yield "the document is unchanged: " + ", ".join(f"{act} {number}" for act, number in found)


def check_consistency(facts, args, key, witnesses):
    """The newer log begins with the older one."""
    old_note = read(args.checkpoint) if args.checkpoint else facts["old_checkpoint"]
    if not old_note or not facts["new_checkpoint"]:
        raise Wrong("a checkpoint is missing: hand in the one you hold with --checkpoint")
    old, old_root = read_note(old_note, key, [])
    new, new_root = read_note(facts["new_checkpoint"], key, witnesses)
    if (old, new) != (facts["old_size"], facts["new_size"]):
        raise Wrong(f"the file is about {facts['old_size']} and {facts['new_size']} entries, not {old} and {new}")
    check_growth(old, old_root, new, new_root, [bytes.fromhex(step) for step in facts["path"]])
    yield f"the log of {new} entries begins with the log of {old} entries: nothing was changed or taken out"


def read(name):
    with open(name, encoding="utf-8") as file:
        return file.read()


CHECKS = {"shuheng-proof/v1": check_proof, "shuheng-consistency/v1": check_consistency}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file")
    parser.add_argument("--document")
    parser.add_argument("--checkpoint")
    parser.add_argument("--key")
    parser.add_argument("--witness", action="append", default=[])
    args = parser.parse_args()
    try:
        facts = json.loads(read(args.file))
        check = CHECKS[facts["format"]]
        key, witnesses = Key(args.key or facts["key"]), [Key(text) for text in args.witness]
        for line in check(facts, args, key, witnesses):
            print("ok   ", line)
        if not args.key:
            print("note  the key was taken from the file itself; compare it with one you know:", facts["key"])
    except Wrong as wrong:
        print("WRONG", wrong)
        return 1
    except (OSError, ValueError, KeyError, TypeError, IndexError) as error:
        print("The files cannot be read:", error)
        return 2
    print("Everything holds.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
