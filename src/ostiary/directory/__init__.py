"""The accounts' state and the rules it keeps; returns frozen values, never rows."""
