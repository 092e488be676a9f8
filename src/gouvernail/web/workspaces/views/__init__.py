"""Pages of organisations, their people and their settings, one module a page."""
