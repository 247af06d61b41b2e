"""Every scenario held against what the notebook declares, before the first kernel starts: one message lists all that is wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from helpers.batch.scenarios.source import Source
from helpers.intake.parameters import Literal, Parameter, check
from helpers.intake.refusal import Refusal

SHOWN = 12  # faults that are written out


@dataclass(frozen=True)
class _Desk:
    """Converts values one at a time and remembers each answer: a list of thousands says the same few things again and again."""

    declared: Sequence[Parameter]
    known: dict[tuple[str, str], tuple[Literal | None, str]]
    faults: dict[str, list[str]]

    def value(self, name: str, given: object, where: str) -> Literal | None:
        key = (name, repr(given))
        if key not in self.known:
            self.known[key] = _converted(name, given, self.declared)
        value, fault = self.known[key]
        if fault:
            self.faults.setdefault(fault, []).append(where)
        return value

    def values(self, given: Mapping[str, object], where: str) -> dict[str, Literal | None]:
        return {name: self.value(name, value, where) for name, value in given.items()}


def checked(source: Source, declared: Sequence[Parameter]) -> Source:
    """The same source with every value in its declared type.

    Raises Refusal that names every unknown parameter, wrong type, value out of range, and parameter that is set in two places, and where.
    """
    desk = _Desk(declared, {}, {})
    typed = replace(
        source, parameters=desk.values(source.parameters, "parameters"),
        listed=tuple(replace(each, parameters=desk.values(each.parameters, each.where)) for each in source.listed),
        grid=tuple(replace(axis, values=tuple(desk.value(axis.name, value, "grid") for value in axis.values)) for axis in source.grid),
        sample=_sample(source, desk),
    )  # fmt: skip
    faults = [*(_told(fault, places) for fault, places in desk.faults.items()), *_twice(source)]
    if faults:
        more = f"; and {len(faults) - SHOWN} more" if len(faults) > SHOWN else ""
        many = "one thing is wrong" if len(faults) == 1 else f"{len(faults)} things are wrong"
        raise Refusal(f"{many}, and nothing was run: " + "; ".join(faults[:SHOWN]) + more, source.file.name, "Mend the file and run again")
    return typed


def _sample(source: Source, desk: _Desk):
    if not source.sample:
        return None
    ranges = []
    for each in source.sample.ranges:
        ends = [desk.value(each.name, end, "sample") for end in each.ends]
        ranges.append(replace(each, choices=tuple(ends)) if each.choices else each)
    return replace(source.sample, ranges=tuple(ranges))


def _converted(name: str, given: object, declared: Sequence[Parameter]) -> tuple[Literal | None, str]:
    if not isinstance(given, str | int | float | bool):
        return None, f"'{name[:60]}' was given a list or table where one value is needed"
    if isinstance(given, str) and len(given) > 10_000:
        return None, f"'{name[:60]}' was given a text of {len(given):,} characters"
    try:
        return check({name: given}, declared)[name], ""
    except Refusal as refusal:
        return None, refusal.what if len(refusal.what) < 400 else f"{refusal.what[:397]}..."


def _told(fault: str, places: list[str]) -> str:
    distinct = list(dict.fromkeys(places))
    return f"{fault} [{distinct[0]}{f' and {len(distinct) - 1:,} more' if len(distinct) > 1 else ''}]"


def _twice(source: Source) -> list[str]:
    """Parameters that list, grid and sample would set against each other."""
    sets = [{name for each in source.listed for name in each.parameters}, {axis.name for axis in source.grid}, {each.name for each in source.sample.ranges} if source.sample else set()]
    names = sorted({name for number, one in enumerate(sets) for other in sets[number + 1 :] for name in one & other})
    return [f"'{name[:60]}' is set in more than one of scenarios, grid and sample" for name in names]
