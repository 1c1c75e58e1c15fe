"""The package as administrators meet it: run by `make package-test` alone, see conftest.py."""
