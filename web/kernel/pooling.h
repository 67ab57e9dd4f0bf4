/* Squares of size x size pixels that become one, channel by channel; pixels that fill no square
 * have no part in it. The order of the operations is NumPy's in pynn/layers/pooling.py. */

typedef lanes OfPixels(const real *corner, index row, index channels, index size, index left,
                       double factor);

/* NaN where there is one. */
static inline lanes largest_of_pixels(const real *corner, index row, index channels, index size,
                                      index left, double factor) {
    (void)factor;
    lanes largest = load_rest(corner, left);
    for (index y = 0; y < size; y++, corner += row) {
        for (index x = 0; x < size; x++) {
            lanes value = load_rest(corner + x * channels, left);
            largest = choose((value > largest) | (value != value), value, largest);
        }
    }
    return largest;
}

static inline lanes mean_of_pixels(const real *corner, index row, index channels, index size,
                                   index left, double factor) {
    lanes sum = {0};
    for (index y = 0; y < size; y++, corner += row) {
        for (index x = 0; x < size; x++) sum += load_rest(corner + x * channels, left);
    }
    return sum * (real)factor;
}

static inline __attribute__((always_inline)) void pool(OfPixels *f, Images x, Images a, index size,
                                                       double factor) {
    index row = x.width * x.channels;
    real *to = a.data;
    for (index n = 0; n < a.count; n++) {
        for (index i = 0; i < a.height; i++) {
            const real *corner = pixel(x, n, i * size, 0);
            for (index j = 0; j < a.width; j++, corner += size * x.channels, to += a.channels) {
                for (index c = 0; c < a.channels; c += LANES) {
                    index left = a.channels - c;
                    store_rest(to + c, f(corner + c, row, x.channels, size, left, factor), left);
                }
            }
        }
    }
}

static void max_pool(Images x, Images a, index size) {
    pool(largest_of_pixels, x, a, size, 0);
}

static void average_pool(Images x, Images a, index size, double factor) {
    pool(mean_of_pixels, x, a, size, factor);
}

/* Zeros to begin with where not every pixel belongs to a square. */
static void clear_rest(Images dx, Images da, index size) {
    if (da.height * size != dx.height || da.width * size != dx.width) clear(dx);
}

/* To the first of the pixels that are the largest; a product, so that what is not finite shows. */
static void max_pool_gradient(Images x, Images a, Images da, Images dx, index size) {
    clear_rest(dx, da, size);
    index channels = x.channels, row = x.width * channels;
    const real *largest = a.data, *from = da.data;
    for (index n = 0; n < a.count; n++) {
        for (index i = 0; i < a.height; i++) {
            index corner = pixel(x, n, i * size, 0) - (const real *)x.data;
            for (index j = 0; j < a.width; j++, corner += size * channels) {
                for (index c = 0; c < channels; c += LANES) {
                    index left = channels - c;
                    lanes most = load_rest(largest + c, left), given = load_rest(from + c, left);
                    for (index p = 0; p < size * size; p++) {
                        index at = corner + c + p / size * row + p % size * channels;
                        masks is = load_rest((const real *)x.data + at, left) == most;
                        lanes share = choose(is, spread(1), spread(0));
                        store_rest((real *)dx.data + at, given * share, left);
                        given *= 1 - share;
                    }
                }
                largest += channels, from += channels;
            }
        }
    }
}

static void average_pool_gradient(Images da, Images dx, index size, double factor) {
    clear_rest(dx, da, size);
    const real *from = da.data;
    for (index n = 0; n < da.count; n++) {
        for (index i = 0; i < da.height; i++) {
            for (index j = 0; j < da.width; j++, from += da.channels) {
                for (index y = 0; y < size; y++) {
                    real *to = (real *)pixel(dx, n, i * size + y, j * size);
                    for (index x = 0; x < size; x++, to += dx.channels) {
                        for (index c = 0; c < dx.channels; c += LANES) {
                            index left = dx.channels - c;
                            lanes share = load_rest(from + c, left) * (real)factor;
                            store_rest(to + c, share, left);
                        }
                    }
                }
            }
        }
    }
}
