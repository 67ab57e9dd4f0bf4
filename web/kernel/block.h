/* The heart of the product: a few rows by a few vectors of the output, kept in registers. */

/* With a fused multiply-add 6 x 2 sums, 2 vectors of b and 1 of a fill 15 of the 16 registers of
 * x86-64, of which the browser keeps one. Without it the product needs a register of its own. */
#ifdef FUSED
#define SIX_ROWS
#endif

enum {
#ifdef SIX_ROWS
    MOST_ROWS = 6,
#else
    MOST_ROWS = 5,
#endif
    PANEL = 2 * LANES, /* columns of a panel of b */
    MOST_VECTORS = 8,
    MOST_SUMS = 12, /* rows times vectors of any block */
};

/* How to walk through a strip of a, a panel of b and a tile of the output. b and c lie in vectors
 * along their columns; every step is in elements. */
typedef struct {
    index depth; /* how many columns of a and rows of b, in each of so many turns */
    index turns; /* 0 is one too */
    const real *a;
    index a_row, a_column, a_turn; /* a_turn from the end of one turn to the start of the next */
    const real *b;
    index b_row;
    real *c;
    index c_row;
    int go_on; /* from the sums that are in c, of an earlier part of a and b */
} Tile;

static inline __attribute__((always_inline)) void block(const int rows, const int vectors,
                                                        const Tile *tile) {
    lanes sums[MOST_SUMS];
    const real *a = tile->a, *b = tile->b;
    const index a_row = tile->a_row, a_column = tile->a_column, b_row = tile->b_row;
#pragma clang loop unroll(full)
    for (int r = 0; r < rows; r++) {
#pragma clang loop unroll(full)
        for (int v = 0; v < vectors; v++) {
            const real *from = tile->c + r * tile->c_row + v * LANES;
            sums[r * vectors + v] = tile->go_on ? load(from) : (lanes){0};
        }
    }
    index turns = tile->turns;
    do {
#pragma clang loop unroll(disable)
        for (index left = tile->depth; left > 0; left--) {
            lanes row_of_b[MOST_VECTORS];
#pragma clang loop unroll(full)
            for (int v = 0; v < vectors; v++) row_of_b[v] = load(b + v * LANES);
#pragma clang loop unroll(full)
            for (int r = 0; r < rows; r++) {
                lanes factor = spread(a[r * a_row]);
#pragma clang loop unroll(full)
                for (int v = 0; v < vectors; v++) {
                    lanes *sum = &sums[r * vectors + v];
                    *sum = in_order(multiply_add(factor, row_of_b[v], *sum));
                }
            }
            a += a_column;
            b += b_row;
        }
        a += tile->a_turn;
    } while (--turns > 0);
#pragma clang loop unroll(full)
    for (int r = 0; r < rows; r++) {
#pragma clang loop unroll(full)
        for (int v = 0; v < vectors; v++) {
            store(tile->c + r * tile->c_row + v * LANES, sums[r * vectors + v]);
        }
    }
}

/* All sizes; for few rows wide ones too: otherwise there are too few sums under way to keep the
 * adders busy. */
#define FOR_ROWS(X, rows) X(rows, 1) X(rows, 2)
#ifdef SIX_ROWS
#define FOR_SIX_ROWS(X) FOR_ROWS(X, 6)
#else
#define FOR_SIX_ROWS(X)
#endif
#define FOR_SIZES(X)                                                                            \
    FOR_ROWS(X, 1) FOR_ROWS(X, 2) FOR_ROWS(X, 3) FOR_ROWS(X, 4) FOR_ROWS(X, 5) FOR_SIX_ROWS(X)  \
    X(1, 8) X(1, 4) X(2, 4) X(3, 3)

/* One function for each size, so that a browser compiles them one by one. */
#define BLOCK(rows, vectors)                                                                    \
    static __attribute__((noinline)) void block_##rows##_##vectors(const Tile *tile) {          \
        block(rows, vectors, tile);                                                             \
    }
FOR_SIZES(BLOCK)

static void run_block(int rows, int vectors, const Tile *tile) {
#define RUN(rows, vectors)                                                                      \
    case 10 * (rows) + (vectors):                                                               \
        block_##rows##_##vectors(tile);                                                         \
        return;
    switch (10 * rows + vectors) {
        FOR_SIZES(RUN)
    default:
        __builtin_trap();
    }
}
