"""The example is a repository of its own: it is run by test_plugin.py, not collected here."""

collect_ignore = ["example"]
