"""What leaves the building: maps as files that need neither the journal nor the internet."""
