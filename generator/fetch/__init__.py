"""The side door: the only code that brings data in from outside."""
