"""What `journal verify` looks at, a subject a file; each gives what is wrong."""
