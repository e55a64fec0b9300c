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
_WANTED: Mapping[ValueType, str] = {  # what to write beside a value of that type
    "bool": "write true or false",
    "number": "write a number, without quotes",
    "text": "write a text, in quotes",
}
CALLED: Mapping[ValueType, str] = {"bool": "true or false", "number": "a number", "text": "text"}


class ConditionError(ValueError):
    """What is wrong with a condition: ``template`` with its ``values``, at which column (from 0) of its text.

    ``hint`` is what to do: a sentence, or whatever the loader's names gave.
    """

    def __init__(self, template: str, *values: object, column: int = 0, width: int = 0, hint: object = "") -> None:
        super().__init__(template.format(*values))
        self.template = template
        self.values = values
        self.column = column
        self.width = width
        self.hint = hint

    def moved(self, column: int, width: int = 0) -> "ConditionError":
        """The same at another place."""
        return ConditionError(self.template, *self.values, column=column, width=width or self.width, hint=self.hint)


@dataclass(frozen=True, slots=True)
class Known:
    """What a name stands for: the key of a value, its type, and whether the name is the value's opposite."""

    key: str
    type: ValueType
    opposite: bool = False


class Names(Protocol):
    """Where a condition's names come from."""

    def known(self, name: str) -> Known:
        """Raises ``ConditionError`` when there is no such name; its column counts from the name's first letter."""
        ...


Evaluate = Callable[[Values], Scalar]


@dataclass(frozen=True, slots=True)
class Condition:
    """A checked condition. Two are equal when their text is.

    ``keys`` are the values it reads, ``types`` theirs; ``constants`` are what it compares them with.
    """

    text: str
    keys: tuple[str, ...]
    _evaluate: Evaluate
    types: tuple[ValueType, ...] = ()
    constants: tuple[Scalar, ...] = ()

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
    types: dict[str, ValueType] = {}
    for one in several:
        types.update(zip(one.keys, one.types, strict=True))
    constants = tuple(constant for one in several for constant in one.constants)
    text = " and ".join(one.text for one in several)
    return Condition(text, tuple(types), _and([one.holds for one in several]), tuple(types.values()), constants)


def read_condition(text: str, names: Names) -> Condition:
    """Reads and checks ``text``. Raises ``ConditionError``."""
    plain_text = text.strip()
    before = len(text) - len(text.lstrip())
    reader = _Reader(names)
    try:
        tree = ast.parse(plain_text, mode="eval").body
    except SyntaxError as error:
        raise _unreadable(text, before, error) from None
    except (RecursionError, MemoryError, ValueError):
        raise ConditionError(_TOO_MUCH, column=before) from None
    try:
        type_, evaluate = reader.read(tree)
    except RecursionError:
        raise ConditionError(_TOO_MUCH, column=before) from None
    except ConditionError as error:
        start, end = _characters(plain_text, error.column), _characters(plain_text, error.column + error.width)
        raise error.moved(before + start, end - start) from None
    if type_ != "bool":
        hint = "compare it with something, as in: count >= 4"
        raise ConditionError(
            "'{}' is {}, not true or false", plain_text, CALLED[type_], column=before, width=len(plain_text), hint=hint
        )
    return Condition(plain_text, tuple(reader.keys), evaluate, tuple(reader.keys.values()), tuple(reader.constants))


_TOO_MUCH = "this is too long or too deep for a condition"


def _characters(text: str, column: int) -> int:
    """Python's parser counts bytes."""
    return len(text.encode()[:column].decode(errors="ignore"))


def _unreadable(text: str, before: int, error: SyntaxError) -> ConditionError:
    """Names the sign of another language, where that is what stands there."""
    found = re.search(r"&&|\|\||<>|===|=>|=<|!(?!=)|(?<![=!<>])=(?!=)|\b(?:AND|OR|NOT)\b", text)
    if found is None:
        column = min(before + max((error.offset or 1) - 1, 0), max(len(text) - 1, 0))
        if "never closed" in error.msg:
            return ConditionError("a bracket that is not closed", column=column, width=1, hint="close it")
        hint = "names, comparisons, and, or, not, in, numbers and 'words' make a condition"
        return ConditionError("this is not a condition", column=column, width=1, hint=hint)
    sign = found.group()
    return ConditionError(
        "'{}' is not a word of conditions", sign, column=found.start(), width=len(sign), hint=_MEANT[sign]
    )


