"""The options file of a request: what is believed, what can be chosen, which log bears on it, and what the memo says beside numbers."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import inf
from pathlib import Path

import yaml

from helpers.decision.memo import Brief, brief_of
from helpers.decision.own.sums import Sum, read_sum
from helpers.decision.uncertainty import Assumption
from helpers.intake.refusal import Refusal

NOTHING = "do nothing"
AMOUNTS = {  # part of an option -> unit, what it is, least and greatest value, taken as where it is left out
    "cost_now": ("CNY", "cost now", -inf, inf, 0.0),
    "cost_monthly": ("CNY", "cost per month", -inf, inf, 0.0),
    "gain_monthly": ("CNY", "gain per month once everybody uses it", -inf, inf, 0.0),
    "adoption": ("share", "share who use it once settled", 0.0, 1.0, 1.0),
}
MONTHS = ("begins", "ready_after", "settles_after")
PARTS = {"title", "question", "asked", "log", "unknowns", "options", "status_quo", "next_steps"}
OF_UNKNOWN, OF_LOG = {"meaning", "unit", "range", "measured_as"}, {"file", "columns", "time_zone", "share_of"}
NAME = re.compile(r"[a-z_]\w{0,59}")


@dataclass(frozen=True)
class OwnOption:
    """One option. Amounts are sums over unknowns: CNY now, CNY per month, and the share who use it once settled.

    begins: month in which it is paid for; ready_after: months until it runs; settles_after: months from there until adoption has settled.
    """

    name: str
    cost_now: Sum = Sum(())
    cost_monthly: Sum = Sum(())
    gain_monthly: Sum = Sum(())
    adoption: Sum = Sum(((1.0, ()),))
    begins: int = 0
    ready_after: int = 0
    settles_after: int = 0


@dataclass(frozen=True)
class LogAsked:
    """Which log bears on the request, and how it is read: our column -> the file's; a column and its values that count."""

    file: str
    columns: Mapping[str, str] = field(default_factory=dict)
    time_zone: str = ""
    share_of: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class OwnPlan:
    """What the options file says. measured_as: unknown -> the finding that takes its place where the log gives it."""

    brief: Brief
    unknowns: tuple[Assumption, ...]
    measured_as: Mapping[str, str]
    options: tuple[OwnOption, ...]
    log: LogAsked | None


def read_plan(path: Path) -> OwnPlan:
    """The options file at `path`. Raises Refusal in words where a part is missing or can't be read."""
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # everything stays text: yes, no and 007 too
    except OSError as fault:
        raise Refusal("the options file can't be read", str(path), fault.strerror or "") from None
    except (yaml.YAMLError, UnicodeDecodeError) as fault:
        raise Refusal("the options file is not valid YAML", f"{path.name}: {fault}".replace("\n", " ")) from None
    return plan_of(content, path.name)


def plan_of(content: object, where: str) -> OwnPlan:
    """The plan in what was read from an options file, all of it text."""
    content = _mapping(content, PARTS, where, needed={"title", "question", "asked", "options"})
    brief = brief_of({"status_quo": [], "next_steps": {}} | content, where)
    given = [_unknown(name, entry, where) for name, entry in _named(content.get("unknowns") or {}, f"{where}, unknowns").items()]
    if not content["options"]:
        raise Refusal("it holds nothing", f"{where}, options", "write at least one option, as 'name:' and its parts below")
    read = [_option(name, entry, where) for name, entry in _named(content["options"], f"{where}, options").items()]
    options = tuple(option for option, _ in read)
    unknowns = tuple(known for known, _ in given) + tuple(known for _, own in read for known in own)
    plan = OwnPlan(brief, unknowns, {known.name: name for known, name in given if name}, _with_nothing(options), _log(content.get("log"), where))
    _check(plan, where)
    return plan


def _check(plan: OwnPlan, where: str) -> None:
    """Raise Refusal where names are given twice, or an option or the request names what isn't there."""
    names, options = [known.name for known in plan.unknowns], [option.name for option in plan.options]
    twice = sorted({name for many in (names, options) for name in many if many.count(name) > 1})
    if twice:
        raise Refusal(f"'{twice[0]}' is there twice", where, "give each unknown and each option a name of its own")
    for option in plan.options:
        lost = [name for part in AMOUNTS for name in getattr(option, part).names if name not in names]
        if lost:
            raise Refusal(f"no unknown is called '{lost[0]}'", f"{where}, option '{option.name}'", "known: " + ", ".join(names))
    if plan.brief.asked not in options:
        raise Refusal(f"'{plan.brief.asked}' was asked for, but no option is called so", where, "the options are: " + ", ".join(options))


