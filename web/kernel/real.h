/* Everything that depends on the type of a number; float32.c and float64.c say which that is and
 * under which name the functions go. */
#include "arithmetic.h"
#include "workspace.h"

#include "lanes.h"

#include "block.h"
#include "product.h"
#include "rows.h"

#include "exponential.h"

#include "elementwise.h"
#include "losses.h"
#include "updates.h"

const Arithmetic NAME = {
    .product = product,
    .add_to_rows = add_to_rows,
    .sum_of_rows = sum_of_rows,
    .relu = relu_all,
    .leaky_relu = leaky_relu_all,
    .sigmoid = sigmoid_all,
    .tanh = tanh_all,
    .relu_gradient = relu_gradient_all,
    .leaky_relu_gradient = leaky_relu_gradient_all,
    .sigmoid_gradient = sigmoid_gradient_all,
    .tanh_gradient = tanh_gradient_all,
    .softmax = softmax,
    .cross_entropy = cross_entropy,
    .binary_cross_entropy = binary_cross_entropy,
    .add_scaled = add_scaled,
    .momentum = momentum,
    .rmsprop = rmsprop,
    .adam = adam,
    .scale_bytes = scale_bytes,
};
