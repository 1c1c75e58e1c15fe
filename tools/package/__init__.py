"""What makes the signed package: freezing, packing, signing, the repository, the release."""
