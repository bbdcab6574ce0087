"""The archive as data: tables, one SQLite file, JSON, an API, and what describes them."""
