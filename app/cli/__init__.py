"""The command line `concord`: one module per command, loaded when it is called."""
