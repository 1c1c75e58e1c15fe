"""What somebody who mends the program needs to know of it, without a secret."""
