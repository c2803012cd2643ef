"""Frozen value classes behave as dataclasses do."""

from __future__ import annotations

import dataclasses
import pickle
from typing import ClassVar

import pytest

from morgue.runtime.frozen import attribute, record, replace


@record
class Point:
    x: int
    y: int = 0
    label: str = attribute(default="", compare=False)
    marks: list[int] = attribute(default_factory=list)

    @property
    def sum(self) -> int:
        return self.x + self.y


@record(kw_only=True, frozen=False)
class Box:
    height: int = 1
    width: int


def test_constructors_take_what_dataclasses_take() -> None:
    assert (Point(1).y, Point(1, 2).sum, Point(1, y=3).y, Point(1).marks) == (0, 3, 3, [])
    assert Box(width=2).height == 1
    for wrong in (lambda: Point(), lambda: Point(1, 2, 3, 4, 5), lambda: Point(z=1), lambda: Box(1, 2)):  # type: ignore[call-arg,misc]
        with pytest.raises(TypeError):
            wrong()


def test_default_makers_are_called_each_time() -> None:
    assert Point(1).marks is not Point(1).marks


def test_equality_and_hash_go_by_value_and_by_class() -> None:
    assert Point(1, 2) == Point(1, 2, "other label")
    assert Point(1, 2) != Point(2, 1)
    assert Point(1) != (1, 0, "", [])
    assert hash(Point(1, marks=())) == hash(Point(1, label="x", marks=()))  # type: ignore[arg-type]


def test_frozen_means_frozen() -> None:
    with pytest.raises(AttributeError):
        Point(1).x = 2  # type: ignore[misc]
    with pytest.raises(AttributeError):
        del Point(1).x
    box = Box(width=2)
    box.width = 3
    assert box.width == 3
    with pytest.raises(AttributeError):
        box.depth = 1  # type: ignore[attr-defined]
    with pytest.raises(TypeError):
        hash(box)


def test_dataclasses_and_pickle_know_them() -> None:
    point = Point(1, 2, "a", [3])

    assert dataclasses.is_dataclass(point)
    assert [field.name for field in dataclasses.fields(point)] == ["x", "y", "label", "marks"]
    assert dataclasses.replace(point, y=5) == Point(1, 5, marks=[3])
    assert dataclasses.asdict(Box(width=2)) == {"height": 1, "width": 2}
    assert pickle.loads(pickle.dumps(point)) == point
    assert pickle.loads(pickle.dumps(point)).label == "a"
    assert repr(point) == "Point(x=1, y=2, label='a', marks=[3])"


def test_patterns_match_by_position() -> None:
    match Point(1, 2):
        case Point(x, y):
            assert (x, y) == (1, 2)


def test_replace_changes_what_is_named_and_nothing_else() -> None:
    point = Point(1, 2, "a", [3])

    assert replace(point, y=5) == dataclasses.replace(point, y=5)
    assert replace(point, y=5).label == "a"
    assert point.y == 2
    with pytest.raises(TypeError, match="Point has no z"):
        replace(point, z=1)


@record
class Placed:
    where: int = attribute(default=-1, compare=False, kw_only=True)
    kind: ClassVar[str] = "any"


@record
class Named(Placed):
    kind = "named"
    name: str


@record
class Titled(Named):
    title: str = ""


def test_fields_are_inherited() -> None:
    titled = Titled("a", "b", where=3)

    assert (titled.name, titled.title, titled.where, titled.kind) == ("a", "b", 3, "named")
    assert titled == Titled("a", "b")
    assert titled != Named("a")
    assert replace(titled, where=5).where == 5
    assert repr(Named("a")) == "Named(name='a', where=-1)"
    assert [field.name for field in dataclasses.fields(titled)] == ["name", "title", "where"]
    assert pickle.loads(pickle.dumps(titled)).where == 3
    with pytest.raises(TypeError):
        Named("a", 3)  # type: ignore[misc]
    with pytest.raises(AttributeError):
        titled.where = 4  # type: ignore[misc]
