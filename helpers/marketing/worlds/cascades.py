"""Growing one world: salespeople, their weekly articles, and readings that lead to readings by forwarding.

Everything that chance decides is drawn here, once. What happens under any placement of the module or of better content is then a matter of comparing
the same draws with other probabilities (common random numbers; see outcome.play).
"""

from dataclasses import dataclass

import numpy as np

from helpers.marketing.worlds.tool import Tool

DEEPEST = 25  # a chain of forwards longer than this is cut; at 0.8 forwards a read fewer than 0.4 % of readings lie deeper


@dataclass(frozen=True)
class World:
    """Arrays by salesperson and by reading. Readings are in generations: first all direct ones, then their forwards, and so on.

    By salesperson: taste, momentum, and draws for who volunteers and for the arms of the tests.
    By reading: page (salesperson whose page was read), author (whose article it was), reader, when (weeks), parent (row of
    the reading it was forwarded from, -1 for none), present (takes place without better content), chance (of registering without
    module), looks (would look at the module if shown), carried (the forward brings along what its sender saw), luck (registers if below the chance).
    generations: slices of the rows by depth of forward.
    """

    tool: Tool
    taste: np.ndarray
    momentum: np.ndarray
    volunteering: np.ndarray
    module_draw: np.ndarray
    content_draw: np.ndarray
    reader_draw: np.ndarray
    page: np.ndarray
    author: np.ndarray
    reader: np.ndarray
    when: np.ndarray
    parent: np.ndarray
    present: np.ndarray
    chance: np.ndarray
    looks: np.ndarray
    carried: np.ndarray
    luck: np.ndarray
    generations: tuple[slice, ...]

    @property
    def late(self) -> np.ndarray:
        """By reading: at or after the launch."""
        return self.when >= self.tool.launch


@dataclass(frozen=True)
class _Readings:
    """One generation while it grows; kept: takes place without better content too."""

    page: np.ndarray
    article: np.ndarray
    when: np.ndarray
    parent: np.ndarray
    carried: np.ndarray
    kept: np.ndarray


def simulate(tool: Tool, rng: np.random.Generator) -> World:
    """One world of the tool: everything drawn, nothing decided yet about who is shown the module."""
    people = _salespeople(tool, rng)
    quality = _qualities(tool, people, rng)
    generations = _grow(tool, people["size"], quality, rng)
    rows = {name: np.concatenate([getattr(g, name) for g in generations]) for name in _Readings.__dataclass_fields__}
    ends = np.cumsum([0, *(len(g.page) for g in generations)])
    spans = tuple(slice(a, b) for a, b in zip(ends[:-1], ends[1:], strict=True))
    return World(
        tool,
        **{name: people[name] for name in ("taste", "momentum", "volunteering", "module_draw", "content_draw")},
        **_readers(tool, people, rows, quality, rng),
        **{name: rows[name] for name in ("page", "when", "parent", "carried")},
        author=rows["article"] // tool.weeks,
        present=_rooted(rows["kept"], rows["parent"], spans),
        luck=rng.random(len(rows["page"])),
        generations=spans,
    )


def _salespeople(tool: Tool, rng: np.random.Generator) -> dict[str, np.ndarray]:
    """By salesperson: mean reads a week (heavy-tailed), own registration rate (beta, so that the ICC is as set), taste, momentum, draws."""
    k = tool.salespeople
    size = np.exp(tool.size_spread * rng.standard_normal(k))
    return {
        "size": tool.reads_per_week * size / size.mean(),
        "rate": _baselines(tool, rng),
        "taste": tool.taste * rng.standard_normal(k),
        "momentum": tool.momentum * rng.standard_normal(k),
        "volunteering": rng.random(k),
        "module_draw": rng.random(k),
        "content_draw": rng.random(k),
    }


def _baselines(tool: Tool, rng: np.random.Generator) -> np.ndarray:
    """Registration rates by salesperson: beta with the mean and the intraclass correlation of the tool (1/(a + b + 1))."""
    if tool.icc == 0:
        return np.full(tool.salespeople, tool.registration)
    weight = 1 / tool.icc - 1
    return rng.beta(tool.registration * weight, (1 - tool.registration) * weight, tool.salespeople)


def _qualities(tool: Tool, people: dict[str, np.ndarray], rng: np.random.Generator) -> np.ndarray:
    """Quality of each salesperson's article of each week (flat, salesperson by salesperson)."""
    late = np.arange(tool.weeks) >= tool.launch
    level = people["taste"][:, None] + people["momentum"][:, None] * late
    return (level + rng.standard_normal((tool.salespeople, tool.weeks))).ravel()


