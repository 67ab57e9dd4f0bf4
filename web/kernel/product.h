/* out = a @ b for any steps, after Goto and van de Geijn 2008, "Anatomy of high-performance matrix
 * multiplication": b is cut into parts that stay in the second-level cache, and each part into
 * panels of a few columns; a strip of rows of a, which stays in the first, meets every panel of a
 * part. Strips of a, and b under few rows, are read where they lie. */

enum {
    PART_DEPTH = 320,
    PART_COLUMNS = WORKSPACE_BYTES / sizeof(real) / PART_DEPTH,
    /* From so many rows on it pays to lay out b in the order in which blocks read it. */
    ROWS_WORTH_PACKING = 128 / sizeof(real),
    /* Of lines of memory whose addresses end in the same twelve bits, the smallest first-level
     * caches keep this many. */
    LINE = 64,
    ALIKE = 4096,
    LINES_KEPT = 8,
    PANELS_WORTH_PACKING = 4,
    MOST_PANELS = PART_COLUMNS / PANEL + 2,
};

typedef struct {
    const real *b;
    index b_row;
    int vectors;
    int columns; /* fewer than the vectors hold at the right edge */
} Panel;

static const real *element(Matrix matrix, index i, index j) {
    return (const real *)matrix.data + i * matrix.row + j * matrix.column;
}

/* Lays out b[from : from + depth, j : j + columns] row by row, with zeros behind the edge. */
static Panel packed(Matrix b, index from, index depth, index j, int columns, real *to) {
    Panel panel = {to, columns > LANES ? PANEL : LANES, columns > LANES ? 2 : 1, columns};
    const real *source = element(b, from, j);
    index p = 0;
    if (b.column == 1) {
        int first = columns < LANES ? columns : LANES, second = columns - first;
        for (; p < depth; p++, to += panel.b_row) {
            const real *row = source + p * b.row;
            store(to, load_rest(row, first));
            if (second) store(to + LANES, load_rest(row + LANES, second));
        }
    } else if (b.row == 1 && columns == panel.b_row) {
        for (; p + LANES <= depth; p += LANES, to += LANES * panel.b_row) {
            for (int v = 0; v < panel.vectors; v++) {
                const real *corner = source + v * LANES * b.column + p;
                lanes square[LANES];
                for (int c = 0; c < LANES; c++) square[c] = load(corner + c * b.column);
                transpose(square);
                for (int c = 0; c < LANES; c++) store(to + c * panel.b_row + v * LANES, square[c]);
            }
        }
    }
    for (; p < depth; p++, to += panel.b_row) {
        for (int c = 0; c < panel.b_row; c++)
            to[c] = c < columns ? source[p * b.row + c * b.column] : 0;
    }
    return panel;
}

/* How many vectors wide the next panel is when b is read where it lies. */
static int direct_vectors(index rows, index columns) {
    if (rows == 1 && columns >= 8 * LANES) return 8;
    if (rows <= 2 && columns >= 4 * LANES) return 4;
    if (rows == 3 && columns >= 3 * LANES) return 3;
    return columns >= PANEL ? 2 : 1;
}

/* Cuts b[from : from + depth, j : j + columns] into panels; returns how many. */
static int cut(Matrix b, index from, index depth, index j, index columns, index rows,
               Panel *panels) {
    int count = 0, direct = b.column == 1 && rows < ROWS_WORTH_PACKING;
    real *free = (real *)workspace;
    for (index done = 0; done < columns; done += panels[count++].columns) {
        index left = columns - done;
        int vectors = direct_vectors(rows, left);
        if (direct && left >= vectors * LANES) {
            panels[count] =
                (Panel){element(b, from, j + done), b.row, vectors, vectors * (int)LANES};
        } else {
            int wide = left < PANEL ? (int)left : PANEL;
            panels[count] = packed(b, from, depth, j + done, wide, free);
            free += depth * panels[count].b_row;
        }
    }
    return count;
}

/* A row of few columns. */
static void copy_row(const real *from, index from_column, int columns, real *to, index to_column) {
    if (from_column == 1 && to_column == 1) {
        for (int c = 0; c < columns; c += LANES)
            store_rest(to + c, load_rest(from + c, columns - c), columns - c);
    } else {
        for (int c = 0; c < columns; c++) to[c * to_column] = from[c * from_column];
    }
}

