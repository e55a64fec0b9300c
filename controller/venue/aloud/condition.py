"""How a condition reads aloud: the same signs as ``scenes.condition``, each a fragment in two languages.

A ``not`` goes inward as far as there is a word for it: not occupied is empty, not at least is below.
"""

import ast
from collections.abc import Mapping, Sequence
from typing import Literal

from controller.venue.aloud.words import BRACKET, PLAIN, Words
from devices.registry import all_kinds
from devices.vocabulary import Kind, Spoken

_OWN: Mapping[str, tuple[Spoken, Spoken]] = {  # the venue's names, and their opposites
    "venue.open": (Spoken("the venue is open", "处于开馆期间"), Spoken("the venue is closed", "闭馆")),
}
_ALWAYS, _NEVER = Spoken("always", "始终成立"), Spoken("never", "始终不成立")
_NOT = Spoken("it is not so that {}", "并非{}")
_CLAUSE = Spoken("{} {clause}", "{}{clause}")
_VALUE = Spoken("{}'s {noun}", "{}的{noun}")
_FACT = (Spoken("it is {}", "{}"), Spoken("it is not {}", "不是{}"))
_MODE = (Spoken("the mode {} is on", "模式{}开启"), Spoken("the mode {} is off", "模式{}未开启"))
_CELL = (Spoken("{} is true", "{}为真"), Spoken("{} is not true", "{}不为真"))
_JOINED: Mapping[str, Spoken] = {"and": Spoken(", and ", "，且"), "or": Spoken(", or ", "，或")}
_COMPARED: Mapping[type[ast.cmpop], Spoken] = {
    ast.Eq: Spoken("{} is {right}", "{}为{right}"),
    ast.NotEq: Spoken("{} is not {right}", "{}不是{right}"),
    ast.Lt: Spoken("{} is below {right}", "{}小于{right}"),
    ast.LtE: Spoken("{} is at most {right}", "{}不超过{right}"),
    ast.Gt: Spoken("{} is above {right}", "{}大于{right}"),
    ast.GtE: Spoken("{} is at least {right}", "{}至少为{right}"),
    ast.In: Spoken("{} is {right}", "{}为{right}"),
    ast.NotIn: Spoken("{} is not among {right}", "{}不在{right}之列"),
}
_CONTRARY: Mapping[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq, ast.Lt: ast.GtE, ast.LtE: ast.Gt, ast.In: ast.NotIn,
    ast.NotEq: ast.Eq, ast.GtE: ast.Lt, ast.Gt: ast.LtE, ast.NotIn: ast.In,
}  # fmt: skip
_MIRRORED: Mapping[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.Eq, ast.NotEq: ast.NotEq, ast.Lt: ast.Gt, ast.Gt: ast.Lt, ast.LtE: ast.GtE, ast.GtE: ast.LtE,
}  # fmt: skip
_ROW = "ROW_"  # stands for $, which is no sign of Python's; no id has capitals


def read_condition_aloud(texts: Sequence[str], words: Words, joined: Literal["and", "or"] = "and") -> str:
    """One condition, or several of which all (``and``) or any (``or``) must hold. They have been checked before."""
    return _Reader(words).read(_tree(texts, joined))


def is_compound(texts: Sequence[str]) -> bool:
    """Whether what is read has several clauses."""
    return isinstance(_tree(texts, "or"), ast.BoolOp)


def _tree(texts: Sequence[str], joined: Literal["and", "or"]) -> ast.expr:
    trees = [_plain(ast.parse(text.strip().replace("$", _ROW), mode="eval").body) for text in texts]
    return trees[0] if len(trees) == 1 else ast.BoolOp(ast.And() if joined == "and" else ast.Or(), trees)


def _plain(node: ast.expr, *, contrary: bool = False) -> ast.expr:
    """The same without ``not`` before a bracket, and without chains: ``not (a or b)`` is ``not a and not b``."""
    match node:
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return _plain(operand, contrary=not contrary)
        case ast.Compare(left=left, ops=[_, _, *_] as ops, comparators=rights):
            pairs = zip([left, *rights], ops, rights, strict=False)
            chain = ast.BoolOp(ast.And(), [ast.Compare(one, [op], [right]) for one, op, right in pairs])
            return _plain(chain, contrary=contrary)
        case ast.BoolOp(op=op, values=values):
            return ast.BoolOp(
                ast.And() if isinstance(op, ast.And) is not contrary else ast.Or(),
                [_plain(one, contrary=contrary) for one in values],
            )
    return ast.UnaryOp(ast.Not(), node) if contrary else node


