"""The tests: real files, real servers, real windows."""
