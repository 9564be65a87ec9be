"""Whether an annotation of Python allows more types than before, or fewer."""

import ast

from .effects import Effect, set_effect


def annotation_effect(was: str, now: str) -> Effect:
    """What another annotation allows, as far as its alternatives tell: `int | None` allows more than `int`."""
    old, new = _alternatives(was), _alternatives(now)
    # `Any` tells nothing that a type checker could miss.
    return "none" if "Any" in old | new else set_effect(old, new)


def _alternatives(annotation: str) -> frozenset[str]:
    try:
        tree = ast.parse(annotation, mode="eval").body
    except SyntaxError:
        return frozenset({annotation})
    return frozenset(_members(tree))


def _members(node: ast.expr) -> set[str]:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        return _members(node.left) | _members(node.right)
    if isinstance(node, ast.Subscript) and ast.unparse(node.value).rpartition(".")[2] in ("Union", "Optional"):
        inner = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        optional = {"None"} if ast.unparse(node.value).endswith("Optional") else set[str]()
        return set[str]().union(optional, *map(_members, inner))
    if isinstance(node, ast.Subscript) and ast.unparse(node.value).rpartition(".")[2] == "Literal":
        listed = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        return {f"Literal[{ast.unparse(one)}]" for one in listed}
    return {ast.unparse(node)}
