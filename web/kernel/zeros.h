/* Products of a matrix that is mostly zeros, as images of digits are. Only its other numbers are
 * listed and multiplied; every sum keeps the order of product.h, so that both ways give the same
 * bits, and which of them is taken changes the time alone. Zero times what is not finite is NaN:
 * where b has such a number, product.h has to do it.
 *
 * Of b some columns at a time are laid out without gaps: rows whose distance is a power of two
 * crowd one another out of the first-level cache. */

enum {
    SIDE = MOST_VECTORS * LANES,          /* columns of b at a time */
    PART_ROWS = 56,                       /* of b: with SIDE columns they stay in that cache */
    STRIP_ROWS = 128,                     /* of a at most, whose numbers are listed together */
    MOST_LISTED = 192 * 1024 / (sizeof(real) + sizeof(uint16_t)),
    LEAST_COLUMNS = 64,                   /* of a: shorter sums are no work */
    LEAST_SIDE = 8 * LANES,               /* columns of b that make up for the listing */
    MOST_COLUMNS = 8192,
    LEAST_ROWS = 8,                       /* of a: for fewer, b is not worth laying out */
    LOOKED_AT = 8,                        /* rows of a that tell of all */
};
/* More of them, and product.h is as fast. */
static const double MOST_OTHERS = 0.4;

typedef struct {
    real value[MOST_LISTED];
    real sums[STRIP_ROWS * SIDE];
    real laid_out[STRIP_ROWS * SIDE];
    uint16_t place[MOST_LISTED];
    /* Where the numbers of each row and part begin, or those of each column, and where the last
     * end. */
    uint16_t start[STRIP_ROWS * (MOST_COLUMNS / PART_ROWS + 1) + 1];
} Listed;
_Static_assert(sizeof(Listed) <= WORKSPACE_BYTES, "the workspace is too small");

/* Bit p says that row[p] is no zero, of as many as a part has at most. */
static uint64_t others(const real *row, index count) {
    uint64_t found = 0;
    index p = 0;
    for (; p + LANES <= count; p += LANES)
        found |= (uint64_t)bits(load(row + p) != (lanes){0}) << p;
    for (; p < count; p++) found |= (uint64_t)(row[p] != 0) << p;
    return found;
}

/* Whether so few numbers of a are no zeros that it is worth listing them. */
static int worth_listing(Matrix a, Matrix b, Matrix out) {
    if (b.columns < LEAST_SIDE || b.column != 1 || out.column != 1) return 0;
    if (a.rows < LEAST_ROWS || a.columns < LEAST_COLUMNS || a.columns > MOST_COLUMNS) return 0;
    if (a.column != 1) return 0;
    index count = 0;
    for (int i = 0; i < LOOKED_AT; i++) {
        const real *row = element(a, i * a.rows / LOOKED_AT, 0);
        for (index p = 0; p < a.columns; p++) count += row[p] != 0;
    }
    return count <= MOST_OTHERS * (double)(LOOKED_AT * a.columns);
}

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
            index left = columns - v * LANES;
            lanes value = left >= LANES ? load(row + v * LANES)
                          : left > 0    ? load_some(row + v * LANES, left)
                                        : (lanes){0};
            wild += value * 0;
            store(to + v * LANES, value);
        }
    }
    return !bits(wild != (lanes){0});
}

/* sums += value[k] * row place[k] of what is laid out, for one after another. */
static inline __attribute__((always_inline)) void add_rows(const int vectors, const real *laid_out,
                                                           const uint16_t *place,
                                                           const real *value, index count,
                                                           real *sums) {
    lanes sum[MOST_VECTORS];
#pragma clang loop unroll(full)
    for (int v = 0; v < vectors; v++) sum[v] = load(sums + v * LANES);
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
        const Listed *l, const uint16_t *start, index step, index count, real *sums,            \
        index sums_row) {                                                                       \
        for (; count > 0; count--, start += step, sums += sums_row)                             \
            add_rows(vectors, l->laid_out, l->place + start[0], l->value + start[0],            \
                     start[1] - start[0], sums);                                                \
    }
ADD_LISTS(1) ADD_LISTS(2) ADD_LISTS(4) ADD_LISTS(8)

static void add_lists(int vectors, const Listed *l, const uint16_t *start, index step, index count,
                      real *sums, index sums_row) {
    (vectors == 8   ? add_lists_8
     : vectors == 4 ? add_lists_4
     : vectors == 2 ? add_lists_2
                    : add_lists_1)(l, start, step, count, sums, sums_row);
}

