"""VNN-LIB property files as claims."""