_MEANT: Mapping[str, str] = {  # signs of other languages, and what to write in their place
    "&&": "write 'and'",
    "AND": "write 'and'",
    "||": "write 'or'",
    "OR": "write 'or'",
    "!": "write 'not'",
    "NOT": "write 'not'",
    "=": "write '=='",
    "===": "write '=='",
    "<>": "write '!='",
    "=>": "write '>='",
    "=<": "write '<='",
}


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
        self.keys: dict[str, ValueType] = {}
        self.constants: list[Scalar] = []

    def read(self, node: ast.expr) -> tuple[ValueType, Evaluate]:
        match node:
            case ast.BoolOp(op=op, values=values):
                parts = [self._truth(one) for one in values]
                return "bool", _and(parts) if isinstance(op, ast.And) else _or(parts)
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return "bool", _not(self._truth(operand))
            case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() | float() as number)):
                self.constants.append(-number)
                return "number", _constant(-number)
            case ast.Compare():
                return "bool", self._compare(node)
            case ast.Constant(value=bool() | int() | float() | str() as value):
                self.constants.append(value)
                return _type(value), _constant(value)
            case ast.Name(id=name) if name in _TRUTHS:
                return "bool", _constant(_TRUTHS[name])
            case ast.Name() | ast.Attribute():
                return self._name(node)
        hint = "use names, comparisons, and, or, not, in, numbers and 'words'"
        raise _at(node, "'{}' cannot stand in a condition", ast.unparse(node), hint=hint)

    def _truth(self, node: ast.expr) -> Evaluate:
        type_, evaluate = self.read(node)
        if type_ != "bool":
            raise _at(node, "'{}' is {}, not true or false", ast.unparse(node), CALLED[type_])
        return evaluate

    def _name(self, node: ast.expr) -> tuple[ValueType, Evaluate]:
        name = ast.unparse(node)
        if not all(part.isidentifier() for part in name.split(".")):
            raise _at(node, "'{}' is not a name", name)
        try:
            known = self.names.known(name)
        except ConditionError as error:
            raise error.moved(node.col_offset + error.column, error.width or len(name.encode())) from None
        self.keys[known.key] = known.type
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
            raise _at(left, "'is' compares nothing here", hint="write '=='")
        sign, compare = _COMPARE[type(op)]
        (left_type, a), (right_type, b) = self.read(left), self.read(right)
        if left_type != right_type:
            said = (ast.unparse(left), CALLED[left_type], ast.unparse(right), CALLED[right_type], sign)
            hint = _WANTED[left_type]
            raise _at(right, "{} is {} and {} is {}: {} cannot compare them", *said, hint=hint)
        if left_type != "number" and sign not in ("==", "!="):
            raise _at(left, "{} compares numbers, and {} is {}", sign, ast.unparse(left), CALLED[left_type])
        return _compared(compare, a, b)

    def _membership(self, left: ast.expr, op: ast.cmpop, right: ast.expr) -> Evaluate:
        if not isinstance(right, ast.List | ast.Tuple):
            raise _at(right, "'in' wants a list", hint="as in: language in ['zh', 'en']")
        parts = [self._pair(left, ast.Eq(), one) for one in right.elts]
        return _not(_or(parts)) if isinstance(op, ast.NotIn) else _or(parts)


def _at(node: ast.expr, template: str, *values: object, hint: str = "") -> ConditionError:
    """At the node's first line; columns and widths are bytes, as Python's parser counts them."""
    width = (node.end_col_offset or node.col_offset) - node.col_offset if node.end_lineno == node.lineno else 1
    return ConditionError(template, *values, column=node.col_offset, width=width, hint=hint)


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
