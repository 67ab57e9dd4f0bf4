/* What the kernel can compute: the same functions once for float and once for double. */
#ifndef KERNEL_ARITHMETIC_H
#define KERNEL_ARITHMETIC_H

#include "operands.h"

/* A bare pointer is a contiguous array of `count` numbers. `out` may be the very array that is
 * read. `slope` is the leaky ReLU's; the others do not look at it. */
typedef void Activation(const void *z, void *out, index count, double slope);
typedef void Gradient(const void *a, const void *da, void *out, index count, double slope);

/* What a convolution looks through, and by how many pixels it moves on. */
typedef struct {
    index height, width, stride;
} Window;

typedef struct {
    void (*product)(Matrix a, Matrix b, Matrix out);
    /* a @ b and a^T @ b of an a that is mostly zeros, with the bits of `product`; 0 of any other,
     * and where b is not finite: then `product` has to do it. What the first returns spares the
     * second some work, if a holds the same still. */
    double (*sparse_product)(Matrix a, Matrix b, Matrix out);
    int (*sparse_transposed_product)(Matrix a, Matrix b, Matrix out, double mark);
    /* The windows of x make z, and the way back; 0 for windows that are too large, and then
     * `product` has to do it. The weights are a matrix of a window's numbers times filters. */
    int (*convolve)(Images x, Matrix weights, const void *bias, Images z, Window window);
    int (*convolution_gradients)(Images x, Matrix weights, Images dz, Matrix d_weights,
                                 void *d_bias, Images dx, Window window);
    /* Squares of size x size pixels become one. */
    void (*max_pool)(Images x, Images a, index size);
    void (*max_pool_gradient)(Images x, Images a, Images da, Images dx, index size);
    void (*average_pool)(Images x, Images a, index size, double factor);
    void (*average_pool_gradient)(Images da, Images dx, index size, double factor);

    void (*add_to_rows)(const void *row, Matrix out);
    void (*sum_of_rows)(Matrix matrix, void *out);

    Activation *relu, *leaky_relu, *sigmoid, *tanh;
    Gradient *relu_gradient, *leaky_relu_gradient, *sigmoid_gradient, *tanh_gradient;
    void (*softmax)(const void *z, void *out, index rows, index columns);

    /* The loss summed over all rows; dL/dz goes to `gradient` unless that is null. */
    double (*cross_entropy)(const void *z, const void *targets, void *gradient, index rows,
                            index columns);
    double (*binary_cross_entropy)(const void *z, const void *targets, void *gradient,
                                   index count);

    void (*add_scaled)(void *target, const void *source, index count, const double *numbers);
    void (*momentum)(void *w, const void *g, void *velocity, index count, const double *numbers);
    void (*rmsprop)(void *w, const void *g, void *square, index count, const double *numbers);
    void (*adam)(void *w, const void *g, void *mean, void *square, index count,
                 const double *numbers);

    void (*scale_bytes)(const unsigned char *bytes, void *out, index count, double factor);
} Arithmetic;

extern const Arithmetic of_float, of_double;
/* The same bits in every build and on every processor, see pynn/exact; without the updates, of which
 * there is but one form. */
extern const Arithmetic exact_float, exact_double;

#endif
