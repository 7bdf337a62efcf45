"""Places (辖区): city → county → township → village or community → grid.

A place keeps its id through renames, new codes, moves, mergers and splits; its codes are dated rows.
``codes`` reads a code as text, ``tree`` finds places, ``changes`` is the only door through which the tree
changes, ``load`` brings it in.
"""
