"""Speed of the web application: every page under 50 people at once, and against a bare template page."""

from benchmarks.web.bench import bench

__all__ = ["bench"]
