"""Dataclasses to plain data that JSON can hold, and back by their type hints."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints


def to_plain(value: Any) -> Any:
    """Dataclasses become dicts with their fields in order, tuples lists."""
    if is_dataclass(value):
        return {field.name: to_plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [to_plain(item) for item in value]
    return value


@cache
def _fields_of(kind: type) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in fields(kind)}


def from_plain(kind: Any, value: Any) -> Any:
    """Inverse of `to_plain`; `kind` is the type that the value shall have. Raises KeyError where a field is missing."""
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        if value is None:
            return None
        return from_plain(next(arg for arg in get_args(kind) if arg is not NoneType), value)
    if origin is tuple:
        return tuple(from_plain(get_args(kind)[0], item) for item in value)
    if isinstance(kind, type) and is_dataclass(kind):
        return kind(**{name: from_plain(hint, value[name]) for name, hint in _fields_of(kind).items()})
    return value
