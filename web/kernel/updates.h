/* Optimizers: a parameter moved by its gradient in one pass; the formulas stand in
 * pynn/optimizers.py. The order of the operations is NumPy's and none are fused, so that the
 * parameter gets the same bits as without the kernel. */

enum { MOST_ARRAYS = 4 };

/* One step for the lanes that `at` points to; the first array is the parameter. */
typedef void Step(real *const *at, const double *numbers);

static inline __attribute__((always_inline)) void each(Step *step, int arrays, real *const *all,
                                                       index count, const double *numbers) {
    real *at[MOST_ARRAYS];
    index i = 0;
    for (; i + LANES <= count; i += LANES) {
#pragma clang loop unroll(full)
        for (int n = 0; n < arrays; n++) at[n] = all[n] + i;
        step(at, numbers);
    }
    if (i == count) return;
    real rest[MOST_ARRAYS][LANES];
    for (int n = 0; n < arrays; n++) {
        store(rest[n], load_some(all[n] + i, count - i));
        at[n] = rest[n];
    }
    step(at, numbers);
    for (int n = 0; n < arrays; n++) store_some(all[n] + i, load(rest[n]), count - i);
}

/* numbers: factor */
static inline void add_scaled_step(real *const *at, const double *numbers) {
    store(at[0], load(at[0]) + load(at[1]) * (real)numbers[0]);
}

/* numbers: rate, share of the velocity that is kept, whether it is Nesterov's */
static inline void momentum_step(real *const *at, const double *numbers) {
    real keep = (real)numbers[1];
    lanes w = load(at[0]), step = load(at[1]) * (real)-numbers[0];
    lanes velocity = load(at[2]) * keep + step;
    store(at[2], velocity);
    store(at[0], numbers[2] != 0 ? (w + step) + velocity * keep : w + velocity);
}

/* numbers: rate, rho, epsilon */
static inline void rmsprop_step(real *const *at, const double *numbers) {
    lanes g = load(at[1]);
    lanes square = load(at[2]) * (real)numbers[1] + (g * g) * (real)(1.0 - numbers[1]);
    store(at[2], square);
    lanes step = g / (__builtin_elementwise_sqrt(square) + (real)numbers[2]);
    store(at[0], load(at[0]) + step * (real)-numbers[0]);
}

/* numbers: rate / (1 - beta_1^t), beta_1, beta_2, epsilon, 1 / sqrt(1 - beta_2^t), and what is
 * left of the parameter itself before the step (1 without weight decay) */
static inline void adam_step(real *const *at, const double *numbers) {
    lanes g = load(at[1]);
    lanes mean = load(at[2]) * (real)numbers[1] + g * (real)(1.0 - numbers[1]);
    lanes square = load(at[3]) * (real)numbers[2] + (g * g) * (real)(1.0 - numbers[2]);
    store(at[2], mean);
    store(at[3], square);
    lanes scale = __builtin_elementwise_sqrt(square) * (real)numbers[4] + (real)numbers[3];
    store(at[0], load(at[0]) * (real)numbers[5] + (mean / scale) * (real)-numbers[0]);
}

static void add_scaled(void *target, const void *source, index count, const double *numbers) {
    real *const all[] = {target, (real *)source};
    each(add_scaled_step, 2, all, count, numbers);
}

static void momentum(void *w, const void *g, void *velocity, index count, const double *numbers) {
    real *const all[] = {w, (real *)g, velocity};
    each(momentum_step, 3, all, count, numbers);
}

static void rmsprop(void *w, const void *g, void *square, index count, const double *numbers) {
    real *const all[] = {w, (real *)g, square};
    each(rmsprop_step, 3, all, count, numbers);
}

static void adam(void *w, const void *g, void *mean, void *square, index count,
                 const double *numbers) {
    real *const all[] = {w, (real *)g, mean, square};
    each(adam_step, 4, all, count, numbers);
}
