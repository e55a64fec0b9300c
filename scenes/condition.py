"""Conditions: names, comparisons, ``and or not in``, numbers and words. Three-valued.

What no device has reported yet is *unknown* (None here): neither true nor false. ``and`` with one false is false,
``or`` with one true is true, whatever else is unknown; everything else that meets an unknown is unknown.

A name is dotted (``preface.entry.occupied``, ``venue.open``) and is looked up once, when the condition is read, by a
``Names`` of the loader; mistakes are ``ConditionError`` with a column.
"""

import ast
import operator
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from devices.vocabulary import Scalar, ValueType

Values = Mapping[str, Scalar]


class ConditionError(ValueError):
    """What is wrong with a condition, at which column (from 0) of its text."""

    def __init__(self, message: str, column: int = 0, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.column = column
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Known:
    """What a name stands for: the key of a value, its type, and whether the name is the value's opposite."""

    key: str
    type: ValueType
    opposite: bool = False


class Names(Protocol):
    """Where a condition's names come from."""

    def known(self, name: str) -> Known:
        """Raises ``ConditionError`` (its column is ignored) when there is no such name."""
        ...


Evaluate = Callable[[Values], Scalar]


@dataclass(frozen=True, slots=True)
class Condition:
    """A checked condition. Two are equal when their text is. ``keys`` are the values it reads."""

    text: str
    keys: tuple[str, ...]
    _evaluate: Evaluate

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Condition) and (self.text, self.keys) == (other.text, other.keys)

    def __hash__(self) -> int:
        return hash(self.text)

    def holds(self, values: Values) -> bool | None:
        """True, false, or None while unknown."""
        found = self._evaluate(values)
        return None if found is None else bool(found)

    def because(self, values: Values) -> str:
        """The values that decided, in words: ``preface.entry.count is 3, venue.open is unknown``."""
        return ", ".join(f"{key} is {plain(values.get(key))}" for key in self.keys)


def plain(value: Scalar) -> str:
    """A value in words."""
    if value is None:
        return "unknown"
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def all_of(conditions: Iterable[Condition]) -> Condition:
    """One condition that holds when all of these do."""
    several = tuple(conditions)
    if len(several) == 1:
        return several[0]
    keys = tuple(dict.fromkeys(key for one in several for key in one.keys))
    return Condition(" and ".join(one.text for one in several), keys, _and([one.holds for one in several]))


def read_condition(text: str, names: Names) -> Condition:
    """Reads and checks ``text``. Raises ``ConditionError``."""
    plain_text = text.strip()
    before = len(text) - len(text.lstrip())
    reader = _Reader(names)
    try:
        tree = ast.parse(plain_text, mode="eval").body
        type_, evaluate = reader.read(tree)
    except SyntaxError as error:
        raise _unreadable(text, before, error) from None
    except (RecursionError, MemoryError, ValueError) as error:
        if not isinstance(error, ConditionError):
            raise ConditionError("this is too long or too deep for a condition", before) from None
        column = len(plain_text.encode()[: error.column].decode(errors="ignore"))  # Python counts bytes
        raise ConditionError(error.message, before + column, error.hint) from None
    if type_ != "bool":
        said = f"{plain_text!r} is a {type_}, not true or false"
        raise ConditionError(said, before, "compare it with something, as in: count >= 4")
    return Condition(plain_text, tuple(dict.fromkeys(reader.keys)), evaluate)


def _unreadable(text: str, before: int, error: SyntaxError) -> ConditionError:
    """Names the sign of another language, where that is what stands there."""
    signs = {"&&": "and", "||": "or", "!": "not", "=": "=="}
    found = re.search(r"&&|\|\||!(?!=)|(?<![=!<>])=(?!=)", text)
    if found is None:
        return ConditionError(f"this is not a condition: {error.msg}", before + max((error.offset or 1) - 1, 0))
    sign = found.group()
    return ConditionError(f"{sign!r} is not a word of conditions", found.start(), f"write {signs[sign]!r}")


_COMPARE: Mapping[type[ast.cmpop], tuple[str, Callable[[Any, Any], bool]]] = {
    ast.Eq: ("==", operator.eq),
    ast.NotEq: ("!=", operator.ne),
    ast.Lt: ("<", operator.lt),
    ast.LtE: ("<=", operator.le),
    ast.Gt: (">", operator.gt),
    ast.GtE: (">=", operator.ge),
}
_TRUTHS = {"true": True, "false": False}


