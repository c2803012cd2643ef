"""Frozen value classes that are cheap to define.

`@record` makes of a class with annotations what `@dataclass(frozen=True, slots=True)` makes of it, but compiles its
constructor at the first call instead of at import: a search at the prompt defines some fifty such classes and uses a
dozen. `dataclasses.fields`, `replace`, `asdict` and `is_dataclass` work
on them as on any dataclass.
"""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeVar, dataclass_transform, overload

if TYPE_CHECKING:
    from types import FunctionType, ModuleType

T = TypeVar("T")
_NONE = object()
_set = object.__setattr__
_PICKLED_WHOLE_UP_TO = 6  # attributes; with more, values that are empty by default are left out
_DISPLAYS: dict[object, str] = {list: "[]", dict: "{}"}  # cheaper than a call, and a draft has twenty lists


class Attribute:
    """A field's default or default factory, whether equality compares it, and whether it is set by name only."""

    __slots__ = ("compare", "default", "factory", "kw_only")

    def __init__(self, default: Any, factory: Callable[[], Any] | None, compare: bool, kw_only: bool) -> None:
        self.default = default
        self.factory = factory
        self.compare = compare
        self.kw_only = kw_only


def attribute(
    *,
    default: Any = _NONE,
    default_factory: Callable[[], Any] | None = None,
    compare: bool = True,
    kw_only: bool = False,
) -> Any:
    """Declare a field.

    Args:
        default, default_factory: its value where none is given. compare: whether equality and hash use it.
        kw_only: the constructor takes it by name only.
    """
    return Attribute(default, default_factory, compare, kw_only)


@overload
@dataclass_transform(frozen_default=True, field_specifiers=(attribute,))
def record(cls: type[T], /) -> type[T]: ...
@overload
@dataclass_transform(frozen_default=True, field_specifiers=(attribute,))
def record(*, kw_only: bool = False, frozen: bool = True) -> Callable[[type[T]], type[T]]: ...
@dataclass_transform(frozen_default=True, field_specifiers=(attribute,))
def record(cls: type[T] | None = None, /, *, kw_only: bool = False, frozen: bool = True) -> object:
    """Make a value class: slots, equality and hash by value, a constructor in the order of the annotations.

    The fields of a base that is such a class come first, those that are set by name last.

    Args:
        kw_only: the constructor takes names only.
        frozen: attributes cannot be set; without it they can, and there is no hash.
    """

    def make(plain: type[T]) -> type[T]:
        return _made(plain, kw_only, frozen)

    return make if cls is None else make(cls)


def _made(plain: type[T], kw_only: bool, frozen: bool) -> type[T]:
    own = {
        name: _attribute(plain, name, kw_only)
        for name, kind in plain.__annotations__.items()
        if not kind.startswith("ClassVar")
    }
    found: dict[str, Attribute] = {**getattr(plain, "__attributes__", {}), **own}
    attributes = dict(sorted(found.items(), key=lambda item: item[1].kw_only))
    positional = tuple(name for name in attributes if not attributes[name].kw_only)
    compared = tuple(name for name in attributes if attributes[name].compare)
    whole = len(positional) == len(attributes) <= _PICKLED_WHOLE_UP_TO
    body = {
        name: value
        for name, value in plain.__dict__.items()
        if name not in own and name not in ("__dict__", "__weakref__")
    }
    body.update(
        __slots__=tuple(own),
        __attributes__=attributes,
        __match_args__=positional,
        __init__=_Late(attributes, frozen),
        __repr__=_repr,
        __eq__=_equal(compared),
        __hash__=_hash(compared) if frozen else None,
        __reduce__=_reduce_whole(positional) if whole else _reduce(attributes),
        __dataclass_fields__=_Fields(attributes),
    )
    if frozen:
        body.update(__setattr__=_refuse_set, __delattr__=_refuse_delete)
    metaclass: Callable[..., type[T]] = type(plain)
    made = metaclass(plain.__name__, plain.__bases__, body)
    made.__qualname__ = plain.__qualname__
    return made


def _attribute(plain: type, name: str, kw_only: bool) -> Attribute:
    default = plain.__dict__.get(name, _NONE)
    found = default if isinstance(default, Attribute) else Attribute(default, None, True, False)
    found.kw_only |= kw_only
    return found


