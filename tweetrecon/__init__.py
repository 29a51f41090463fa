"""Embedded-tweet capture and thread reconstruction."""

__version__ = "0.1.0"
