/* Softmax and the two cross-entropies; the formulas stand in pynn/losses.py. */

/* The sum of exp(z - shift). The terms go to `out` unless it is null. */
static double sum_exponentials(const real *z, real shift, real *out, index count) {
    double sum = 0;
    for (index i = 0; i < count; i += LANES) {
        index here = smaller(LANES, count - i);
        lanes terms = exp_of_lanes((here == LANES ? load(z + i) : load_some(z + i, here)) - shift);
        for (index lane = 0; lane < LANES; lane++) {
            if (lane < here) sum += terms[lane];
        }
        if (!out) continue;
        if (here == LANES) store(out + i, terms);
        else store_some(out + i, terms, here);
    }
    return sum;
}

static void softmax_of_row(const real *z, real *out, index count) {
    real sum = (real)sum_exponentials(z, largest_of(z, count), out, count);
    for (index i = 0; i < count; i++) out[i] /= sum;
}

/* The gradient goes to `gradient` unless it is null. */
static double cross_entropy_of_row(const real *z, const real *targets, real *gradient,
                                   index count) {
    real largest = largest_of(z, count);
    double sum = sum_exponentials(z, largest, gradient, count), along = 0;
    for (index i = 0; i < count; i++) along += (double)targets[i] * (z[i] - largest);
    for (index i = 0; gradient && i < count; i++) {
        gradient[i] = gradient[i] / (real)sum - targets[i];
    }
    return log(sum) - along;
}

static double binary_cross_entropy(const void *all_z, const void *all_targets, void *all_gradients,
                                   index count) {
    const real *z = all_z, *targets = all_targets;
    real *gradient = all_gradients;
    double total = 0;
    for (index i = 0; i < count; i++) {
        double x = z[i], power = exp(x < 0 ? x : -x);
        total += log1p(power) + (x < 0 ? 0 : x) - targets[i] * x;
        if (gradient) gradient[i] = (real)((x < 0 ? power : 1) / (1 + power)) - targets[i];
    }
    return total;
}