class _Late:
    """A constructor that is compiled, and replaces this object in the class, at first use."""

    def __init__(self, attributes: dict[str, Attribute], frozen: bool) -> None:
        self._attributes = attributes
        self._frozen = frozen
        self._owner: type | None = None

    def __set_name__(self, owner: type, name: str) -> None:
        self._owner = owner

    def __get__(self, instance: object, owner: type | None = None) -> Callable[..., None]:
        function = self._compiled()
        if self._owner is not None:
            type.__setattr__(self._owner, "__init__", function)
        return function if instance is None else function.__get__(instance, owner)

    def _compiled(self) -> FunctionType:
        space: dict[str, Any] = {"_NONE": _NONE}
        parameters, lines = list[str](), list[str]()
        for name, attribute_ in self._attributes.items():
            if attribute_.kw_only and "*" not in parameters:
                parameters.append("*")
            value = name
            if attribute_.factory is not None:
                space[f"_make_{name}"] = attribute_.factory
                parameters.append(f"{name}=_NONE")
                made = _DISPLAYS.get(attribute_.factory, f"_make_{name}()")
                value = f"{made} if {name} is _NONE else {name}"
            elif attribute_.default is not _NONE:
                space[f"_default_{name}"] = attribute_.default
                parameters.append(f"{name}=_default_{name}")
            else:
                parameters.append(name)
            if self._frozen:  # past `__setattr__`, by the slot itself
                space[f"_set_{name}"] = getattr(self._owner, name).__set__
            lines.append(f"_set_{name}(self, {value})" if self._frozen else f"self.{name} = {value}")
        source = f"def __init__({', '.join(['self', *parameters])}):\n " + "\n ".join(lines or ["pass"])
        exec(source, space)  # our own class bodies, as dataclasses does it
        function: FunctionType = space["__init__"]
        return function


class _Fields:
    """`__dataclass_fields__`, made on first access."""

    def __init__(self, attributes: dict[str, Attribute]) -> None:
        self._attributes = attributes
        self._made: dict[str, Any] | None = None

    def __get__(self, instance: object, owner: type) -> dict[str, object]:
        if self._made is None:
            import dataclasses

            probe: Any = dataclasses.make_dataclass(
                owner.__name__,
                [(name, object, _as_field(dataclasses, found)) for name, found in self._attributes.items()],
                kw_only=True,  # so that a field without default may follow one with
            )
            self._made = dict(probe.__dataclass_fields__)
        return self._made


def _as_field(dataclasses: ModuleType, found: Attribute) -> object:
    if found.factory is not None:
        return dataclasses.field(default_factory=found.factory, compare=found.compare)
    if found.default is not _NONE:
        # A dataclass refuses a default that cannot be hashed; here nothing changes it.
        return dataclasses.field(default_factory=lambda: found.default, compare=found.compare)
    return dataclasses.field(compare=found.compare)


def replace(value: T, **changes: object) -> T:
    """Return a copy with some values changed: a faster `dataclasses.replace`.

    Args:
        value: a frozen value. changes: attribute -> new value.

    Raises:
        TypeError: a name is not one of its attributes.
    """
    kind = type(value)
    made = object.__new__(kind)
    for name in getattr(kind, "__attributes__", kind.__slots__):  # type: ignore[attr-defined,union-attr]
        _set(made, name, changes.pop(name) if name in changes else getattr(value, name))
    if changes:
        raise TypeError(f"{kind.__name__} has no {', '.join(changes)}")
    return made


def _repr(self: Any) -> str:
    values = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.__attributes__)
    return f"{type(self).__qualname__}({values})"


def _getter(names: tuple[str, ...]) -> Callable[[object], object]:
    return attrgetter(*names) if names else lambda _: ()


def _equal(names: tuple[str, ...]) -> Callable[[object, object], object]:
    values = _getter(names)

    def equal(self: object, other: object) -> object:
        return values(self) == values(other) if type(self) is type(other) else NotImplemented

    return equal


def _hash(names: tuple[str, ...]) -> Callable[[object], int]:
    values = _getter(names)

    def hashed(self: object) -> int:
        return hash((type(self).__name__, values(self)))

    return hashed


def _reduce_whole(names: tuple[str, ...]) -> Callable[[object], tuple[object, ...]]:
    """Pickle as the constructor's arguments."""
    values = _getter(names) if len(names) != 1 else lambda self: (getattr(self, *names),)

    def reduce(self: object) -> tuple[object, ...]:
        return type(self), values(self)

    return reduce


def _reduce(attributes: dict[str, Attribute]) -> Callable[[object], tuple[object, ...]]:
    """Pickle without attributes that are empty by default: of a draft's thirty, some eight are set."""
    values: Callable[[object], tuple[object, ...]]
    values = attrgetter(*attributes) if len(attributes) > 1 else lambda self: (getattr(self, *attributes),)
    kinds = [_empty(attribute_) for attribute_ in attributes.values()]

    def reduce(self: object) -> tuple[object, ...]:
        state = {
            name: value
            for name, value, empty in zip(attributes, values(self), kinds, strict=True)
            if value or type(value) is not empty
        }
        return _rebuilt, (type(self), state)

    return reduce


def _empty(attribute_: Attribute) -> type | None:
    """The type of a default that is empty; None for none."""
    default = attribute_.factory() if attribute_.factory in (list, dict, tuple, frozenset) else attribute_.default
    return type(default) if default is not _NONE and not default else None


def _rebuilt(kind: type[T], state: dict[str, Any]) -> T:
    return kind(**state)


def _refuse_set(self: object, name: str, value: object) -> None:  # noqa: ARG001
    raise AttributeError(f"cannot assign to {name!r} of a {type(self).__name__}")


def _refuse_delete(self: object, name: str) -> None:
    raise AttributeError(f"cannot delete {name!r} of a {type(self).__name__}")
