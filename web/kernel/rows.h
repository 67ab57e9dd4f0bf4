/* The bias: one row that is added to every row, and its gradient, the sum of all rows; and the
 * largest number of one row. */

static void add_to_rows(const void *row, Matrix out) {
    const real *bias = row;
    for (index i = 0; i < out.rows; i++) {
        real *z = (real *)element(out, i, 0);
        index j = 0;
        for (; j + LANES <= out.columns; j += LANES) store(z + j, load(z + j) + load(bias + j));
        for (; j < out.columns; j++) z[j] += bias[j];
    }
}

/* From the first row to the last, as NumPy does it. */
static void add_up_rows(Matrix matrix, real *sums) {
    for (index j = 0; j < matrix.columns; j += LANES) {
        index left = matrix.columns - j;
        lanes sum = load_rest(sums + j, left);
        for (index i = 0; i < matrix.rows; i++) sum += load_rest(element(matrix, i, j), left);
        store_rest(sums + j, sum, left);
    }
}

static void sum_of_rows(Matrix matrix, void *out) {
    real *sums = out;
    for (index j = 0; j < matrix.columns; j++) sums[j] = 0;
    add_up_rows(matrix, sums);
}

/* NaN when there is one, so that a diverged network is seen as such. */
static real largest_of(const real *z, index count) {
    real largest = z[0];
    for (index i = 1; i < count; i++) {
        if (z[i] > largest || z[i] != z[i]) largest = z[i];
    }
    return largest;
}
