"""The parts of the picture that the program itself has, a file each."""
