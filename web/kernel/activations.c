/* Activations and their gradients, and the losses that belong to one. */
#include "call.h"

#define ACTIVATION(name, field)                                                                 \
    /* z, out; the leaky ReLU's slope */                                                        \
    int name(Call *call) {                                                                      \
        const Py_buffer *views = call->views;                                                   \
        if (!alike(call, 2)) return 0;                                                          \
        call->of->field(views[0].buf, views[1].buf, elements_of(&views[0]), call->numbers[0]);  \
        return 1;                                                                               \
    }
#define GRADIENT(name, field)                                                                   \
    /* a, da, out; the leaky ReLU's slope */                                                    \
    int name(Call *call) {                                                                      \
        const Py_buffer *views = call->views;                                                   \
        if (!alike(call, 3)) return 0;                                                          \
        call->of->field(views[0].buf, views[1].buf, views[2].buf, elements_of(&views[0]),       \
                        call->numbers[0]);                                                      \
        return 1;                                                                               \
    }

ACTIVATION(relu, relu)
ACTIVATION(leaky_relu, leaky_relu)
ACTIVATION(sigmoid, sigmoid)
ACTIVATION(tanh_, tanh)
GRADIENT(relu_gradient, relu_gradient)
GRADIENT(leaky_relu_gradient, leaky_relu_gradient)
GRADIENT(sigmoid_gradient, sigmoid_gradient)
GRADIENT(tanh_gradient, tanh_gradient)

/* Along the last of two axes, which must not be empty: there is no largest number of none. */
static int has_rows(const Py_buffer *view) {
    return is_matrix(view) && view->shape[1] > 0;
}

/* z, out */
int softmax(Call *call) {
    const Py_buffer *views = call->views;
    if (!alike(call, 2) || !has_rows(&views[0])) return 0;
    call->of->softmax(views[0].buf, views[1].buf, views[0].shape[0], views[0].shape[1]);
    return 1;
}

static int has_losses(const Call *call) {
    return has_rows(&call->views[0]) && alike(call, call->views[2].obj ? 3 : 2);
}

static void *gradient_of(const Call *call) {
    return call->views[2].obj ? call->views[2].buf : NULL;
}

/* z, targets, gradient or None; returns the sum over the rows */
int cross_entropy(Call *call) {
    const Py_buffer *views = call->views;
    if (!has_losses(call)) return 0;
    call->result = call->of->cross_entropy(views[0].buf, views[1].buf, gradient_of(call),
                                           views[0].shape[0], views[0].shape[1]);
    return 1;
}

int binary_cross_entropy(Call *call) {
    const Py_buffer *views = call->views;
    if (!has_losses(call)) return 0;
    call->result = call->of->binary_cross_entropy(views[0].buf, views[1].buf, gradient_of(call),
                                                  elements_of(&views[0]));
    return 1;
}
