"""Text to model, or problems with their lines."""
