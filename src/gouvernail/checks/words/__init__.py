"""Words: what the text rules share. Tokens, word lists in English and French, inflection, the language of a text.

Modest on purpose: word lists and structure, no model. `docs/methods/text-rules.md` says how often they are right.
"""
