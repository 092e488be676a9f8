"""What is done first where several works wait: what somebody looks at the page for goes before what is made for later."""

LOOKED_FOR = 20
"""Somebody sent a file, or undoes an import, and watches the page."""
SOON = 10
"""A report that somebody ordered, a letter that somebody should have today."""
