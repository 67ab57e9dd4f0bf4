/* exp and tanh of every lane. For float they are computed in double and rounded once at the end:
 * right to the last bit but for rare ties, and several times as fast as one call for each number.
 * For double they are the C library's, which Pyodide has and lends. */

double exp(double);
double log(double);
double log1p(double);
double tanh(double);

#ifdef REAL_IS_FLOAT

/* e^x = scale * (1 + rest): x = n ln 2 + r with n whole and |r| <= ln 2 / 2, scale = 2^n and
 * rest = e^r - 1 from the series, whose tenth term is below 2^-37 of the first. |x| <= 700. */
typedef struct {
    pair scale, rest;
} Power;

static inline Power power_of_e(pair x) {
    /* A number this large has no bits left for fractions, so adding it rounds to whole numbers,
     * and the lowest bits of the sum are those of n. */
    const double rounder = 6755399441055744.0; /* 1.5 * 2^52 */
    pair rounded = x * 1.4426950408889634 + rounder;
    pair r = x - (rounded - rounder) * 0.6931471805599453;
    pair series = r * (1.0 / 362880) + 1.0 / 40320;
    series = series * r + 1.0 / 5040;
    series = series * r + 1.0 / 720;
    series = series * r + 1.0 / 120;
    series = series * r + 1.0 / 24;
    series = series * r + 1.0 / 6;
    series = series * r + 1.0 / 2;
    series = series * r + 1.0;
    pair_of_bits bits = ((pair_of_bits)rounded << 52) + ((int64_t)1023 << 52);
    return (Power){(pair)bits, series * r};
}

static inline pair exp_of_pair(pair x) {
    Power power = power_of_e(x);
    return power.scale + power.scale * power.rest;
}

/* (e^2x - 1) / (e^2x + 1), without the cancellation near 0. */
static inline pair tanh_of_pair(pair x) {
    Power power = power_of_e(x + x);
    pair less_one = power.scale * power.rest + (power.scale - 1.0);
    return less_one / (less_one + 2.0);
}

static inline lanes limited(lanes x, real most) {
    x = choose(x > most, spread(most), x);
    return choose(x < -most, spread(-most), x);
}

static inline lanes exp_of_lanes(lanes x) {
    x = limited(x, 700);
    return EACH_HALF(exp_of_pair, x);
}

static inline lanes tanh_of_lanes(lanes x) {
    x = limited(x, 20);
    return EACH_HALF(tanh_of_pair, x);
}

static inline pair sigmoid_of_pair(pair x) {
    return 1.0 / (1.0 + exp_of_pair(-x));
}

static inline lanes sigmoid_of_lanes(lanes x) {
    x = limited(x, 700);
    return EACH_HALF(sigmoid_of_pair, x);
}

#else

static inline lanes exp_of_lanes(lanes x) {
    return (lanes){exp(x[0]), exp(x[1])};
}

static inline lanes tanh_of_lanes(lanes x) {
    return (lanes){tanh(x[0]), tanh(x[1])};
}

static inline lanes sigmoid_of_lanes(lanes x) {
    return 1.0 / (1.0 + exp_of_lanes(-x));
}

#endif
