"""Chance, in words that read as what they decide."""

from random import Random


def happens(random: Random, likelihood: float) -> bool:
    """Return True as often as `likelihood`, from 0 to 1, says."""
    return random.random() < likelihood


def one_of(random: Random, **weights: int) -> str:
    """Return one of the names, each as often as its weight says."""
    return random.choices(list(weights), list(weights.values()))[0]
