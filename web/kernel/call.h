/* One call from Python: its arrays opened, checked and of one type, and its numbers read. */
#ifndef KERNEL_CALL_H
#define KERNEL_CALL_H

#include "arithmetic.h"
#include "operands.h"

enum { MOST_NUMBERS = 6 };

typedef struct {
    Operands operands;
    const Py_buffer *views; /* those of the operands */
    const Arithmetic *of;   /* for the type of the operands, and exact if that is asked for */
    double numbers[MOST_NUMBERS];
    double result; /* what Python gets, of a function that returns a value */
} Call;

/* Does the work and returns 1; or returns 0 and has touched nothing, because the operands are such
 * that NumPy had better do it. */
typedef int Body(Call *call);

Body matmul, affine, affine_gradients;
Body relu, relu_gradient, leaky_relu, leaky_relu_gradient;
Body sigmoid, sigmoid_gradient, tanh_, tanh_gradient, softmax;
Body cross_entropy, binary_cross_entropy;
Body add_scaled, momentum, rmsprop, adam;
Body take_rows, take_pixels;
Body convolve, convolution_gradients;
Body max_pool, max_pool_gradient, average_pool, average_pool_gradient;

/* Whether this is one run of so many numbers; none will do as well. */
int is_row(const Py_buffer *view, index length);

/* Whether the first `count` arrays are contiguous and of one shape. */
int alike(const Call *call, int count);

#endif
