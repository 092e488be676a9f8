"""Measure: what is credited with the sales, and the paths that people take."""
