/* Convolution and pooling of images (count, height, width, channels). */
#include "call.h"

enum { MOST_PIXELS = 1 << 20 };

/* A whole number of pixels, the first of the call's numbers; 0 for any other. */
static index pixels_of(const Call *call) {
    double number = call->numbers[0];
    return number >= 1 && number <= MOST_PIXELS && number == (index)number ? (index)number : 0;
}

/* Whether so many squares or windows, each so far from the last, fit between the edges. */
static int fits_in(index side, index steps, index stride, index size) {
    return steps == 0 || (int64_t)(steps - 1) * stride + size <= side;
}

/* x, weights, z and what the call says of the window. */
static int fits_windows(const Call *call, const Py_buffer *z_view, Window *window) {
    const Py_buffer *views = call->views;
    if (!is_images(&views[0]) || !is_images(&views[1]) || !is_images(z_view)) return 0;
    Images x = images_of(&views[0]), weights = images_of(&views[1]), z = images_of(z_view);
    *window = (Window){weights.count, weights.height, pixels_of(call)};
    return window->stride > 0 && x.count == z.count && x.channels == weights.width && z.channels == weights.channels &&
           weights.count > 0 && weights.height > 0 && x.channels > 0 &&
           fits_in(x.height, z.height, window->stride, window->height) &&
           fits_in(x.width, z.width, window->stride, window->width);
}

/* (height, width, channels, filters) as a matrix of a window's numbers times filters. */
static Matrix weights_of(const Py_buffer *view) {
    Images weights = images_of(view);
    index rows = weights.count * weights.height * weights.width;
    return (Matrix){view->buf, rows, weights.channels, weights.channels, 1};
}

/* x, weights, bias or None, z; stride */
int convolve(Call *call) {
    const Py_buffer *views = call->views;
    Window window;
    if (!fits_windows(call, &views[3], &window)) return 0;
    Images z = images_of(&views[3]);
    if (!is_row(&views[2], z.channels)) return 0;
    const void *bias = views[2].obj ? views[2].buf : 0;
    return call->of->convolve(images_of(&views[0]), weights_of(&views[1]), bias, z, window);
}

/* x, weights, dz, d_weights, d_bias or None, dx or None; stride */
int convolution_gradients(Call *call) {
    const Py_buffer *views = call->views;
    Window window;
    if (!fits_windows(call, &views[2], &window)) return 0;
    Images dz = images_of(&views[2]), dx = {0};
    if (!is_images(&views[3]) || !same_shape(&views[1], &views[3])) return 0;
    if (!is_row(&views[4], dz.channels)) return 0;
    if (views[5].obj) {
        if (!is_images(&views[5]) || !same_shape(&views[0], &views[5])) return 0;
        dx = images_of(&views[5]);
    }
    void *d_bias = views[4].obj ? views[4].buf : 0;
    return call->of->convolution_gradients(images_of(&views[0]), weights_of(&views[1]), dz,
                                           weights_of(&views[3]), d_bias, dx, window);
}

/* Whether squares of the size that the call says make the small images of the large ones. */
static int fits_squares(const Call *call, const Py_buffer *large, const Py_buffer *small) {
    index size = pixels_of(call);
    if (!size || !is_images(large) || !is_images(small)) return 0;
    Images x = images_of(large), a = images_of(small);
    return x.count == a.count && x.channels == a.channels && x.height / size == a.height &&
           x.width / size == a.width;
}

/* x, a; size */
int max_pool(Call *call) {
    const Py_buffer *views = call->views;
    if (!fits_squares(call, &views[0], &views[1])) return 0;
    call->of->max_pool(images_of(&views[0]), images_of(&views[1]), pixels_of(call));
    return 1;
}

/* x, a, da, dx; size */
int max_pool_gradient(Call *call) {
    const Py_buffer *views = call->views;
    if (!fits_squares(call, &views[0], &views[1]) || !is_images(&views[2])) return 0;
    if (!same_shape(&views[1], &views[2]) || !is_images(&views[3])) return 0;
    if (!same_shape(&views[0], &views[3])) return 0;
    call->of->max_pool_gradient(images_of(&views[0]), images_of(&views[1]), images_of(&views[2]),
                                images_of(&views[3]), pixels_of(call));
    return 1;
}

/* x, a; size, factor */
int average_pool(Call *call) {
    const Py_buffer *views = call->views;
    if (!fits_squares(call, &views[0], &views[1])) return 0;
    call->of->average_pool(images_of(&views[0]), images_of(&views[1]), pixels_of(call),
                           call->numbers[1]);
    return 1;
}

/* da, dx; size, factor */
int average_pool_gradient(Call *call) {
    const Py_buffer *views = call->views;
    if (!fits_squares(call, &views[1], &views[0])) return 0;
    call->of->average_pool_gradient(images_of(&views[0]), images_of(&views[1]), pixels_of(call),
                                    call->numbers[1]);
    return 1;
}
