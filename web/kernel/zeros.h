/* Products of a matrix that is mostly zeros, as images of digits are. Only its other numbers are
 * listed and multiplied; every sum keeps the order of product.h, so that both ways give the same
 * bits, and which of them is taken changes the time alone. Zero times what is not finite is NaN:
 * where b has such a number, product.h has to do it.
 *
 * Of b some columns at a time are laid out without gaps: rows whose distance is a power of two
 * crowd one another out of the first-level cache. PART_ROWS rows of SIDE columns stay in it. */

enum {
    SIDE = MOST_VECTORS * LANES, /* columns of b at a time */
    LEAST_SIDE = 8 * LANES,      /* columns of b that make up for the lists */
};

typedef struct {
    Lists columns;
    real sums[STRIP_ROWS * SIDE];
    real laid_out[STRIP_ROWS * SIDE];
} SparseWork;
_Static_assert(sizeof(SparseWork) <= WORKSPACE_BYTES, "the workspace is too small");

/* How many vectors wide the next columns of b are laid out. */
static int side_vectors(index columns) {
    return columns > 4 * LANES ? 8 : columns > 2 * LANES ? 4 : columns > LANES ? 2 : 1;
}

/* Lays out b[from : from + rows, j : j + columns], with zeros behind the edge. Returns whether all
 * of it is finite. */
static int lay_out(Matrix b, index from, index rows, index j, index columns, int vectors, real *to) {
    lanes wild = {0};
    for (index p = 0; p < rows; p++, to += vectors * LANES) {
        const real *row = element(b, from + p, j);
        for (int v = 0; v < vectors; v++) {
            lanes value = load_rest(row + v * LANES, columns - v * LANES);
            wild += value * 0;
            store(to + v * LANES, value);
        }
    }
    return !bits(wild != (lanes){0});
}

/* sums += value[k] * row place[k] of what is laid out, for one after another; or from zero on. */
static inline __attribute__((always_inline)) void add_rows(const int vectors, const real *laid_out,
                                                           const uint16_t *place,
                                                           const real *value, index count,
                                                           int go_on, real *sums) {
    lanes sum[MOST_VECTORS];
#pragma clang loop unroll(full)
    for (int v = 0; v < vectors; v++) sum[v] = go_on ? load(sums + v * LANES) : (lanes){0};
#pragma clang loop unroll(disable)
    for (index k = 0; k < count; k++) {
        const real *row = laid_out + place[k] * vectors * LANES;
        lanes factor = spread(value[k]);
#pragma clang loop unroll(full)
        for (int v = 0; v < vectors; v++)
            sum[v] = in_order(multiply_add(factor, load(row + v * LANES), sum[v]));
    }
#pragma clang loop unroll(full)
    for (int v = 0; v < vectors; v++) store(sums + v * LANES, sum[v]);
}

/* From each start to the next, for `count` lists that lie `step` starts apart: list n goes to
 * sums + n * sums_row. */
#define ADD_LISTS(vectors)                                                                      \
    static __attribute__((noinline)) void add_lists_##vectors(                                  \
        const Lists *l, const uint16_t *start, index step, index count, const real *laid_out,   \
        int go_on, real *sums, index sums_row) {                                                \
        for (; count > 0; count--, start += step, sums += sums_row)                             \
            add_rows(vectors, laid_out, l->place + start[0], l->value + start[0],               \
                     start[1] - start[0], go_on, sums);                                         \
    }
ADD_LISTS(1) ADD_LISTS(2) ADD_LISTS(4) ADD_LISTS(8)

static void add_lists(int vectors, const Lists *l, const uint16_t *start, index step, index count,
                      const real *laid_out, int go_on, real *sums, index sums_row) {
    (vectors == 8   ? add_lists_8
     : vectors == 4 ? add_lists_4
     : vectors == 2 ? add_lists_2
                    : add_lists_1)(l, start, step, count, laid_out, go_on, sums, sums_row);
}

static void copy_columns(const real *from, index from_row, index rows, index columns, real *to,
                         index to_row) {
    for (; rows > 0; rows--, from += from_row, to += to_row)
        copy_row(from, 1, (int)columns, to, 1);
}

static int suits(Matrix b, Matrix out) {
    return b.columns >= LEAST_SIDE && b.column == 1 && out.column == 1;
}

/* out = a @ b; or 0, and then what out holds means nothing. A mark above 1 tells the transposed
 * product that a's rows are listed. */
static double sparse_product(Matrix a, Matrix b, Matrix out) {
    if (!suits(b, out) || !worth_listing(a)) return 0;
    SparseWork *work = (SparseWork *)workspace;
    const Lists *l = row_lists();
    index parts = parts_of(a), rows = 0;
    for (index first = 0; first < a.rows; first += rows) {
        rows = list_rows(a, first);
        for (index j = 0; j < out.columns; j += SIDE) {
            index columns = smaller(SIDE, out.columns - j);
            int vectors = side_vectors(columns), width = vectors * LANES;
            for (index q = 0; q < parts; q++) {
                index from = q * PART_ROWS, depth = smaller(PART_ROWS, b.rows - from);
                if (!lay_out(b, from, depth, j, columns, vectors, work->laid_out)) return 0;
                add_lists(vectors, l, l->start + q, parts, rows, work->laid_out, q > 0,
                          work->sums, width);
            }
            copy_columns(work->sums, width, rows, columns, (real *)element(out, first, j),
                         out.row);
        }
    }
    return rows == a.rows ? keep_lists(a) : 1;
}

/* out = a^T @ b; or 0, and then what out holds means nothing. */
static int sparse_transposed_product(Matrix a, Matrix b, Matrix out, double mark) {
    int known = are_listed(a, mark);
    if (!suits(b, out) || !(known || worth_listing(a))) return 0;
    SparseWork *work = (SparseWork *)workspace;
    const Lists *l = &work->columns;
    for (index first = 0, rows; first < a.rows; first += rows) {
        rows = known ? a.rows : list_rows(a, first);
        turn_round(rows, a.columns, &work->columns);
        for (index j = 0; j < out.columns; j += SIDE) {
            index columns = smaller(SIDE, out.columns - j);
            int vectors = side_vectors(columns), width = vectors * LANES;
            if (!lay_out(b, first, rows, j, columns, vectors, work->laid_out)) return 0;
            if (columns == width) {
                add_lists(vectors, l, l->start, 1, out.rows, work->laid_out, first > 0,
                          (real *)element(out, 0, j), out.row);
                continue;
            }
            for (index p = 0; p < out.rows; p += STRIP_ROWS) {
                index count = smaller(STRIP_ROWS, out.rows - p);
                real *to = (real *)element(out, p, j);
                if (first > 0) copy_columns(to, out.row, count, columns, work->sums, width);
                add_lists(vectors, l, l->start + p, 1, count, work->laid_out, first > 0,
                          work->sums, width);
                copy_columns(work->sums, width, count, columns, to, out.row);
            }
        }
    }
    return 1;
}
