"""ExplainDecision: what a call by somebody would come to, and why, without anything being done."""

from ostiary.services.ostiary.explain.operation import OPERATIONS

__all__ = ["OPERATIONS"]
