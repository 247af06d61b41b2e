"""When people publish, read and forward: weekday, hour and holidays in local time. All times are seconds since the log's start."""

from datetime import date, timedelta

import numpy as np

from helpers.marketing.planted import chance
from helpers.marketing.planted.settings import Settings

HOUR, DAY = 3600, 86400
WEEKDAYS = np.array([1.0, 1.05, 1.05, 1.0, 0.95, 0.45, 0.35])  # Monday first
HOURS = np.array([2, 1, 1, 1, 1, 3, 10, 30, 60, 90, 85, 65, 70, 55, 50, 60, 65, 60, 55, 60, 75, 80, 50, 15], float)
HOLIDAYS = ((date(2026, 2, 15), date(2026, 2, 23)), (date(2026, 10, 1), date(2026, 10, 7)))
HOLIDAY_SHARE = 0.15
NIGHT_ENDS, STAY_AWAKE = 6.5, 0.15


def day_weights(settings: Settings) -> np.ndarray:
    """How much is published on each day of the log: by weekday, little on holidays."""
    days = [settings.start.date() + timedelta(days=day) for day in range(settings.days)]
    holiday = np.array([any(first <= day <= last for first, last in HOLIDAYS) for day in days])
    return WEEKDAYS[[day.weekday() for day in days]] * np.where(holiday, HOLIDAY_SHARE, 1.0)


def publish_times(rng: np.random.Generator, first_day: np.ndarray, settings: Settings) -> np.ndarray:
    """One publishing time for each first day (the day on which its salesperson joined), by the days' and hours' weights."""
    cumulated = np.cumsum(day_weights(settings))
    before = np.concatenate([[0.0], cumulated])[first_day]
    target = np.round(before + rng.random(len(first_day)) * (cumulated[-1] - before), chance.DIGITS)
    day = np.minimum(np.searchsorted(np.round(cumulated, chance.DIGITS), target, side="right"), settings.days - 1)
    hour = chance.choice(rng, HOURS, len(day))
    return day * DAY + hour * HOUR + chance.whole(rng, HOUR, len(day))


def read_times(rng: np.random.Generator, shared: np.ndarray) -> np.ndarray:
    """When a link shared at those times is opened: half within 2.5 hours; most of what would fall into the night waits for the morning."""
    opened = shared + (chance.lognormal(rng, 2.5, 1.5, len(shared)) * HOUR).astype(int) + 20
    asleep = (opened % DAY < NIGHT_ENDS * HOUR) & ~chance.happens(rng, STAY_AWAKE, len(shared))
    morning = opened - opened % DAY + int(NIGHT_ENDS * HOUR) + chance.whole(rng, 3 * HOUR, len(shared))
    return np.where(asleep, morning, opened)


def soon_after(rng: np.random.Generator, times: np.ndarray) -> np.ndarray:
    """A few minutes later: forwarding or registering after a read."""
    return times + (chance.lognormal(rng, 0.08, 0.8, len(times)) * HOUR).astype(int) + 5
