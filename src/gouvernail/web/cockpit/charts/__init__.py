"""The charts of the pages that read a bearing, each with its numbers as a table."""
