"""The journal's schema from its first day on: old journals are brought up step by step."""
