"""Frozen words that every part shares; they know of nothing but each other."""