def _with_nothing(options: tuple[OwnOption, ...]) -> tuple[OwnOption, ...]:
    return options if any(option.name == NOTHING for option in options) else (*options, OwnOption(NOTHING))


def _mapping(content: object, known: set[str], where: str, needed: set[str] = frozenset()) -> dict:
    """The content as a mapping of known names. Raises Refusal for any other, and where one is missing."""
    if not isinstance(content, dict):
        raise Refusal("it is not a list of names and what they stand for", where, "write each part as 'name: ...'")
    odd, missing = sorted(set(content) - known), sorted(needed - set(content))
    if odd or missing:
        what = f"there is no part '{odd[0]}'" if odd else f"the part '{missing[0]}' is missing"
        raise Refusal(what, where, f"the parts are: {', '.join(sorted(known))}")
    return content


def _named(entries: object, where: str) -> dict[str, object]:
    """Entries by names that can stand in a rule or a product."""
    if not isinstance(entries, dict):
        raise Refusal("it is not a list of names and what they stand for", where, "write each entry as 'name:' and its parts below")
    odd = [name for name in entries if not NAME.fullmatch(name)]
    if odd:
        raise Refusal(f"'{odd[0]}' can't be a name", where, "use small letters, digits and _, beginning with a letter")
    return entries


def _unknown(name: str, entry: object, where: str) -> tuple[Assumption, str]:
    where = f"{where}, unknown '{name}'"
    entry = _mapping(entry, OF_UNKNOWN, where, needed={"range"})
    unit = entry.get("unit", "")
    floor, ceiling = (0.0, 1.0) if unit == "share" else (-inf, inf)
    return believed_range(name, entry["range"], unit, entry.get("meaning") or name.replace("_", " "), floor, ceiling, where), entry.get("measured_as", "")


def believed_range(name: str, ends: object, unit: str, meaning: str, floor: float, ceiling: float, where: str) -> Assumption:
    """A range as an unknown: what is above zero and no share is lognormal, so that it stays there. Raises Refusal where it is no range."""
    numbers = [_number(end, where) for end in (ends if isinstance(ends, list) else [ends])]
    if not 1 <= len(numbers) <= 3:
        raise Refusal(f"{len(numbers)} numbers given", where, "write [low, high] or [low, most likely, high]")
    shape = "lognormal" if numbers[0] > 0 and unit != "share" else "normal"
    if unit == "share" and not floor <= numbers[0] <= numbers[-1] <= ceiling:
        raise Refusal(f"a share lies between 0 and 1, but the range is {numbers[0]:g} to {numbers[-1]:g}", where, "write 5 % as 0.05")
    return Assumption(name, numbers[0], numbers[-1], unit, meaning, numbers[1] if len(numbers) == 3 else None, shape, floor=floor, ceiling=ceiling)


def _number(text: object, where: str) -> float:
    try:
        return float(text)
    except (TypeError, ValueError):
        raise Refusal(f"'{text}' is not a number", where, "write 1200, not 1,200 or 1.2k") from None


def _option(key: str, entry: object, where: str) -> tuple[OwnOption, list[Assumption]]:
    """An option, and the unknowns that are its own (app_cost_now, app_adoption, ...)."""
    where = f"{where}, option '{key}'"
    entry = _mapping(entry, {"name", *AMOUNTS, *MONTHS}, where)
    name, own, amounts = " ".join(entry.get("name", key.replace("_", " ")).split()), [], {}
    for part, (unit, words, floor, ceiling, default) in AMOUNTS.items():
        given, place = entry.get(part), f"{where}, {part}"
        if isinstance(given, list):
            own.append(believed_range(f"{key}_{part}", given, unit, f"{name}: {words}", floor, ceiling, place))
            given = f"{key}_{part}"
        amounts[part] = Sum(((default, ()),)) if given is None else read_sum(str(given), place)
    months = {part: _month(entry.get(part, "0"), f"{where}, {part}") for part in MONTHS}
    return OwnOption(name, **amounts, **months), own


def _month(text: object, where: str) -> int:
    number = _number(text, where)
    if number != int(number) or number < 0:
        raise Refusal(f"'{text}' is not a number of months", where, "write a whole number from 0")
    return int(number)


def _log(entry: object, where: str) -> LogAsked | None:
    if not entry:
        return None
    entry = _mapping(entry, OF_LOG, f"{where}, log", needed={"file"})
    values = {column: tuple(named if isinstance(named, list) else [named]) for column, named in (entry.get("share_of") or {}).items()}
    return LogAsked(entry["file"], entry.get("columns") or {}, entry.get("time_zone", ""), values)
