"""Looks at policies without deciding with them: finds what is wrong, risky or superfluous in them."""
