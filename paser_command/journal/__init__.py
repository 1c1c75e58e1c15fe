"""The journal: every record and every command, in one order, on SQLite or PostgreSQL."""
