"""Amounts written as sums of products of unknowns and numbers, such as "calls * price * 0.5 + fees": read without running anything."""

import re
from dataclasses import dataclass

import numpy as np

from helpers.decision.uncertainty import Draws
from helpers.intake.refusal import Refusal

NAME, NUMBER = re.compile(r"[a-z_]\w*"), re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True)
class Sum:
    """A sum of products; each product is a number times the unknowns that it names."""

    products: tuple[tuple[float, tuple[str, ...]], ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The unknowns in it, each once."""
        return tuple(dict.fromkeys(name for _, names in self.products for name in names))

    def of(self, draws: Draws) -> np.ndarray | float:
        """Its value per draw."""
        return sum(number * np.prod([draws[name] for name in names], axis=0) for number, names in self.products)


def read_sum(text: str, where: str) -> Sum:
    """The sum that a text says. Raises Refusal where it holds anything but names, numbers, * and +."""
    return Sum(tuple(_product(part, text, where) for part in text.split("+")))


def _product(part: str, text: str, where: str) -> tuple[float, tuple[str, ...]]:
    factors = [factor.strip() for factor in part.split("*")]
    odd = [factor for factor in factors if not NAME.fullmatch(factor) and not NUMBER.fullmatch(factor)]
    if odd:
        raise Refusal(f"'{text}' can't be read as an amount", where, "write a number, a range [low, high], or unknowns multiplied: calls * price * 0.5")
    numbers = [float(factor) for factor in factors if NUMBER.fullmatch(factor)]
    return float(np.prod(numbers)), tuple(factor for factor in factors if NAME.fullmatch(factor))