def _grow(tool: Tool, size: np.ndarray, quality: np.ndarray, rng: np.random.Generator) -> list[_Readings]:
    """Direct readings and, generation by generation, what they are forwarded to.

    Readings that only better content brings (weeks from the launch on) are grown too, and marked as not kept.
    """
    late = np.tile(np.arange(tool.weeks) >= tool.launch, tool.salespeople)
    direct = np.repeat(size, tool.weeks) * (1 - tool.forwards_per_read) * _drawn_by(tool.quality_on_reading, quality)
    seeds = _offspring(direct, late, tool.quality_on_reading * tool.content_effect, rng)
    page = seeds // tool.weeks
    nobody, anybody = np.full(len(seeds), -1), np.zeros(len(seeds), bool)
    kept = _kept(late[seeds], tool.quality_on_reading * tool.content_effect, rng)
    generations = [_Readings(page, seeds, seeds % tool.weeks + rng.random(len(seeds)), nobody, anybody, kept)]
    forwards = tool.forwards_per_read * _drawn_by(tool.quality_on_forwarding, quality)
    first_row, shares = 0, np.cumsum(size / size.sum())
    while len(generations[-1].page) and len(generations) <= DEEPEST:
        sender = generations[-1]
        generations.append(_forwarded(tool, sender, first_row, forwards, late, shares, rng))
        first_row += len(sender.page)
    return generations if len(generations[-1].page) else generations[:-1]


def _forwarded(tool, sender: _Readings, first_row: int, forwards, late, shares, rng) -> _Readings:
    """The next generation: same article, a little later; a two-way forward carries exposure and may land on another salesperson's page."""
    gain = tool.quality_on_forwarding * tool.content_effect
    origin = _offspring(forwards[sender.article], late[sender.article], gain, rng)
    n, article = len(origin), sender.article[origin]
    carried = rng.random(n) < tool.two_way
    crosses = np.flatnonzero(carried & (rng.random(n) < tool.crossing))
    page = sender.page[origin]
    page[crosses] = np.minimum(np.searchsorted(shares, rng.random(len(crosses))), tool.salespeople - 1)
    when = np.minimum(sender.when[origin] + 0.1 * rng.random(n), np.floor(sender.when[origin]) + 0.999_999)
    return _Readings(page, article, when, first_row + origin, carried, _kept(late[article], gain, rng))


def _drawn_by(strength: float, quality: np.ndarray) -> np.ndarray:
    """How quality multiplies a rate: log-linear, 1 on average over articles of spread 1."""
    return np.exp(strength * quality - strength**2 / 2)


def _offspring(mean: np.ndarray, late: np.ndarray, gain: float, rng: np.random.Generator) -> np.ndarray:
    """For each event that follows, the row it follows from: Poisson numbers, as many as better content would bring."""
    return np.repeat(np.arange(len(mean)), rng.poisson(mean * np.where(late, np.exp(gain), 1)))


def _kept(late: np.ndarray, gain: float, rng: np.random.Generator) -> np.ndarray:
    """Which of the events would have come without better content: thinning the Poisson numbers."""
    return ~late | (rng.random(len(late)) < np.exp(-gain))


def _rooted(kept: np.ndarray, parent: np.ndarray, generations: tuple[slice, ...]) -> np.ndarray:
    """Which readings take place without better content: kept, and so is everything they were forwarded from."""
    present = kept.copy()
    for rows in generations[1:]:
        present[rows] &= present[parent[rows]]
    return present


def _readers(tool: Tool, people: dict, rows: dict, quality: np.ndarray, rng: np.random.Generator) -> dict[str, np.ndarray]:
    """Who reads, of the circle of the page's salesperson, and from his interest: chance of registering and whether he'd look at the module."""
    circle = np.maximum(1, np.round(people["size"] * tool.weeks / tool.reads_per_reader)).astype(int)
    first = np.cumsum(circle) - circle
    page, n = rows["page"], len(rows["page"])
    reader = first[page] + (rng.random(n) * circle[page]).astype(int)
    interest = rng.standard_normal(circle.sum())
    eager = np.exp(tool.interest_on_registration * interest - tool.interest_on_registration**2 / 2)
    viewing = tool.view_share / (tool.view_share + (1 - tool.view_share) * np.exp(-tool.interest_on_viewing * interest))
    chance = people["rate"][page] * eager[reader] * _calendar(tool)[rows["when"].astype(int)]
    chance *= _drawn_by(tool.quality_on_registration, quality)[rows["article"]]
    return {
        "reader": reader,
        "reader_draw": rng.random(circle.sum()),
        "chance": chance,
        "looks": rng.random(n) < viewing[reader],
    }


def _calendar(tool: Tool) -> np.ndarray:
    """By week: how season and trend multiply registration (1 on average over a year without trend)."""
    week = np.arange(tool.weeks)
    return np.maximum(0, 1 + tool.trend * (week - tool.launch) / 52 - tool.season * np.sin(2 * np.pi * week / 52))
