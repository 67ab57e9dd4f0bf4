/* Softmax and the two cross-entropies as in pynn/exact/losses.py: in double, and added up from the
 * first number of the first row to the last. */

/* Numbers i and i + 1; a second one behind the end is the first again. */
static inline pair two_of(const real *from, index i, index count) {
    return (pair){from[i], from[i + 1 < count ? i + 1 : i]};
}

static inline pair shifted(const real *z, real largest, index i, index count) {
    real second = z[i + 1 < count ? i + 1 : i];
    /* The difference is one of `real`, as NumPy makes it. */
    real differences[] = {z[i] - largest, second - largest};
    return two_of(differences, 0, 2);
}

static double sum_of_powers(const real *z, real largest, index count) {
    double sum = 0;
    for (index i = 0; i < count; i += 2) {
        pair powers = exp_of_pair(shifted(z, largest, i, count));
        sum += powers[0];
        if (i + 1 < count) sum += powers[1];
    }
    return sum;
}

/* out = softmax(z), less the targets unless they are null */
static void shares(const real *z, real largest, double sum, const real *targets, real *out,
                   index count) {
    for (index i = 0; i < count; i += 2) {
        pair share = exp_of_pair(shifted(z, largest, i, count)) / sum;
        for (index lane = 0; lane < 2 && i + lane < count; lane++) {
            real rounded = (real)share[lane];
            out[i + lane] = targets ? rounded - targets[i + lane] : rounded;
        }
    }
}

static void softmax_of_row(const real *z, real *out, index count) {
    real largest = largest_of(z, count);
    shares(z, largest, sum_of_powers(z, largest, count), NULL, out, count);
}

/* The gradient goes to `gradient` unless it is null. */
static double cross_entropy_of_row(const real *z, const real *targets, real *gradient,
                                   index count) {
    real largest = largest_of(z, count);
    double sum = sum_of_powers(z, largest, count), along = 0;
    for (index i = 0; i < count; i++) {
        real difference = z[i] - largest;
        along += (double)targets[i] * (double)difference;
    }
    if (gradient) shares(z, largest, sum, targets, gradient, count);
    return log_of(sum) - along;
}

static double binary_cross_entropy(const void *all_z, const void *all_targets, void *all_gradients,
                                   index count) {
    const real *z = all_z, *targets = all_targets;
    real *gradient = all_gradients;
    double total = 0;
    for (index i = 0; i < count; i += 2) {
        pair x = two_of(z, i, count), power = falling_power(x);
        pair terms = log1p_of_pair(power) + choose_pair(x > 0, x, (pair){0});
        terms -= two_of(targets, i, count) * x;
        pair share = sigmoid_from(x, power);
        for (index lane = 0; lane < 2 && i + lane < count; lane++) {
            total += terms[lane];
            if (gradient) gradient[i + lane] = (real)share[lane] - targets[i + lane];
        }
    }
    return total;
}