class _Reader:
    """Reads a tree; ``contrary`` reads what it is when it does not hold."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._put = words.put

    def read(self, node: ast.expr, *, contrary: bool = False) -> str:
        match node:
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return self.read(operand, contrary=not contrary)
            case ast.BoolOp(op=op, values=values):
                other = ast.Or if isinstance(op, ast.And) else ast.And
                mixed = [isinstance(one, ast.BoolOp) and isinstance(one.op, other) for one in values]
                read = [
                    self._put(BRACKET if far else PLAIN, self.read(one)) for one, far in zip(values, mixed, strict=True)
                ]
                return self._words.join(_JOINED["and" if isinstance(op, ast.And) else "or"], read)
            case ast.Compare(left=left, ops=[op], comparators=[right]):
                return self._compared(left, _CONTRARY[type(op)] if contrary else type(op), right)
            case ast.Constant() | ast.Name() if (truth := _truth(node)) is not None:
                return self._put(_ALWAYS if truth is not contrary else _NEVER)
        return self._clause(ast.unparse(node), contrary=contrary)

    def _compared(self, left: ast.expr, op: type[ast.cmpop], right: ast.expr) -> str:
        if op in _MIRRORED and _is_value(left) and not _is_value(right):
            left, op, right = right, _MIRRORED[op], left
        truth = _truth(right)
        if truth is not None:
            return self.read(_plain(left, contrary=truth is (op is ast.NotEq)))
        return self._put(_COMPARED[op], self._operand(left), {"right": self._operand(right, among=op is ast.In)})

    def _operand(self, node: ast.expr, *, among: bool = False) -> str:
        match node:
            case ast.List(elts=many) | ast.Tuple(elts=many):
                return self._words.series([self._operand(one) for one in many], "or" if among else "and")
            case ast.Constant(value=str() as text):
                return self._words.name(text.replace(_ROW, "$"))
            case _ if _is_value(node):
                return ast.unparse(node)
        name = ast.unparse(node)
        device, word, kind = self._split(name)
        if not word:
            return device
        if name in self._words.facts or name.startswith("mode."):
            return self._put(BRACKET, self.read(node))
        if name in _OWN or (kind is not None and (word not in kind.states or kind.states[word].type == "bool")):
            return self._put(BRACKET, self.read(node))
        return self._put(_VALUE, device, {"noun": self._put(_word(kind, word))})

    def _clause(self, name: str, *, contrary: bool) -> str:
        """A name that is true or false, or an event."""
        if name in _OWN:
            return self._put(_OWN[name][contrary])
        if name in self._words.facts:
            return self._put(_FACT[contrary], self._words.noun(name))
        if name.startswith("mode."):
            return self._put(_MODE[contrary], self._words.mode(name.removeprefix("mode.")))
        device, word, kind = self._split(name)
        if not word:
            return self._put(_CELL[contrary], device)
        clause, denied = _spoken(kind, word, contrary=contrary)
        return self._put(_NOT if denied else PLAIN, self._put(_CLAUSE, device, {"clause": self._put(clause)}))

    def _split(self, name: str) -> tuple[str, str, Kind | None]:
        """``hall.device.word``: the device as it is called, the word, the kind; a cell of a row has no word."""
        plain = name.replace(_ROW, "$")
        if plain.startswith("$") and plain.count(".") < 2:
            return self._words.filled(plain), "", None
        if plain in self._words.variables:
            return self._words.noun(plain), "", None
        device, _, word = plain.rpartition(".")
        kind = self._words.kind(device) or next((one for one in all_kinds().values() if word in one.words()), None)
        return self._words.device(device), word, kind


def _spoken(kind: Kind | None, word: str, *, contrary: bool) -> tuple[Spoken, bool]:
    """The clause for a word or its contrary; and whether it still has to be denied, for want of a word."""
    if kind is None or not contrary:
        return _word(kind, word), contrary
    pairs = {**kind.opposites, **{opposite: state for state, opposite in kind.opposites.items()}}
    found = kind.spoken.get(pairs.get(word, f"not {word}"))
    return (_word(kind, word), True) if found is None else (found, False)


def _word(kind: Kind | None, word: str) -> Spoken:
    """As its kind says it; of a kind that is not known yet, the word itself."""
    plain = Spoken(word.replace("_", " "), word.replace("_", " "))
    return plain if kind is None else kind.spoken.get(word, plain)


def _is_value(node: ast.expr) -> bool:
    """A number, a text, true or false: nothing that is looked up."""
    return isinstance(node, ast.Constant | ast.UnaryOp) or _truth(node) is not None


def _truth(node: ast.expr) -> bool | None:
    """``true`` and ``false``, however they are spelled."""
    match node:
        case ast.Constant(value=bool() as value):
            return value
        case ast.Name(id="true" | "false" as name):
            return name == "true"
    return None
