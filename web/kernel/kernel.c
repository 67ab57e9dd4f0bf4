/* The Python module: one function for each thing that pynn asks for.
 *
 * Every function takes arrays, by the buffer protocol and in place, and then numbers. It returns
 * True, or a loss's value; or False, and then it has touched nothing, because the operands are such
 * that NumPy had better do it: of another type or byte order, misaligned, overlapping, read-only
 * where they are written, or of shapes that do not go together (NumPy has the better message). */
#include "call.h"
#include "workspace.h"

_Alignas(16) unsigned char workspace[WORKSPACE_BYTES];
Listed listed = {.last_mark = 1};

int alike(const Call *call, int count) {
    for (int i = 0; i < count; i++) {
        if (!is_contiguous(&call->views[i])) return 0;
        if (!same_shape(&call->views[0], &call->views[i])) return 0;
    }
    return 1;
}

int is_row(const Py_buffer *view, index length) {
    return !view->obj || (view->ndim == 1 && view->shape[0] == length && is_contiguous(view));
}

static int read_numbers(Call *call, PyObject *const *arguments, int count) {
    call->numbers[0] = 0; /* functions without a number pass it on to those with one */
    for (int i = 0; i < count; i++) {
        call->numbers[i] = PyFloat_AsDouble(arguments[i]);
        if (call->numbers[i] == -1 && PyErr_Occurred()) {
            PyErr_Clear();
            return 0;
        }
    }
    return 1;
}

static int run(Call *call, Body *body, int exact, PyObject *const *arguments, Py_ssize_t given,
               const int *uses, int arrays, int numbers) {
    if (given != arrays + numbers || !read_numbers(call, arguments + arrays, numbers)) return 0;
    if (!open_operands(&call->operands, arguments, arrays, uses)) return 0;
    char type = common_type(&call->operands);
    call->views = call->operands.views;
    call->of = exact ? (type == 'f' ? &exact_float : &exact_double)
                     : (type == 'f' ? &of_float : &of_double);
    int done = type && all_apart(&call->operands) && body(call);
    close_operands(&call->operands);
    return done;
}

/* The Python function `name` with so many numbers behind the arrays that are used so. */
#define DEFINE(name, body, exact, result, numbers, ...)                                         \
    static PyObject *name(PyObject *module, PyObject *const *arguments, Py_ssize_t given) {     \
        (void)module;                                                                           \
        static const int uses[] = {__VA_ARGS__};                                                \
        Call call;                                                                              \
        int done = run(&call, body, exact, arguments, given, uses, sizeof uses / sizeof *uses,  \
                       numbers);                                                                \
        return done ? result : PyBool_FromLong(0);                                              \
    }
