"""The common operating picture, a pure fold of records."""
