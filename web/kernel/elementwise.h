/* Activations and their derivatives, number by number; the formulas stand in pynn/activations.py.
 * The order of the operations is NumPy's, so that, exp and tanh apart, the bits are too. */

typedef lanes OfLanes(lanes x, lanes y, lanes parameter);

/* out[i] = f(x[i], y[i]). The last lanes are filled up with zeros; nothing is read or written
 * behind the end. */
static inline __attribute__((always_inline)) void map(OfLanes *f, const real *x, const real *y,
                                                      real *out, index count, double parameter) {
    lanes p = spread((real)parameter);
    index i = 0;
    for (; i + LANES <= count; i += LANES) store(out + i, f(load(x + i), load(y + i), p));
    if (i < count) {
        index rest = count - i;
        store_some(out + i, f(load_some(x + i, rest), load_some(y + i, rest), p), rest);
    }
}

#define MAP(name, expression)                                                                   \
    static inline lanes name##_of(lanes z, lanes same, lanes slope) {                           \
        (void)same, (void)slope;                                                                \
        return expression;                                                                      \
    }
#define GRADIENT(name, expression)                                                              \
    static inline lanes name##_gradient_of(lanes a, lanes da, lanes slope) {                    \
        (void)slope;                                                                            \
        return expression;                                                                      \
    }

/* Written so that NaN stays NaN: a diverged network must be seen to have diverged. */
MAP(relu, choose(z < 0, spread(0), z))
MAP(leaky_relu, choose(z < 0, z * slope, z))
MAP(sigmoid, sigmoid_of_lanes(z))
MAP(tanh, tanh_of_lanes(z))
GRADIENT(relu, choose(a > 0, da, da * spread(0)))
GRADIENT(leaky_relu, choose(a > 0, da, da * slope))
GRADIENT(sigmoid, da * (a - a * a))
GRADIENT(tanh, da * (spread(1) - a * a))

#define FUNCTIONS(name)                                                                         \
    static void name##_all(const void *z, void *out, index count, double parameter) {           \
        map(name##_of, z, z, out, count, parameter);                                            \
    }                                                                                           \
    static void name##_gradient_all(const void *a, const void *da, void *out, index count,      \
                                    double parameter) {                                         \
        map(name##_gradient_of, a, da, out, count, parameter);                                  \
    }
FUNCTIONS(relu) FUNCTIONS(leaky_relu) FUNCTIONS(sigmoid) FUNCTIONS(tanh)

/* out = factor * bytes */
static void scale_bytes(const unsigned char *bytes, void *all_out, index count, double factor) {
    real *out = all_out;
    for (index i = 0; i < count; i++) out[i] = (real)bytes[i] * (real)factor;
}
