"""The explorer: the lecture as one page to play with, without server or request, its numbers exact."""