class _Reader:
    """Reads a tree into a closure; collects the keys it will look at."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.keys: list[str] = []

    def read(self, node: ast.expr) -> tuple[ValueType, Evaluate]:
        match node:
            case ast.BoolOp(op=op, values=values):
                parts = [self._truth(one) for one in values]
                return "bool", _and(parts) if isinstance(op, ast.And) else _or(parts)
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return "bool", _not(self._truth(operand))
            case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() | float() as number)):
                return "number", _constant(-number)
            case ast.Compare():
                return "bool", self._compare(node)
            case ast.Constant(value=bool() | int() | float() | str() as value):
                return _type(value), _constant(value)
            case ast.Name(id=name) if name in _TRUTHS:
                return "bool", _constant(_TRUTHS[name])
            case ast.Name() | ast.Attribute():
                return self._name(node)
        raise ConditionError(
            f"{ast.unparse(node)!r} cannot stand in a condition",
            node.col_offset,
            "use names, comparisons, and, or, not, in, numbers and 'words'",
        )

    def _truth(self, node: ast.expr) -> Evaluate:
        type_, evaluate = self.read(node)
        if type_ != "bool":
            raise ConditionError(f"{ast.unparse(node)!r} is a {type_}, not true or false", node.col_offset)
        return evaluate

    def _name(self, node: ast.expr) -> tuple[ValueType, Evaluate]:
        name = ast.unparse(node)
        if not all(part.isidentifier() for part in name.split(".")):
            raise ConditionError(f"{name!r} is not a name", node.col_offset)
        try:
            known = self.names.known(name)
        except ConditionError as error:
            raise ConditionError(error.message, node.col_offset, error.hint) from None
        self.keys.append(known.key)
        return known.type, _opposite_of(known.key) if known.opposite else _value_of(known.key)

    def _compare(self, node: ast.Compare) -> Evaluate:
        sides = [node.left, *node.comparators]
        parts = [
            self._membership(left, op, right) if isinstance(op, ast.In | ast.NotIn) else self._pair(left, op, right)
            for left, op, right in zip(sides, node.ops, sides[1:], strict=False)
        ]
        return parts[0] if len(parts) == 1 else _and(parts)

    def _pair(self, left: ast.expr, op: ast.cmpop, right: ast.expr) -> Evaluate:
        if type(op) not in _COMPARE:
            raise ConditionError("'is' compares nothing here", left.col_offset, "write '=='")
        sign, compare = _COMPARE[type(op)]
        (left_type, a), (right_type, b) = self.read(left), self.read(right)
        if left_type != right_type:
            said = f"{ast.unparse(left)!r} is a {left_type} and {ast.unparse(right)!r} a {right_type}: never {sign}"
            raise ConditionError(said, right.col_offset)
        if left_type != "number" and sign not in ("==", "!="):
            raise ConditionError(f"{sign} compares numbers, not a {left_type}", left.col_offset)
        return _compared(compare, a, b)

    def _membership(self, left: ast.expr, op: ast.cmpop, right: ast.expr) -> Evaluate:
        if not isinstance(right, ast.List | ast.Tuple):
            raise ConditionError("'in' wants a list", right.col_offset, "as in: language in ['zh', 'en']")
        parts = [self._pair(left, ast.Eq(), one) for one in right.elts]
        return _not(_or(parts)) if isinstance(op, ast.NotIn) else _or(parts)


def _type(value: Scalar) -> ValueType:
    if isinstance(value, bool):
        return "bool"
    return "text" if isinstance(value, str) else "number"


def _constant(value: Scalar) -> Evaluate:
    return lambda _: value


def _value_of(key: str) -> Evaluate:
    return lambda values: values.get(key)


def _opposite_of(key: str) -> Evaluate:
    return lambda values: None if (found := values.get(key)) is None else not found


def _compared(compare: Callable[[Any, Any], bool], a: Evaluate, b: Evaluate) -> Evaluate:
    def evaluate(values: Values) -> Scalar:
        left, right = a(values), b(values)
        return None if left is None or right is None else compare(left, right)

    return evaluate


def _not(part: Evaluate) -> Evaluate:
    return lambda values: None if (found := part(values)) is None else not found


def _and(parts: list[Evaluate]) -> Evaluate:
    def evaluate(values: Values) -> Scalar:
        unknown = False
        for part in parts:
            found = part(values)
            if found is None:
                unknown = True
            elif not found:
                return False
        return None if unknown else True

    return evaluate


def _or(parts: list[Evaluate]) -> Evaluate:
    def evaluate(values: Values) -> Scalar:
        unknown = False
        for part in parts:
            found = part(values)
            if found is None:
                unknown = True
            elif found:
                return True
        return None if unknown else False

    return evaluate