/* A block that does not fill whole vectors in a row of the output, by way of a small tile. */
static __attribute__((noinline)) void write_edge(const Matrix *out, index i, int rows, index j,
                                                 const Panel *panel, Tile *tile) {
    real *to = (real *)element(*out, i, j);
    real small[MOST_SUMS * LANES] = {0};
    tile->c = small;
    tile->c_row = panel->vectors * LANES;
    for (int r = 0; tile->go_on && r < rows; r++)
        copy_row(to + r * out->row, out->column, panel->columns, small + r * tile->c_row, 1);
    run_block(rows, panel->vectors, tile);
    for (int r = 0; r < rows; r++)
        copy_row(small + r * tile->c_row, 1, panel->columns, to + r * out->row, out->column);
}

/* One block of the output; the tile says what of a it is made of. */
static void write_block(const Matrix *out, index i, int rows, index j, const Panel *panel,
                        Tile *tile) {
    tile->b = panel->b;
    tile->b_row = panel->b_row;
    if (out->column == 1 && panel->columns == panel->vectors * LANES) {
        tile->c = (real *)element(*out, i, j);
        tile->c_row = out->row;
        run_block(rows, panel->vectors, tile);
    } else {
        write_edge(out, i, rows, j, panel, tile);
    }
}

/* A strip of the output, from column j on: as many columns as the panels have. */
static void write_strip(const Matrix *out, index i, int rows, index j, const Panel *panels,
                        int count, Tile *tile) {
    for (int n = 0; n < count; j += panels[n++].columns)
        write_block(out, i, rows, j, &panels[n], tile);
}

static index strips_of(index rows) {
    return (rows + MOST_ROWS - 1) / MOST_ROWS;
}

/* Rows of the next strip when so many of both are left. As even as can be: a last strip of one row
 * takes as long as one of four. */
static int rows_of_strip(index rows, index strips) {
    return (int)((rows + strips - 1) / strips);
}

/* Lays out a strip of a column by column. */
static void pack_strip(Tile *tile, int rows, real *to) {
    const real *column = tile->a;
    for (index p = 0; p < tile->depth; p++, column += tile->a_column, to += rows) {
        for (int r = 0; r < rows; r++) to[r] = column[r * tile->a_row];
    }
}

/* Whether the columns of a strip push one another out of the cache before the next panel comes.
 * The larger the power of two in their distance, the fewer places there are for them. */
static int crowds_the_cache(const Tile *tile, int panels) {
    index distance = tile->a_column * (index)sizeof(real);
    index power = distance & -distance;
    if (panels < PANELS_WORTH_PACKING || power < LINE) return 0;
    index places = power < ALIKE ? ALIKE / power : 1;
    return tile->depth > places * LINES_KEPT;
}

static void fill_with_zeros(Matrix out) {
    for (index i = 0; i < out.rows; i++) {
        for (index j = 0; j < out.columns; j++) *(real *)element(out, i, j) = 0;
    }
}

static index smaller(index one, index other) {
    return one < other ? one : other;
}

static void product(Matrix a, Matrix b, Matrix out) {
    if (out.column != 1 && out.row == 1) {
        Matrix a_was = a;
        a = transposed(b);
        b = transposed(a_was);
        out = transposed(out);
    }
    if (a.columns == 0) fill_with_zeros(out);
    Panel panels[MOST_PANELS];
    static real strip[PART_DEPTH * MOST_ROWS];
    for (index j = 0; j < out.columns; j += PART_COLUMNS) {
        index columns = smaller(PART_COLUMNS, out.columns - j);
        index parts = (a.columns + PART_DEPTH - 1) / PART_DEPTH;
        for (index from = 0, depth; parts > 0; parts--, from += depth) {
            depth = (a.columns - from + parts - 1) / parts;
            int count = cut(b, from, depth, j, columns, out.rows, panels);
            index i = 0;
            for (index strips = strips_of(out.rows); strips > 0; strips--) {
                int rows = rows_of_strip(out.rows - i, strips);
                Tile tile = {.depth = depth, .a = element(a, i, from),
                             .a_row = a.row, .a_column = a.column, .go_on = from > 0};
                if (crowds_the_cache(&tile, count)) {
                    pack_strip(&tile, rows, strip);
                    tile.a = strip;
                    tile.a_row = 1;
                    tile.a_column = rows;
                }
                write_strip(&out, i, rows, j, panels, count, &tile);
                i += rows;
            }
        }
    }
}
