/* Everything that depends on the type of a number; float32.c and float64.c say which that is and
 * under which name the functions go. */
#include "arithmetic.h"
#include "workspace.h"

#include "lanes.h"

#include "block.h"
#include "product.h"
#include "lists.h"
#include "zeros.h"
#include "rows.h"

#ifndef EXACT
#include "pixels.h"
#include "convolution.h"
#include "pooling.h"
#endif

#include "pairs.h"
#ifdef EXACT
#include "exact_functions.h"
#else
#include "exponential.h"
#endif

#include "elementwise.h"

#ifdef EXACT
#include "exact_losses.h"
#else
#include "losses.h"
#include "updates.h"
#endif
#include "loss_rows.h"

const Arithmetic NAME = {
    .product = product,
    .sparse_product = sparse_product,
    .sparse_transposed_product = sparse_transposed_product,
    .add_to_rows = add_to_rows,
    .sum_of_rows = sum_of_rows,
    .sigmoid = sigmoid_all,
    .tanh = tanh_all,
    .softmax = softmax,
    .cross_entropy = cross_entropy,
    .binary_cross_entropy = binary_cross_entropy,
    .relu = relu_all,
    .leaky_relu = leaky_relu_all,
    .relu_gradient = relu_gradient_all,
    .leaky_relu_gradient = leaky_relu_gradient_all,
    .sigmoid_gradient = sigmoid_gradient_all,
    .tanh_gradient = tanh_gradient_all,
    .scale_bytes = scale_bytes,
#ifndef EXACT
    .convolve = convolve,
    .convolution_gradients = convolution_gradients,
    .max_pool = max_pool,
    .max_pool_gradient = max_pool_gradient,
    .average_pool = average_pool,
    .average_pool_gradient = average_pool_gradient,
    .add_scaled = add_scaled,
    .momentum = momentum,
    .rmsprop = rmsprop,
    .adam = adam,
#endif
};
