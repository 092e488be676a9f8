"""Work outside requests: the worker that does it, what a killed one left, and how work is called off."""
