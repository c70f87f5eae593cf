"""The Merkle tree of RFC 6962: leaf and node hashes, roots, proofs that a leaf is in it and that it only grew. Pure."""

from collections.abc import Callable, Sequence
from hashlib import sha256

# Gives the hash of the perfect subtree at (height, index): height 0 are the leaves.
Nodes = Callable[[int, int], bytes]


def leaf_hash(data: bytes) -> bytes:
    """The hash of a leaf: SHA-256 over 0x00 and the data."""
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node: SHA-256 over 0x01 and both children."""
    return sha256(b"\x01" + left + right).digest()


class Tree:
    """A growing tree kept as its perfect subtrees, so that a leaf costs a few hashes and the root a few more."""

    def __init__(self, peaks: Sequence[tuple[int, bytes]] = ()) -> None:
        self.peaks = list(peaks)

    @property
    def size(self) -> int:
        return sum(1 << height for height, _ in self.peaks)

    def append(self, leaf: bytes) -> None:
        """Add the hash of the next leaf."""
        self._join(leaf, 0)

    def append_all(self, leaves: Sequence[bytes]) -> None:
        """Add the hashes of many leaves; those of a whole perfect subtree at its place together, which is quicker."""
        width, size = len(leaves), self.size
        if width == 0 or width & (width - 1) or size % width:
            for leaf in leaves:
                self.append(leaf)
            return
        row, height = list(leaves), width.bit_length() - 1
        while len(row) > 1:
            row = [sha256(b"\x01" + left + right).digest() for left, right in zip(row[::2], row[1::2], strict=True)]
        self._join(row[0], height)

    def _join(self, node: bytes, height: int) -> None:
        while self.peaks and self.peaks[-1][0] == height:
            node = node_hash(self.peaks.pop()[1], node)
            height += 1
        self.peaks.append((height, node))

    def root(self) -> bytes:
        """The root over all leaves; the hash of nothing for an empty tree."""
        if not self.peaks:
            return sha256().digest()
        root = self.peaks[-1][1]
        for _, peak in reversed(self.peaks[:-1]):
            root = node_hash(peak, root)
        return root


def root_of(leaves: Sequence[bytes]) -> bytes:
    """The root over leaf hashes."""
    tree = Tree()
    tree.append_all(leaves)
    return tree.root()


def nodes_of(leaves: Sequence[bytes]) -> Nodes:
    """The perfect subtrees over a list of leaf hashes."""

    def node(height: int, index: int) -> bytes:
        return root_of(leaves[index << height : (index + 1) << height])

    return node


def span(nodes: Nodes, begin: int, end: int) -> bytes:
    """The root over the leaves from `begin` to before `end`, where they make up a subtree of the RFC's drawing."""
    width = end - begin
    if width & (width - 1) == 0 and begin % width == 0:
        return nodes(width.bit_length() - 1, begin // width)
    half = _half(width)
    return node_hash(span(nodes, begin, begin + half), span(nodes, begin + half, end))


def _half(width: int) -> int:
    """The largest power of two below `width`."""
    return 1 << (width - 1).bit_length() - 1


def inclusion_proof(nodes: Nodes, index: int, size: int) -> list[bytes]:
    """The audit path of the leaf at `index` in the tree of the first `size` leaves, from the leaf upward."""
    if not 0 <= index < size:
        raise IndexError(f"there is no leaf {index} among {size}")
    path: list[bytes] = []
    begin, end = 0, size
    while end - begin > 1:
        middle = begin + _half(end - begin)
        if index < middle:
            path.append(span(nodes, middle, end))
            end = middle
        else:
            path.append(span(nodes, begin, middle))
            begin = middle
    return path[::-1]


def consistency_proof(nodes: Nodes, old: int, new: int) -> list[bytes]:
    """What shows that the tree of `new` leaves begins with the tree of `old` leaves (RFC 6962, 2.1.2)."""
    if not 0 < old <= new:
        raise IndexError(f"a tree of {new} leaves does not grow from one of {old}")
    path: list[bytes] = []
    begin, end, whole = 0, new, True
    while old != end - begin:
        middle = begin + _half(end - begin)
        if old <= middle - begin:
            path.append(span(nodes, middle, end))
            end = middle
        else:
            path.append(span(nodes, begin, middle))
            old -= middle - begin
            begin, whole = middle, False
    return ([] if whole else [span(nodes, begin, end)]) + path[::-1]


def root_from_proof(leaf: bytes, index: int, size: int, proof: Sequence[bytes]) -> bytes | None:
    """The root that a proof leads to (RFC 9162, 2.1.3.2); None when it cannot be a proof for this place."""
    if index >= size:
        return None
    node, last, value = index, size - 1, leaf
    for step in proof:
        if last == 0:
            return None
        if node & 1 or node == last:
            value = node_hash(step, value)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            value = node_hash(value, step)
        node, last = node >> 1, last >> 1
    return value if last == 0 else None


def is_consistent(old: int, old_root: bytes, new: int, new_root: bytes, proof: Sequence[bytes]) -> bool:
    """Whether the proof shows that the new tree begins with the old one (RFC 9162, 2.1.4.2)."""
    if old == new:
        return not proof and old_root == new_root
    if not 0 < old < new or not proof:
        return False
    steps = list(proof) if old & (old - 1) else [old_root, *proof]
    node, last = old - 1, new - 1
    while node & 1:
        node, last = node >> 1, last >> 1
    first = second = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if node & 1 or node == last:
            first, second = node_hash(step, first), node_hash(step, second)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            second = node_hash(second, step)
        node, last = node >> 1, last >> 1
    return last == 0 and first == old_root and second == new_root
