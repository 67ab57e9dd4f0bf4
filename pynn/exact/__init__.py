"""The same bits everywhere: arithmetic whose every operation is one that IEEE 754 defines.

Additions, multiplications, divisions and square roots have one right answer, on every
processor and in every browser. What differs between them is the order of a sum, whether a
product and a sum are rounded once or twice, and the C library's exp, log, sin and tanh. Here
all sums have a stated order, nothing is fused, and the functions are made of those operations.
A kernel in C, where there is one, does the same operations in the same order.
"""
