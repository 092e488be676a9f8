"""Gouvernail ties marketing execution to business strategy."""

__version__ = "0.1.0"
