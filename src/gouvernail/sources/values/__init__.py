"""How raw text becomes numbers, dates and pseudonyms: decided by column, then done by the query engine."""
