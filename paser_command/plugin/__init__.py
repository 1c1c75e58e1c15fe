"""Plugins: manifests read without running code, and the guard around what runs."""
