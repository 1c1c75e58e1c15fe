"""An exercise: a scenario, and the embedded city backends that play it."""
