"""Facts at rest and the engine that asks them: canonical tables, the lake, Ibis. See docs/lake.md."""
