"""Which version of Ostiary this is."""

VERSION = "0.1.0"
