/* exp, log, tanh and sigmoid from additions, multiplications and divisions alone: operation by
 * operation what pynn/exact/functions.py does, where the formulas are explained. */

/* How many terms of each series a number of this type needs, and ln 2 in parts. */
#ifdef REAL_IS_FLOAT
enum { EXP_TERMS = 8, ARTANH_TERMS = 8, SHORT_ARTANH_TERMS = 5, LN_2_PARTS = 1 };
static const double ln_2[] = {0x1.62e42fefa39efp-1};
#else
enum { EXP_TERMS = 13, ARTANH_TERMS = 16, SHORT_ARTANH_TERMS = 10, LN_2_PARTS = 2 };
static const double ln_2[] = {0x1.62e42feep-1, 0x1.a39ef35793c76p-33};
#endif

/* 1 / k! and 1 / (2k + 1) for k from 1 up; a series begins with the last of its terms. */
static const double exp_terms[] = {
    1.0,         1.0 / 2,      1.0 / 6,       1.0 / 24,       1.0 / 120,       1.0 / 720,        1.0 / 5040,
    1.0 / 40320, 1.0 / 362880, 1.0 / 3628800, 1.0 / 39916800, 1.0 / 479001600, 1.0 / 6227020800,
};
static const double artanh_terms[] = {
    1.0 / 3,  1.0 / 5,  1.0 / 7,  1.0 / 9,  1.0 / 11, 1.0 / 13, 1.0 / 15, 1.0 / 17,
    1.0 / 19, 1.0 / 21, 1.0 / 23, 1.0 / 25, 1.0 / 27, 1.0 / 29, 1.0 / 31, 1.0 / 33,
};

static inline pair polynomial(const double *terms, int count, pair x) {
    pair value = x * terms[count - 1];
    for (int k = count - 2; k >= 0; k--) value = (value + terms[k]) * x;
    return value;
}

static inline pair choose_pair(pair_of_bits condition, pair yes, pair no) {
    return (pair)((condition & (pair_of_bits)yes) | (~condition & (pair_of_bits)no));
}

static inline pair between(pair x, double least, double most) {
    x = choose_pair(x < least, least - (pair){0}, x);
    return choose_pair(x > most, most - (pair){0}, x);
}

static inline pair power_of_two(pair_of_bits n) {
    return (pair)((n + 1023) << 52);
}

/* n and e^r - 1 where x = n ln 2 + r. A number as large as the rounder has no bits left for
 * fractions: adding it rounds to whole numbers, and its lowest bits are then those of n. */
typedef struct {
    pair_of_bits n;
    pair rest;
} Power;

static inline Power power_of_e(pair x) {
    const pair rounder = {6755399441055744.0, 6755399441055744.0}; /* 1.5 * 2^52 */
    pair rounded = x * 0x1.71547652b82fep+0 + rounder, n = rounded - rounder;
    for (int part = 0; part < LN_2_PARTS; part++) x = x - n * ln_2[part];
    pair rest = polynomial(exp_terms, EXP_TERMS, x);
    return (Power){(pair_of_bits)rounded - (pair_of_bits)rounder, rest};
}

static inline pair exp_of_pair(pair x) {
    Power power = power_of_e(between(x, -746, 710));
    /* In two steps, of which only the second can leave the range of a double. */
    pair_of_bits half = power.n >> 1;
    return (power.rest + 1) * power_of_two(half) * power_of_two(power.n - half);
}

static inline pair tanh_of_pair(pair x) {
    x = between(x, -20, 20);
    Power power = power_of_e(x + x);
    pair scale = power_of_two(power.n);
    pair less_one = power.rest * scale + (scale - 1);
    return less_one / (less_one + 2);
}

/* e^-|x| */
static inline pair falling_power(pair x) {
    return exp_of_pair(choose_pair(x < 0, x, -x));
}

static inline pair sigmoid_from(pair x, pair power) {
    return choose_pair(x < 0, power, 1 - (pair){0}) / (power + 1);
}

static inline pair sigmoid_of_pair(pair x) {
    return sigmoid_from(x, falling_power(x));
}

static inline pair twice_artanh(const int terms, pair s) {
    pair twice = s + s;
    return twice + twice * polynomial(artanh_terms, terms, s * s);
}

/* log(1 + x) for x from 0 to 1 */
static inline pair log1p_of_pair(pair x) {
    return twice_artanh(ARTANH_TERMS, x / (x + 2));
}

/* For x from 1. */
static inline double log_of(double x) {
    if (!(x < __builtin_inf())) return x;
    pair_of_bits bits = (pair_of_bits)(pair){x, x};
    double n = (double)(bits[0] >> 52) - 1022;
    double m = ((pair)((bits & 0xfffffffffffff) | ((int64_t)1022 << 52)))[0];
    if (m < 0.7071067811865476) {
        m = m + m;
        n = n - 1;
    }
    double value = twice_artanh(SHORT_ARTANH_TERMS, ((m - 1) / (m + 1)) - (pair){0})[0];
    return n * 0x1.62e42feep-1 + (n * 0x1.a39ef35793c76p-33 + value);
}

static inline lanes tanh_of_lanes(lanes x) {
    return EACH_HALF(tanh_of_pair, x);
}

static inline lanes sigmoid_of_lanes(lanes x) {
    return EACH_HALF(sigmoid_of_pair, x);
}