#define FUNCTION(body, ...) DEFINE(py_##body, body, 0, __VA_ARGS__)
/* In both forms, of which py_exact_<body> gives the same bits everywhere. */
#define FUNCTION_AND_EXACT(body, ...)                                                           \
    FUNCTION(body, __VA_ARGS__) DEFINE(py_exact_##body, body, 1, __VA_ARGS__)
#define DONE PyBool_FromLong(1)
#define VALUE PyFloat_FromDouble(call.result)

FUNCTION_AND_EXACT(matmul, DONE, 0, READ, READ, WRITE)
FUNCTION_AND_EXACT(affine, VALUE, 0, READ, READ, READ | MAY_BE_NONE, WRITE)
FUNCTION_AND_EXACT(affine_gradients, DONE, 1, READ, READ, READ, WRITE, WRITE | MAY_BE_NONE,
                   WRITE | MAY_BE_NONE)
FUNCTION(convolve, DONE, 1, READ, READ, READ | MAY_BE_NONE, WRITE)
FUNCTION(convolution_gradients, DONE, 1, READ, READ, READ, WRITE, WRITE | MAY_BE_NONE,
         WRITE | MAY_BE_NONE)
FUNCTION(max_pool, DONE, 1, READ, WRITE)
FUNCTION(max_pool_gradient, DONE, 1, READ, READ, READ, WRITE)
FUNCTION(average_pool, DONE, 2, READ, WRITE)
FUNCTION(average_pool_gradient, DONE, 2, READ, WRITE)
FUNCTION(relu, DONE, 0, READ, WRITE | IN_PLACE)
FUNCTION(relu_gradient, DONE, 0, READ, READ, WRITE | IN_PLACE)
FUNCTION(leaky_relu, DONE, 1, READ, WRITE | IN_PLACE)
FUNCTION(leaky_relu_gradient, DONE, 1, READ, READ, WRITE | IN_PLACE)
FUNCTION_AND_EXACT(sigmoid, DONE, 0, READ, WRITE | IN_PLACE)
FUNCTION(sigmoid_gradient, DONE, 0, READ, READ, WRITE | IN_PLACE)
FUNCTION_AND_EXACT(tanh_, DONE, 0, READ, WRITE | IN_PLACE)
FUNCTION(tanh_gradient, DONE, 0, READ, READ, WRITE | IN_PLACE)
FUNCTION_AND_EXACT(softmax, DONE, 0, READ, WRITE | IN_PLACE)
FUNCTION_AND_EXACT(cross_entropy, VALUE, 0, READ, READ, WRITE | MAY_BE_NONE)
FUNCTION_AND_EXACT(binary_cross_entropy, VALUE, 0, READ, READ, WRITE | MAY_BE_NONE)
FUNCTION(add_scaled, DONE, 1, WRITE, READ)
FUNCTION(momentum, DONE, 3, WRITE, READ, WRITE)
FUNCTION(rmsprop, DONE, 3, WRITE, READ, WRITE)
FUNCTION(adam, DONE, 6, WRITE, READ, WRITE, WRITE)
FUNCTION(take_rows, DONE, 0, READ, READ | NO_NUMBERS, WRITE)
FUNCTION(take_pixels, DONE, 1, READ | NO_NUMBERS, READ | NO_NUMBERS, WRITE)

#define METHOD(name, body, document) {name, py_##body, METH_FASTCALL, document}
#define METHOD_AND_EXACT(name, body, document)                                                  \
    METHOD(name, body, document), METHOD("exact_" name, exact_##body, document)
static PyMethodDef methods[] = {
    METHOD_AND_EXACT("matmul", matmul, "(a, b, out): out = a @ b"),
    METHOD_AND_EXACT("affine", affine, "(x, weights, bias, out): out = x @ weights + bias; a mark for the gradients of x"),
    METHOD_AND_EXACT("affine_gradients", affine_gradients,
                     "(x, weights, dz, d_weights, d_bias, dx, mark): what dz is for each of them"),
    METHOD("convolve", convolve, "(x, weights, bias, out, stride)"),
    METHOD("convolution_gradients", convolution_gradients,
           "(x, weights, dz, d_weights, d_bias, dx, stride)"),
    METHOD("max_pool", max_pool, "(x, out, size)"),
    METHOD("max_pool_gradient", max_pool_gradient, "(x, a, da, dx, size)"),
    METHOD("average_pool", average_pool, "(x, out, size, factor)"),
    METHOD("average_pool_gradient", average_pool_gradient, "(da, dx, size, factor)"),
    METHOD("relu", relu, "(z, out)"),
    METHOD("relu_gradient", relu_gradient, "(a, da, out)"),
    METHOD("leaky_relu", leaky_relu, "(z, out, slope)"),
    METHOD("leaky_relu_gradient", leaky_relu_gradient, "(a, da, out, slope)"),
    METHOD_AND_EXACT("sigmoid", sigmoid, "(z, out)"),
    METHOD("sigmoid_gradient", sigmoid_gradient, "(a, da, out)"),
    METHOD_AND_EXACT("tanh", tanh_, "(z, out)"),
    METHOD("tanh_gradient", tanh_gradient, "(a, da, out)"),
    METHOD_AND_EXACT("softmax", softmax, "(z, out)"),
    METHOD_AND_EXACT("cross_entropy", cross_entropy, "(z, targets, gradient): the sum"),
    METHOD_AND_EXACT("binary_cross_entropy", binary_cross_entropy,
                     "(z, targets, gradient): the sum"),
    METHOD("add_scaled", add_scaled, "(target, source, factor): target += factor * source"),
    METHOD("momentum", momentum, "(w, g, velocity, rate, momentum, nesterov)"),
    METHOD("rmsprop", rmsprop, "(w, g, square, rate, rho, epsilon)"),
    METHOD("adam", adam, "(w, g, mean, square, rate, beta_1, beta_2, epsilon, correction, kept)"),
    METHOD("take_rows", take_rows, "(source, numbers, out): out = source[numbers]"),
    METHOD("take_pixels", take_pixels,
           "(bytes, numbers, out, factor): out = factor * bytes[numbers]"),
    {NULL, NULL, 0, NULL},
};

static PyModuleDef definition = {
    .m_base = {.ob_base = {.reference_count = 1}},
    .m_name = "kernel",
    .m_size = -1,
    .m_methods = methods,
};

#ifdef __wasm__
__attribute__((export_name("PyInit_kernel")))
#endif
__attribute__((visibility("default"))) PyObject *PyInit_kernel(void) {
    return PyModule_Create2(&definition, PYTHON_API_VERSION);
}
