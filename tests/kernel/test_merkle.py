"""The tree of RFC 6962."""

import hashlib

import pytest

from kernel.merkle import (
    Tree,
    consistency_proof,
    inclusion_proof,
    is_consistent,
    leaf_hash,
    node_hash,
    nodes_of,
    root_from_proof,
    root_of,
)

LEAVES = [leaf_hash(bytes([number])) for number in range(13)]


class TestRoot:
    def test_is_the_hash_of_nothing_for_an_empty_tree(self):
        assert Tree().root() == hashlib.sha256(b"").digest()

    def test_of_three_leaves_is_as_the_rfc_draws_it(self):
        assert root_of(LEAVES[:3]) == node_hash(node_hash(LEAVES[0], LEAVES[1]), LEAVES[2])

    def test_goes_on_from_kept_subtrees(self):
        first = Tree()
        for leaf in LEAVES[:5]:
            first.append(leaf)
        second = Tree(first.peaks)
        for leaf in LEAVES[5:]:
            second.append(leaf)
        assert second.root() == root_of(LEAVES) and second.size == 13


class TestInclusionProof:
    @pytest.mark.parametrize("size", range(1, 14))
    def test_leads_to_the_root_from_every_leaf_and_from_no_other(self, size):
        leaves = LEAVES[:size]
        for index in range(size):
            proof = inclusion_proof(nodes_of(leaves), index, size)
            assert root_from_proof(leaves[index], index, size, proof) == root_of(leaves)
            assert root_from_proof(b"x" * 32, index, size, proof) != root_of(leaves)

    def test_is_nothing_for_a_place_outside_the_tree_or_of_wrong_length(self):
        proof = inclusion_proof(nodes_of(LEAVES), 3, 13)
        assert root_from_proof(LEAVES[3], 13, 13, proof) is None
        assert root_from_proof(LEAVES[3], 3, 13, proof[:-1]) is None
        assert root_from_proof(LEAVES[3], 3, 13, [*proof, b"y" * 32]) is None

    @pytest.mark.parametrize("index", [-1, 13])
    def test_is_not_made_for_a_leaf_that_is_not_there(self, index):
        with pytest.raises(IndexError):
            inclusion_proof(nodes_of(LEAVES), index, 13)


class TestConsistencyProof:
    @pytest.mark.parametrize("new", range(1, 14))
    def test_shows_that_every_later_tree_begins_with_the_earlier_one(self, new):
        root = root_of(LEAVES[:new])
        for old in range(1, new + 1):
            before, proof = root_of(LEAVES[:old]), consistency_proof(nodes_of(LEAVES), old, new)
            assert is_consistent(old, before, new, root, proof)
            assert not is_consistent(old, b"x" * 32, new, root, proof)
            assert not is_consistent(old, before, new, b"x" * 32, proof)
            assert not is_consistent(old, before, new, root, [*proof, b"y" * 32])
            assert old == new or not is_consistent(old, before, new, root, proof[:-1])

    @pytest.mark.parametrize(("old", "new"), [(0, 3), (4, 3)])
    def test_is_not_made_for_trees_that_do_not_grow(self, old, new):
        with pytest.raises(IndexError):
            consistency_proof(nodes_of(LEAVES), old, new)
        assert not is_consistent(old, b"", new, b"", [b"z" * 32])
