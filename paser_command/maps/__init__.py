"""What maps are made of besides the picture: layers as defined, vector files, tiles."""
