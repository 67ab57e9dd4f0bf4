/* Lists of the numbers of a matrix that are not zero, row by row or column by column. */

enum {
    BITS = 56,                 /* of a row's numbers are looked at together */
    PART_ROWS = 2 * BITS,      /* and so many are one list, for a reason in zeros.h */
    STRIP_ROWS = 128,          /* at most are listed together */
    LEAST_COLUMNS = 64,        /* shorter rows are no work */
    MOST_COLUMNS = 8192,
    LEAST_ROWS = 8,            /* of fewer the lists are not worth it */
    LOOKED_AT = 8,             /* rows that tell of all */
    MOST_LISTED = 192 * 1024 / (sizeof(real) + sizeof(uint16_t)),
};
/* More of them, and product.h is as fast. */
static const double MOST_OTHERS = 0.4;

typedef struct {
    real value[MOST_LISTED];
    uint16_t place[MOST_LISTED];
    /* Where each list begins, and behind the last where it ends. */
    uint16_t start[STRIP_ROWS * (MOST_COLUMNS / PART_ROWS + 1) + 1];
} Lists;

/* The lists of some rows: PART_ROWS columns after PART_ROWS columns, each list's places counted
 * from the first of its columns. */
static Lists *row_lists(void) {
    _Static_assert(sizeof(Lists) <= LISTS_BYTES, "lists need more room");
    return (Lists *)listed.lists;
}

static index parts_of(Matrix a) {
    return (a.columns + PART_ROWS - 1) / PART_ROWS;
}

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
static int worth_listing(Matrix a) {
    if (a.rows < LEAST_ROWS || a.columns < LEAST_COLUMNS || a.columns > MOST_COLUMNS) return 0;
    if (a.column != 1) return 0;
    index count = 0;
    for (int i = 0; i < LOOKED_AT; i++) {
        const real *row = element(a, i * a.rows / LOOKED_AT, 0);
        for (index p = 0; p < a.columns; p++) count += row[p] != 0;
    }
    return count <= MOST_OTHERS * (double)(LOOKED_AT * a.columns);
}

/* Lists the numbers of a's rows from this one on; returns of how many rows. */
static index list_rows(Matrix a, index first) {
    Lists *l = row_lists();
    index n = 0, rows = 0, lists = 0;
    for (; rows < STRIP_ROWS && first + rows < a.rows; rows++) {
        if (n + a.columns > MOST_LISTED) break;
        for (index from = 0; from < a.columns; from += BITS) {
            const real *row = element(a, first + rows, from);
            uint64_t left = others(row, smaller(BITS, a.columns - from));
            index part = from % PART_ROWS;
            if (part == 0) l->start[lists++] = (uint16_t)n;
            for (; left; left &= left - 1, n++) {
                int p = __builtin_ctzll(left);
                l->place[n] = (uint16_t)(part + p);
                l->value[n] = row[p];
            }
        }
    }
    l->start[lists] = (uint16_t)n;
    listed.mark = 0;
    return rows;
}

/* The same numbers column by column; their places are rows. */
static void turn_round(index rows, index columns, Lists *to) {
    const Lists *l = row_lists();
    /* Where each column begins, which moves to where it ends while it is filled. */
    uint16_t *next = to->start + 1, begin = 0;
    for (index p = 0; p < columns; p++) next[p] = 0;
    const uint16_t *start = l->start;
    for (index r = 0; r < rows; r++) {
        for (index from = 0; from < columns; from += PART_ROWS, start++)
            for (index k = start[0]; k < start[1]; k++) next[from + l->place[k]]++;
    }
    for (index p = 0; p < columns; p++) {
        uint16_t count = next[p];
        next[p] = begin;
        begin += count;
    }
    to->start[0] = 0;
    start = l->start;
    for (index r = 0; r < rows; r++) {
        for (index from = 0; from < columns; from += PART_ROWS, start++) {
            for (index k = start[0]; k < start[1]; k++) {
                index at = next[from + l->place[k]]++;
                to->place[at] = (uint16_t)r;
                to->value[at] = l->value[k];
            }
        }
    }
}

/* Remembers whose rows are listed, all of them; the mark that is returned tells them again. */
static double keep_lists(Matrix a) {
    listed.matrix = a;
    listed.number_bytes = sizeof(real);
    return listed.mark = ++listed.last_mark;
}

/* Whether a's rows are still listed, if a holds what it held when it got this mark. */
static int are_listed(Matrix a, double mark) {
    const Matrix *b = &listed.matrix;
    return mark > 1 && mark == listed.mark && listed.number_bytes == sizeof(real) && a.data == b->data && a.rows == b->rows &&
           a.columns == b->columns && a.row == b->row && a.column == b->column;
}
