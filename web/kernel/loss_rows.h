/* Softmax and the cross-entropy, row by row: losses.h and exact_losses.h say what one row is. */

static void softmax(const void *all_z, void *all_out, index rows, index columns) {
    const real *z = all_z;
    real *out = all_out;
    for (index row = 0; row < rows; row++, z += columns, out += columns) {
        softmax_of_row(z, out, columns);
    }
}

static double cross_entropy(const void *all_z, const void *all_targets, void *all_gradients,
                            index rows, index columns) {
    const real *z = all_z, *targets = all_targets;
    real *gradient = all_gradients;
    double total = 0;
    for (index row = 0; row < rows; row++, z += columns, targets += columns) {
        total += cross_entropy_of_row(z, targets, gradient, columns);
        if (gradient) gradient += columns;
    }
    return total;
}
