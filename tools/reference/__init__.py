"""Writers of the generated reference pages: each returns path → Markdown."""
