"""A tree of hashes that lets a stranger check one leaf among millions, and the signature under it.

The hashing is that of RFC 9162, section 2.1, with SHA-256; the signature is Ed25519.
"""

import hashlib
from collections.abc import Iterable, Sequence

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from consult.lib.seal import derive


class Tree:
    """Every level of the tree, leaves first: made once, then each proof is a walk of its height.

    A million leaves take a few seconds and some 160 MB.
    """

    def __init__(self, leaves: Iterable[bytes]) -> None:
        self._grow([leaf_hash(leaf) for leaf in leaves])

    @classmethod
    def over(cls, nodes: Iterable[bytes]) -> "Tree":
        """The upper part of a tree, over the hashes of equal parts of 2, 4, 8 … leaves (the last may be less)."""
        tree = cls.__new__(cls)
        tree._grow(list(nodes))
        return tree

    def _grow(self, lowest: list[bytes]) -> None:
        self.levels = [lowest]
        while len(self.levels[-1]) > 1:
            self.levels.append(_level_above(self.levels[-1]))

    @property
    def size(self) -> int:
        return len(self.levels[0])

    @property
    def root(self) -> bytes:
        return self.levels[-1][0] if self.size else hashlib.sha256().digest()

    def proof(self, index: int) -> list[bytes]:
        """The hashes that lead from a leaf to the root, nearest first."""
        if not 0 <= index < self.size:
            raise ValueError(
                f"There is no leaf {index}: they are numbered from 0 to {self.size - 1}."
            )
        path = []
        for level in self.levels[:-1]:
            # The last of an odd level has no neighbour and goes up as it is.
            if index ^ 1 < len(level):
                path.append(level[index ^ 1])
            index >>= 1
        return path


def root(leaves: Sequence[bytes]) -> bytes:
    """The one hash that commits to all the leaves and their order."""
    return Tree(leaves).root


def proof(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """One leaf's proof; for many leaves keep a Tree."""
    return Tree(leaves).proof(index)


def verify(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether the proof leads from this leaf, at this place in a tree of this size, to the root."""
    if not 0 <= index < size:
        return False
    node, last, path = leaf_hash(leaf), size - 1, list(proof)
    while last:
        if index % 2 or index < last:
            if not path:
                return False
            neighbour = path.pop(0)
            node = _node_hash(neighbour, node) if index % 2 else _node_hash(node, neighbour)
        index, last = index >> 1, last >> 1
    return not path and node == root


def leaf_hash(leaf: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + leaf).digest()


def sign(key: bytes, message: bytes) -> bytes:
    """A signature, 64 bytes, by the key that comes from the installation's secret."""
    return _signing_key(key).sign(message)


def public_key(key: bytes) -> bytes:
    """The 32 bytes to publish, with which anyone can check what `sign` signed."""
    return _signing_key(key).public_key().public_bytes_raw()


def verify_signature(public_key: bytes, message: bytes, signature: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def _level_above(level: list[bytes]) -> list[bytes]:
    pairs = [_node_hash(level[i], level[i + 1]) for i in range(0, len(level) - 1, 2)]
    return pairs + level[-1:] if len(level) % 2 else pairs


def _node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def _signing_key(key: bytes) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(derive(key, b"consult publication signature"))
