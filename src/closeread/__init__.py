"""A measured close reading of news. Every finding points at the exact words it rests on."""

__version__ = "0.1.0"
