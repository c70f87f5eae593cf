#!/usr/bin/env python3
"""Check offline the archive package of an agreement: its files are whole, and Shuheng's log names each of them.

    python3 shuheng-archive.py PACKAGE.zip [--key KEY] [--witness KEY]

Needs Python 3.9 or newer, the package cryptography, and shuheng-verify.py beside it (both programs lie in the package;
take them from elsewhere if you do not trust it). It opens no connection. `--key` is the key of the log as you
know it from elsewhere; without it the key that the package names is used, which shows only that the package is whole.

Exit code 0: everything holds. 1: something does not. 2: the package cannot be read.
"""

import argparse
import hashlib
import importlib.util
import json
import pathlib
import sys
import zipfile

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


def beside(name):
    place = pathlib.Path(__file__).resolve().with_name(name)
    spec = importlib.util.spec_from_file_location("shuheng_verify", place)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


log = beside("shuheng-verify.py")
Wrong = log.Wrong


def canonical(value):
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def check_hashes(bundle, facts):
    """Every file the manifest names is there and unchanged, and nothing else but the programs is."""
    for name, digest in facts["sha256"].items():
        if name not in bundle.namelist():
            raise Wrong(f"{name} is missing from the package")
        if hashlib.sha256(bundle.read(name)).hexdigest() != digest:
            raise Wrong(f"{name} is not the file the manifest names")
    known = {"manifest.json", "shuheng-archive.py", "shuheng-verify.py", *facts["sha256"]}
    strange = sorted(set(bundle.namelist()) - known)
    if strange or len(bundle.namelist()) != len(set(bundle.namelist())):
        raise Wrong(f"the manifest does not name {', '.join(strange) or 'a file that stands twice'}")
    yield f"{len(facts['sha256'])} files are whole"


def check_files(bundle, facts, key, witnesses):
    """The log names every file of the document, and each begins with the one before it."""
    before = b""
    for one in facts["files"]:
        content, proof = bundle.read(one["path"]), json.loads(bundle.read(one["proof"]))
        entry = proof["entry"].encode()
        size, root = log.read_note(proof["checkpoint"], key, witnesses)
        path = [bytes.fromhex(step) for step in proof["path"]]
        reached = log.root_from_path(log.leaf_hash(entry), proof["position"], size, path)
        if size != proof["tree_size"] or reached != root:
            raise Wrong(f"{one['proof']} does not lead to the signed root of the log")
        digest = hashlib.sha256(content).hexdigest()
        named = [line.split() for line in proof["entry"].splitlines() if line.startswith("document ")]
        if not any(line[2] == facts["number"] and line[-1] == digest for line in named):
            raise Wrong(f"the entry of the log does not name {one['path']}")
        if not content.startswith(before):
            raise Wrong(f"{one['path']} does not begin with the file before it")
        before = content
        yield f"{one['path']} ({one['act']} {one['by']}) is named by entry {proof['position']} of the log"


def check_evidence(bundle, facts):
    """Every recorded act is under the seal of the site, for the text as it was issued."""
    seal_key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(facts["statement_key"]))
    issued = facts["files"][0]["sha256"]
    for name in facts["evidence"]:
        act = json.loads(bundle.read(name))
        statement = act["evidence"]["statement"]
        try:
            seal_key.verify(bytes.fromhex(act["evidence"]["seal"]), canonical(statement))
        except InvalidSignature:
            raise Wrong(f"{name} was changed after it was sealed") from None
        if statement["document_sha256"] != issued:
            raise Wrong(f"{name} speaks of another text")
        signer = f"{statement['name']} signed for {statement['organisation']}"
        yield f"{signer} at {statement['signed_at']} ({act['method']})"


def checks(bundle, facts, key, witnesses):
    yield from check_hashes(bundle, facts)
    yield from check_files(bundle, facts, key, witnesses)
    yield from check_evidence(bundle, facts)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("package")
    parser.add_argument("--key")
    parser.add_argument("--witness", action="append", default=[])
    args = parser.parse_args()
    try:
        with zipfile.ZipFile(args.package) as bundle:
            facts = json.loads(bundle.read("manifest.json"))
            if facts["format"] != "shuheng-archive/v1":
                raise Wrong("this is not an archive package of Shuheng")
            key = log.Key(args.key or facts["log_key"])
            for line in checks(bundle, facts, key, [log.Key(text) for text in args.witness]):
                print("ok   ", line)
            if not args.key:
                print("note  the key was taken from the package; compare it with one you know:", facts["log_key"])
    except Wrong as wrong:
        print("WRONG", wrong)
        return 1
    except (OSError, ValueError, KeyError, TypeError, IndexError, zipfile.BadZipFile) as error:
        print("The package cannot be read:", error)
        return 2
    print("Everything holds.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
