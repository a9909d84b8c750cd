import hashlib
from bisect import bisect_left

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.lib import merkle

SECRET = b"thirty-two characters of secret!"
LEAVES = st.lists(st.binary(max_size=8), min_size=1, max_size=40)

# The eight leaves that implementations of certificate transparency are commonly tried on.
KNOWN = [
    bytes.fromhex(h)
    for h in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]


def by_the_book(leaves):
    """The definition of RFC 9162 as it stands there: split at the largest power of two below n."""
    if not leaves:
        return hashlib.sha256().digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\0" + leaves[0]).digest()
    powers = [2**n for n in range(32)]
    split = powers[bisect_left(powers, len(leaves)) - 1]
    return hashlib.sha256(
        b"\1" + by_the_book(leaves[:split]) + by_the_book(leaves[split:])
    ).digest()


@pytest.mark.parametrize(
    ("size", "root"),
    [
        (0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        (1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"),
        (2, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"),
        (3, "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"),
        (8, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"),
    ],
)
def test_known_trees_have_their_known_roots(size, root):
    assert merkle.root(KNOWN[:size]).hex() == root


@given(LEAVES)
def test_the_root_is_that_of_the_definition(leaves):
    assert merkle.root(leaves) == by_the_book(leaves)


@given(LEAVES)
def test_every_leaf_can_be_proved(leaves):
    tree = merkle.Tree(leaves)
    for index, leaf in enumerate(leaves):
        assert merkle.verify(leaf, index, tree.size, tree.proof(index), tree.root)


@given(LEAVES, st.data())
def test_no_other_leaf_place_or_size_can_be_proved(leaves, data):
    index = data.draw(st.integers(0, len(leaves) - 1))
    proof, root, size = merkle.proof(leaves, index), merkle.root(leaves), len(leaves)
    assert not merkle.verify(leaves[index] + b"!", index, size, proof, root)
    assert not merkle.verify(leaves[index], size, size, proof, root)
    assert not merkle.verify(leaves[index], -1, size, proof, root)
    assert not merkle.verify(leaves[index], index, size, [*proof, b"\0" * 32], root)
    assert not merkle.verify(leaves[index], index, size * 2 + 2, proof, root)
    for other in range(size):
        if leaves[other] != leaves[index]:
            assert not merkle.verify(leaves[index], other, size, merkle.proof(leaves, other), root)


@given(LEAVES, st.data())
def test_a_leaf_left_out_changes_the_root(leaves, data):
    index = data.draw(st.integers(0, len(leaves) - 1))
    assert merkle.root(leaves[:index] + leaves[index + 1 :]) != merkle.root(leaves)


def test_a_proof_that_is_too_short_is_refused():
    assert not merkle.verify(KNOWN[2], 2, 8, merkle.proof(KNOWN, 2)[:-1], merkle.root(KNOWN))


def test_there_is_no_proof_of_a_leaf_that_is_not_there():
    with pytest.raises(ValueError, match="no leaf 8: they are numbered from 0 to 7"):
        merkle.proof(KNOWN, 8)


def test_a_hundred_thousand_leaves_are_proved_in_seventeen_steps():
    tree = merkle.Tree(str(n).encode() for n in range(100_000))
    assert len(tree.proof(70_000)) == 17
    assert merkle.verify(b"70000", 70_000, tree.size, tree.proof(70_000), tree.root)


def test_anyone_can_check_a_signature_and_nobody_can_move_it():
    signature, public = merkle.sign(SECRET, b"root"), merkle.public_key(SECRET)
    assert merkle.verify_signature(public, b"root", signature)
    assert not merkle.verify_signature(public, b"another root", signature)
    assert not merkle.verify_signature(merkle.public_key(SECRET + b"!"), b"root", signature)
    assert not merkle.verify_signature(b"not a key", b"root", signature)
