/* Matrix products and what a dense layer needs of them. */
#include "call.h"

static int fits(Matrix a, Matrix b, Matrix out) {
    return a.rows == out.rows && a.columns == b.rows && b.columns == out.columns &&
           !folds_onto_itself(out);
}

/* a, b, out */
int matmul(Call *call) {
    const Py_buffer *views = call->views;
    if (!is_matrix(&views[0]) || !is_matrix(&views[1]) || !is_matrix(&views[2])) return 0;
    Matrix a = matrix_of(&views[0]), b = matrix_of(&views[1]), out = matrix_of(&views[2]);
    if (!fits(a, b, out)) return 0;
    call->of->product(a, b, out);
    return 1;
}

/* x, weights, bias or None, out. The result is a mark from 1 on for `affine_gradients`. */
int affine(Call *call) {
    const Py_buffer *views = call->views;
    if (!is_matrix(&views[0]) || !is_matrix(&views[1]) || !is_matrix(&views[3])) return 0;
    Matrix x = matrix_of(&views[0]), weights = matrix_of(&views[1]), out = matrix_of(&views[3]);
    if (!fits(x, weights, out) || !is_row(&views[2], out.columns)) return 0;
    if (!is_contiguous(&views[3])) return 0;
    double mark = call->of->sparse_product(x, weights, out);
    if (!mark) call->of->product(x, weights, out);
    call->result = mark ? mark : 1;
    if (views[2].obj) call->of->add_to_rows(views[2].buf, out);
    return 1;
}

/* x, weights, dz, d_weights, d_bias or None, dx or None; the mark that `affine` gave for this x,
 * which holds the same still, or 0 */
int affine_gradients(Call *call) {
    const Py_buffer *views = call->views;
    for (int i = 0; i < 4; i++) {
        if (!is_matrix(&views[i])) return 0;
    }
    Matrix x = matrix_of(&views[0]), weights = matrix_of(&views[1]), dz = matrix_of(&views[2]);
    Matrix d_weights = matrix_of(&views[3]), dx = {0};
    if (!fits(transposed(x), dz, d_weights) || !same_shape(&views[1], &views[3])) return 0;
    if (!is_row(&views[4], dz.columns) || !is_contiguous(&views[2])) return 0;
    if (views[5].obj) {
        if (!is_matrix(&views[5])) return 0;
        dx = matrix_of(&views[5]);
        if (!fits(dz, transposed(weights), dx)) return 0;
    }
    if (!call->of->sparse_transposed_product(x, dz, d_weights, call->numbers[0]))
        call->of->product(transposed(x), dz, d_weights);
    if (views[4].obj) call->of->sum_of_rows(dz, views[4].buf);
    if (views[5].obj) call->of->product(dz, transposed(weights), dx);
    return 1;
}
