"""Steps of a case remembered from scenario to scenario: a step is worked out again only if something that it read came out different.

Every step notes, in order, which parameters it read and which other steps it used, with a fingerprint of what each gave. Under other
parameters it is valid if all of these, asked for in the same order, give the same again: then it would compute just what it computed.
What can't be fingerprinted, and whatever keeps hold of the parameters themselves, is never remembered.
"""

import pickle
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, is_dataclass
from functools import cached_property
from hashlib import blake2b
from inspect import isfunction, signature
from io import BytesIO
from itertools import count

from helpers.intake.held import HELD

KEPT = 8  # results of a step
Note = tuple[str, str, str]  # "value" or "step", its name, its fingerprint


class Watched(Mapping):
    """Parameter values that tell who reads them. It refuses to be pickled, so that no remembered result holds on to it."""

    def __init__(self, values: Mapping[str, object], notes: Callable[[Note], None]):
        self._values, self._notes = dict(values), notes
        self.prints = {name: f"{type(value).__name__} {value!r}" for name, value in values.items()}

    def __getitem__(self, name: str) -> object:
        value = self._values[name]
        self._notes(("value", name, self.prints[name]))
        return value

    def __iter__(self) -> Iterator[str]:
        for name in self._values:
            self._notes(("value", name, self.prints[name]))
        return iter(self._values)

    def __contains__(self, name: object) -> bool:
        return name in self._values  # which parameters there are is the same in all scenarios

    def __len__(self) -> int:
        return len(self._values)

    def __reduce__(self):
        raise TypeError("parameters are not to be kept")


class _Content(pickle.Pickler):
    """Pickles what an object is, without the answers that it holds for who asks again."""

    def reducer_override(self, obj: object) -> object:
        state = getattr(obj, "__dict__", None)
        if isinstance(obj, type) or not is_dataclass(obj) or not isinstance(state, dict):
            return NotImplemented
        return object.__new__, (type(obj),), {name: value for name, value in state.items() if name != HELD}


def fingerprint(result: object) -> str:
    """What stands for a result: the same only where the result is. Raises whatever pickling raises."""
    content = BytesIO()
    _Content(content, protocol=5).dump(result)
    return blake2b(content.getbuffer(), digest_size=16).hexdigest()


@dataclass(frozen=True)
class Remembered:
    """A step's result, what it was worked out from, and its fingerprint."""

    notes: tuple[Note, ...]
    result: object
    print: str


@dataclass
class Memory:
    """What is remembered of the steps of one kind of case."""

    steps: dict[str, deque[Remembered]] = field(default_factory=dict)
    worked_out: dict[str, int] = field(default_factory=dict)
    _open: list[dict[tuple[str, str], str]] = field(default_factory=list)
    _unique: Iterator[int] = field(default_factory=count)

    def note(self, note: Note) -> None:
        """The step under way read this."""
        if self._open:
            self._open[-1].setdefault(note[:2], note[2])

    def step(self, case: object, name: str, compute: Callable[[], object]) -> object:
        """The result of the step for this case (or a part of it), remembered or worked out; noted by the step that asks."""
        found = self._found(case, name, compute)
        self.note(("step", name, found.print))
        return found.result

    def _found(self, case: object, name: str, compute: Callable[[], object]) -> Remembered:
        settled = case.__dict__["_settled"]
        if name not in settled:
            valid = next((each for each in tuple(self.steps.get(name, ())) if self._holds(case, each)), None)
            settled[name] = valid or self._work_out(name, compute)
        return settled[name]

    def _holds(self, case: object, each: Remembered) -> bool:
        """Whether all that it was worked out from is the same now; asks in the same order, and no further than the first difference."""
        return all(self._now(case, kind, name) == was for kind, name, was in each.notes)

    def _now(self, case: object, kind: str, name: str) -> str:
        if kind == "value":
            return case.__dict__["values"].prints[name]
        self._open.append({})  # asking is no reading of the step under way
        try:
            part, _, own = name.rpartition(".")
            whole = case.__dict__["_parts"][""]
            asked = getattr(whole, part) if part else whole
            getattr(type(asked), own).ask(asked)
        finally:
            self._open.pop()
        return case.__dict__["_settled"][name].print

    def _work_out(self, name: str, compute: Callable[[], object]) -> Remembered:
        self._open.append({})
        try:
            result = compute()
        finally:
            notes = tuple((kind, read, was) for (kind, read), was in self._open.pop().items())
        self.worked_out[name] = self.worked_out.get(name, 0) + 1
        try:
            made = Remembered(notes, result, fingerprint(result))
        except Exception:  # whatever can't be pickled is simply not remembered
            return Remembered(notes, result, f"unique {next(self._unique)}")
        self.steps.setdefault(name, deque(maxlen=KEPT)).appendleft(made)
        return made


class Step:
    """A step of a case in place of its cached property (or of a method without arguments: then `called`). name: with that of the part before it."""

    def __init__(self, name: str, compute: Callable[[object], object], memory: Memory, called: bool = False):
        self.name, self.compute, self.memory, self.called = name, compute, memory, called

    def ask(self, case: object) -> object:
        """The step's result for this case."""
        return self.memory.step(case, self.name, lambda: self.compute(case))

    def __get__(self, case: object, owner: type) -> object:
        if case is None:
            return self
        return (lambda: self.ask(case)) if self.called else self.ask(case)

    def __set__(self, case: object, value: object) -> None:
        raise AttributeError(f"{self.name} is worked out, not set")


def remembering(kind: type, memory: Memory, fields: Mapping[str, Callable[[Mapping], object]], part: str = "") -> type:
    """The class `kind` with every cached property and every method without arguments remembered, and its `fields` worked out from the values."""
    own: dict[str, object] = {}
    named = f"{part}.{{}}" if part else "{}"
    for cls in reversed(kind.__mro__):
        for name, member in vars(cls).items():
            if isinstance(member, cached_property):
                own[name] = Step(named.format(name), member.func, memory)
            elif isfunction(member) and not name.startswith("__") and len(signature(member).parameters) == 1:
                own[name] = Step(named.format(name), member, memory, called=True)
            else:
                own.pop(name, None)
    own |= {name: Step(named.format(name), lambda case, make=make: make(case.values), memory) for name, make in fields.items()}
    return type(f"Remembering{kind.__name__}", (kind,), own)


def part_of(whole: type, name: str, kind: type, memory: Memory, fields: Mapping[str, str]) -> None:
    """Let the attribute `name` of the remembering class `whole` be a part with steps of its own; fields: attribute of the part -> step of the whole."""
    remembered = remembering(kind, memory, {}, name)
    for field_, source in fields.items():
        setattr(remembered, field_, property(lambda part, source=source: getattr(part.__dict__["_parts"][""], source)))

    def part(case: object) -> object:
        parts = case.__dict__["_parts"]
        if name not in parts:
            parts[name] = object.__new__(remembered)
            parts[name].__dict__.update({key: case.__dict__[key] for key in ("values", "_parts", "_settled")})
        return parts[name]

    setattr(whole, name, property(part))


def open_remembered(kind: type, values: Mapping[str, object], memory: Memory) -> object:
    """A case of such a class under these values; nothing is worked out yet."""
    case = object.__new__(kind)
    case.__dict__.update(values=Watched(values, memory.note), _parts={"": case}, _settled={})
    return case
