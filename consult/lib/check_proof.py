#!/usr/bin/env python3
"""Checks a publication and one proof in it: a single file that needs Python and nothing else.

    python check_proof.py proof.json [--root HEX] [--public-key HEX]

The file holds one JSON object:

    consultation  the consultation's short name in its address
    publication   the identifier of the publication
    number        its number, from 1
    size          how many lines its ledger has
    root          the ledger's root hash, hex
    counts        an object: how many contributions came to each outcome
    received      how many contributions were received
    signature     Ed25519 signature under all of the above, hex
    public_key    the key to check it with, hex
    leaf          an object: one line of the ledger
    index         which line that is, from 0
    proof         a list of hashes, hex, nearest to the leaf first

A leaf is hashed, and the statement signed, as canonical JSON: keys sorted, no spaces, UTF-8. The
signed statement is the object without signature, public_key, leaf, index and proof. The tree is
that of RFC 9162, section 2.1, with SHA-256. `leaf`, `index` and `proof` may be left out together:
then only the counts and the signature are checked.

Ends with 0 if all that was checked is right, 1 if anything is wrong, 2 if the file cannot be read.
"""

import argparse
import hashlib
import json
import os
import sys
from typing import Any

BESIDE_THE_STATEMENT = ("signature", "public_key", "leaf", "index", "proof")
NEEDED = ("consultation", "publication", "number", "size", "root", "counts", "received")
PROVING = ("leaf", "index", "proof")


def canonical(thing: object) -> bytes:
    """The one way to write an object down, so that equal objects have equal hashes."""
    return json.dumps(
        thing, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    ).encode()


def statement(document: dict[str, Any]) -> bytes:
    """The bytes that are signed."""
    return canonical({k: v for k, v in document.items() if k not in BESIDE_THE_STATEMENT})


class Findings:
    """What is right, what is wrong and what could not be checked, each as sentences."""

    def __init__(self) -> None:
        self.right: list[str] = []
        self.wrong: list[str] = []
        self.unchecked: list[str] = []

    def judge(self, is_right: bool, sentence: str) -> None:
        (self.right if is_right else self.wrong).append(sentence)

    def lines(self) -> list[str]:
        marked = (("right", self.right), ("WRONG", self.wrong), ("not checked", self.unchecked))
        return [f"{mark}: {sentence}" for mark, found in marked for sentence in found]


def check(document: Any, root: str = "", public_key: str = "") -> Findings:
    """Check all that the document holds, and that it names the root and key one already knows.

    Raises ValueError with a sentence where the document cannot be understood.
    """
    _refuse_unless_complete(document)
    findings = Findings()
    _check_counts(document, findings)
    _check_leaf(document, findings)
    _check_signature(document, findings)
    for name, known in (("root", root), ("public_key", public_key)):
        if known:
            same = str(document.get(name, "")).lower() == known.lower()
            findings.judge(same, f"The {name} {'is' if same else 'is NOT'} the one you gave.")
    return findings


def _refuse_unless_complete(document: Any) -> None:
    if not isinstance(document, dict):
        raise ValueError("The file must hold one JSON object.")  # noqa: TRY004 - one kind of refusal
    proving = [key for key in PROVING if key in document]
    missing = [key for key in (*NEEDED, *(PROVING if proving else ())) if key not in document]
    if missing:
        raise ValueError(f"The file lacks {', '.join(missing)}.")
    if not isinstance(document.get("proof", []), list):
        raise ValueError("The proof must be a list of hashes.")  # noqa: TRY004 - as above
    counts = document["counts"]
    numbers = [document["size"], document["received"], document.get("index", 0)]
    numbers += counts.values() if isinstance(counts, dict) else [None]
    if any(type(number) is not int or number < 0 for number in numbers):
        raise ValueError("Counts, size, received and index must be whole numbers, none below 0.")


def _check_counts(document: dict[str, Any], findings: Findings) -> None:
    received, size, total = document["received"], document["size"], sum(document["counts"].values())
    findings.judge(
        received == size == total,
        f"Received {received:,}; the outcomes add up to {total:,}; the ledger has {size:,} lines.",
    )


def _check_leaf(document: dict[str, Any], findings: Findings) -> None:
    if "leaf" not in document:
        findings.unchecked.append("The file proves no line of the ledger.")
        return
    path = [_bytes(step, "proof") for step in document["proof"]]
    reached = root_reached(canonical(document["leaf"]), document["index"], document["size"], path)
    proved = reached == _bytes(document["root"], "root")
    place = f"line {document['index'] + 1:,} of {document['size']:,} under the published root"
    findings.judge(proved, f"The contribution {'is' if proved else 'is NOT'} {place}.")


def root_reached(leaf: bytes, index: int, size: int, path: list[bytes]) -> bytes | None:
    """The root that a proof leads to, or None where a proof cannot have that length."""
    if not 0 <= index < size:
        return None
    node, last, steps = hashlib.sha256(b"\x00" + leaf).digest(), size - 1, list(path)
    while last:
        if index % 2 or index < last:
            if not steps:
                return None
            beside = steps.pop(0)
            pair = beside + node if index % 2 else node + beside
            node = hashlib.sha256(b"\x01" + pair).digest()
        index, last = index // 2, last // 2
    return None if steps else node


def _check_signature(document: dict[str, Any], findings: Findings) -> None:
    if not document.get("signature") or not document.get("public_key"):
        findings.unchecked.append("The publication is not signed.")
        return
    valid = _signature_is_valid(document)
    if valid is None:
        findings.unchecked.append(
            "The signature: that needs Python's package “cryptography”, which is not here."
        )
    elif valid:
        findings.right.append(f"The signature is by the key {document['public_key']}.")
    else:
        findings.wrong.append("The signature does NOT belong to this publication and key.")


def _signature_is_valid(document: dict[str, Any]) -> bool | None:
    """None where the one package that can tell is not installed."""
    try:
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    except ImportError:
        return None
    try:
        key = Ed25519PublicKey.from_public_bytes(_bytes(document["public_key"], "public_key"))
        key.verify(_bytes(document["signature"], "signature"), statement(document))
    except (InvalidSignature, ValueError):
        return False
    return True


def _bytes(written: Any, name: str) -> bytes:
    try:
        return bytes.fromhex(written)
    except (TypeError, ValueError):
        raise ValueError(f"What the file gives as {name} is not hexadecimal.") from None


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description="Check a publication and one proof in it.")
    parser.add_argument("file", help="the JSON file, or - for standard input")
    parser.add_argument("--root", default="", help="the root you know, from another place")
    parser.add_argument(
        "--public-key", default="", help="the organisation's key, from another place"
    )
    asked = parser.parse_args(arguments)
    try:
        with open(0 if asked.file == "-" else asked.file, encoding="utf-8-sig") as file:
            findings = check(json.load(file), asked.root, asked.public_key)
    except (OSError, ValueError, RecursionError) as problem:
        sys.stderr.write(f"This file cannot be checked. {problem}\n")
        return 2
    sys.stdout.write("\n".join(findings.lines()) + "\n")
    return 1 if findings.wrong else 0


if __name__ == "__main__":
    # Files beside this one may bear names of the standard library: they are not meant here.
    beside = os.path.dirname(os.path.realpath(__file__))
    sys.path[:] = [place for place in sys.path if os.path.realpath(place) != beside]
    sys.exit(main(sys.argv[1:]))
