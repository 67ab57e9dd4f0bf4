/* Convolution without a copy of its windows. As an image lies, a window is as many runs of memory
 * as it has rows, so the block of a product can walk through it where it is: run after run, as the
 * rows of the weights lie. */

/* How many columns of so many rows can be laid out at once; 0 of too many. */
static index columns_at_once(index rows) {
    index room = WORKSPACE_BYTES / (index)sizeof(real) / (rows > 0 ? rows : 1);
    return smaller(PART_COLUMNS, room / PANEL * PANEL);
}

/* z = the windows of x @ weights + bias, z's columns j … laid out as panels. */
static void convolve_row(Images x, Matrix z_row, index n, index y, Window window,
                         const Panel *panels, int count, index j) {
    index run = window.width * x.channels, i = 0;
    for (index strips = strips_of(z_row.rows); strips > 0; strips--) {
        int rows = rows_of_strip(z_row.rows - i, strips);
        Tile tile = {.depth = run,
                     .turns = window.height,
                     .a = pixel(x, n, y * window.stride, i * window.stride),
                     .a_row = window.stride * x.channels,
                     .a_column = 1,
                     .a_turn = x.width * x.channels - run};
        write_strip(&z_row, i, rows, j, panels, count, &tile);
        i += rows;
    }
}

static int convolve(Images x, Matrix weights, const void *bias, Images z, Window window) {
    index at_once = columns_at_once(weights.rows);
    if (!at_once) return 0;
    Panel panels[MOST_PANELS];
    for (index j = 0; j < z.channels; j += at_once) {
        index columns = smaller(at_once, z.channels - j);
        int count = cut(weights, 0, weights.rows, j, columns, ROWS_WORTH_PACKING, panels);
        for (index n = 0; n < z.count; n++) {
            for (index y = 0; y < z.height; y++) {
                Matrix row = pixels(z, n, y, 1);
                convolve_row(x, row, n, y, window, panels, count, j);
                if (!bias) continue;
                Matrix part = {(void *)element(row, 0, j), row.rows, columns, row.row, 1};
                add_to_rows((const real *)bias + j, part);
            }
        }
    }
    return 1;
}

/* d_weights += the windows of picture n, from this row of dz on, transposed, @ dz there. */
static void add_weights_gradient(Images x, Images dz, Matrix d_weights, Window window, index n,
                                 index from, index rows) {
    index run = window.width * x.channels, step = window.stride * x.channels;
    index at_once = columns_at_once(rows * dz.width);
    Matrix b = pixels(dz, n, from, rows);
    Panel panels[MOST_PANELS];
    for (index j = 0; j < dz.channels; j += at_once) {
        index columns = smaller(at_once, dz.channels - j);
        int whole = columns % PANEL == 0;
        int count = cut(b, 0, b.rows, j, columns, whole ? run : ROWS_WORTH_PACKING, panels);
        for (index y = 0; y < window.height; y++) {
            index i = 0;
            for (index strips = strips_of(run); strips > 0; strips--) {
                int strip = rows_of_strip(run - i, strips);
                Tile tile = {.depth = dz.width,
                             .turns = rows,
                             .a = pixel(x, n, from * window.stride + y, 0) + i,
                             .a_row = 1,
                             .a_column = step,
                             .a_turn = window.stride * x.width * x.channels - dz.width * step,
                             .go_on = n > 0 || from > 0};
                write_strip(&d_weights, y * run + i, strip, j, panels, count, &tile);
                i += strip;
            }
        }
    }
}

static void add_run(const real *from, index count, real *to) {
    for (index c = 0; c < count; c += LANES) {
        index left = count - c;
        store_rest(to + c, load_rest(to + c, left) + load_rest(from + c, left), left);
    }
}

/* Adds the numbers j … of a window to the runs of dx in which they lie. */
static void add_window(const real *numbers, index j, index columns, real *corner, index run,
                       index row) {
    for (index c = j, end = j + columns, length; c < end; c += length, numbers += length) {
        index place = c % run;
        length = smaller(run - place, end - c);
        add_run(numbers, length, corner + c / run * row + place);
    }
}

/* dx = dz @ weights^T, each window of it added where it lies in x. */
static void inputs_gradient(Matrix weights, Images dz, Images dx, Window window) {
    index run = window.width * dx.channels, row = dx.width * dx.channels;
    index at_once = columns_at_once(weights.columns);
    Panel panels[MOST_PANELS];
    real windows[MOST_ROWS * PART_COLUMNS];
    clear(dx);
    for (index j = 0; j < weights.rows; j += at_once) {
        index columns = smaller(at_once, weights.rows - j);
        Matrix strip = {windows, MOST_ROWS, columns, columns, 1};
        int count = cut(transposed(weights), 0, weights.columns, j, columns, ROWS_WORTH_PACKING,
                        panels);
        for (index place = 0; place < dz.count * dz.height; place++) {
            index n = place / dz.height, y = place % dz.height, i = 0;
            for (index strips = strips_of(dz.width); strips > 0; strips--) {
                int rows = rows_of_strip(dz.width - i, strips);
                Tile tile = {.depth = dz.channels, .a = pixel(dz, n, y, i),
                             .a_row = dz.channels, .a_column = 1};
                write_strip(&strip, 0, rows, 0, panels, count, &tile);
                for (int r = 0; r < rows; r++) {
                    index corner = (i + r) * window.stride;
                    add_window(windows + r * columns, j, columns,
                               (real *)pixel(dx, n, y * window.stride, corner), run, row);
                }
                i += rows;
            }
        }
    }
}

static int convolution_gradients(Images x, Matrix weights, Images dz, Matrix d_weights,
                                 void *d_bias, Images dx, Window window) {
    index width = dz.width > 0 ? dz.width : 1;
    index rows = smaller(dz.height, WORKSPACE_BYTES / (index)sizeof(real) / PANEL / width);
    if (rows < dz.height && rows == 0) return 0;
    if (dx.data && !columns_at_once(weights.columns)) return 0;
    if (!dz.count || !dz.height || !dz.width) fill_with_zeros(d_weights);
    real *bias = d_bias;
    for (index j = 0; bias && j < dz.channels; j++) bias[j] = 0;
    for (index n = 0; n < dz.count; n++) {
        for (index from = 0; from < dz.height; from += rows)
            add_weights_gradient(x, dz, d_weights, window, n, from,
                                 smaller(rows, dz.height - from));
        if (bias) add_up_rows(pixels(dz, n, 0, dz.height), bias);
    }
    if (dx.data) inputs_gradient(weights, dz, dx, window);
    return 1;
}
