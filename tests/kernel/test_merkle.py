"""The tree of RFC 6962."""

import hashlib

import pytest

from kernel.merkle import Tree, inclusion_proof, leaf_hash, node_hash, root_from_proof, root_of

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
            proof = inclusion_proof(leaves, index)
            assert root_from_proof(leaves[index], index, size, proof) == root_of(leaves)
            assert root_from_proof(b"x" * 32, index, size, proof) != root_of(leaves)

    def test_is_nothing_for_a_place_outside_the_tree_or_of_wrong_length(self):
        proof = inclusion_proof(LEAVES, 3)
        assert root_from_proof(LEAVES[3], 13, 13, proof) is None
        assert root_from_proof(LEAVES[3], 3, 13, proof[:-1]) is None
        assert root_from_proof(LEAVES[3], 3, 13, [*proof, b"y" * 32]) is None
