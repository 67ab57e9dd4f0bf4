"""The commands of the command line, a file each; `pynn.cli` finds them.

Each has `add`, which tells a parser what it takes, and EXAMPLE, the end of its help. Its
docstring is the help's beginning. The other files are what several of them share:
`examples`, `tables` and `pictures` read data, `about` keeps what a network alone does not
say, `layers` reads --layers, `learning` trains.
"""