static void copy_columns(const real *from, index from_row, index rows, index columns, real *to,
                         index to_row) {
    for (; rows > 0; rows--, from += from_row, to += to_row) {
        index j = 0;
        for (; j + LANES <= columns; j += LANES) store(to + j, load(from + j));
        for (; j < columns; j++) to[j] = from[j];
    }
}

/* Lists the numbers of a's rows from this one on, part by part; returns of how many rows. */
static index list_rows(Listed *l, Matrix a, index first) {
    index n = 0, rows = 0, parts = 0;
    for (; rows < STRIP_ROWS && first + rows < a.rows; rows++) {
        if (n + a.columns > MOST_LISTED) break;
        for (index from = 0; from < a.columns; from += PART_ROWS) {
            const real *row = element(a, first + rows, from);
            uint64_t left = others(row, smaller(PART_ROWS, a.columns - from));
            l->start[parts++] = (uint16_t)n;
            for (; left; left &= left - 1, n++) {
                int p = __builtin_ctzll(left);
                l->place[n] = (uint16_t)p;
                l->value[n] = row[p];
            }
        }
    }
    l->start[parts] = (uint16_t)n;
    return rows;
}

/* out = a @ b; or 0, and then what out holds means nothing. */
static int sparse_product(Matrix a, Matrix b, Matrix out) {
    if (!worth_listing(a, b, out)) return 0;
    Listed *l = (Listed *)workspace;
    index parts = (a.columns + PART_ROWS - 1) / PART_ROWS;
    for (index first = 0, rows; first < a.rows; first += rows) {
        rows = list_rows(l, a, first);
        for (index j = 0; j < out.columns; j += SIDE) {
            index columns = smaller(SIDE, out.columns - j);
            int vectors = side_vectors(columns), width = vectors * LANES;
            for (index i = 0; i < rows * width; i += LANES) store(l->sums + i, (lanes){0});
            for (index q = 0; q < parts; q++) {
                index from = q * PART_ROWS, depth = smaller(PART_ROWS, b.rows - from);
                if (!lay_out(b, from, depth, j, columns, vectors, l->laid_out)) return 0;
                add_lists(vectors, l, l->start + q, parts, rows, l->sums, width);
            }
            copy_columns(l->sums, width, rows, columns, (real *)element(out, first, j), out.row);
        }
    }
    return 1;
}

/* Lists the numbers of a's columns, of the rows from this one on; returns of how many rows. */
static index list_columns(Listed *l, Matrix a, index first) {
    index rows = smaller(STRIP_ROWS, a.rows - first), n;
    uint16_t *next = l->start + 1;
    for (;; rows /= 2) {
        for (index p = 0; p < a.columns; p++) next[p] = 0;
        for (index r = 0; r < rows; r++) {
            const real *row = element(a, first + r, 0);
            for (index p = 0; p < a.columns; p++) next[p] += row[p] != 0;
        }
        /* Where each column begins, which moves to where it ends while it is filled. */
        n = 0;
        for (index p = 0; p < a.columns; p++) {
            index count = next[p];
            next[p] = (uint16_t)n;
            n += count;
        }
        if (n <= MOST_LISTED) break;
    }
    l->start[0] = 0;
    for (index r = 0; r < rows; r++) {
        for (index from = 0; from < a.columns; from += PART_ROWS) {
            const real *row = element(a, first + r, from);
            uint64_t left = others(row, smaller(PART_ROWS, a.columns - from));
            for (; left; left &= left - 1) {
                int p = __builtin_ctzll(left);
                index k = next[from + p]++;
                l->place[k] = (uint16_t)r;
                l->value[k] = row[p];
            }
        }
    }
    return rows;
}

/* out = a^T @ b; or 0, and then what out holds means nothing. */
static int sparse_transposed_product(Matrix a, Matrix b, Matrix out) {
    if (!worth_listing(a, b, out)) return 0;
    Listed *l = (Listed *)workspace;
    for (index first = 0, rows; first < a.rows; first += rows) {
        rows = list_columns(l, a, first);
        for (index j = 0; j < out.columns; j += SIDE) {
            index columns = smaller(SIDE, out.columns - j);
            int vectors = side_vectors(columns), width = vectors * LANES;
            if (!lay_out(b, first, rows, j, columns, vectors, l->laid_out)) return 0;
            for (index p = 0; p < out.rows; p += STRIP_ROWS) {
                index count = smaller(STRIP_ROWS, out.rows - p);
                real *to = (real *)element(out, p, j);
                for (index i = 0; i < count * width; i += LANES) store(l->sums + i, (lanes){0});
                if (first > 0) copy_columns(to, out.row, count, columns, l->sums, width);
                add_lists(vectors, l, l->start + p, 1, count, l->sums, width);
                copy_columns(l->sums, width, count, columns, to, out.row);
            }
        }
    }
    return 1;
}
