"""Measurements of speed, and what they are made with. Nothing here is part of the site."""
