"""The topics of the audit, in the order in which they are asked: who we are, then the chain from the top."""

from __future__ import annotations

from gouvernail.checks.guide.question import Topic
from gouvernail.checks.guide.topics import around, execution, foundations, objectives, strategy

TOPICS: tuple[Topic, ...] = (
    *around.COMPANY,
    *foundations.TOPICS,
    *strategy.TOPICS,
    *objectives.TOPICS,
    *execution.TOPICS,
    *around.RHYTHM,
)
"""Every topic. A test binds each question to a field of the model and each code to a rule."""
