/* A mini-batch: some rows of a large array, pixels turned into numbers on the way. */
#include "call.h"

/* The row number at place i; -1 for what is none. */
static index row_number(const Py_buffer *numbers, index i) {
    const char *place = (const char *)numbers->buf + i * numbers->itemsize;
    int64_t number = numbers->itemsize == 8 ? *(const int64_t *)place : *(const int32_t *)place;
    return number < 0 || number > PTRDIFF_MAX ? -1 : (index)number;
}

static int are_row_numbers(const Py_buffer *view) {
    char format = format_of(view);
    return view->ndim == 1 && (format == 'i' || format == 'l' || format == 'q') &&
           (view->itemsize == 4 || view->itemsize == 8) && is_contiguous(view) &&
           (uintptr_t)view->buf % (uintptr_t)view->itemsize == 0;
}

static int are_rows_alike(const Py_buffer *source, const Py_buffer *out) {
    if (source->ndim != out->ndim || source->ndim == 0) return 0;
    for (int i = 1; i < source->ndim; i++) {
        if (source->shape[i] != out->shape[i]) return 0;
    }
    return is_contiguous(source) && is_contiguous(out);
}

/* source of bytes, row numbers, out; factor: out[i] = factor * source[row numbers[i]] */
int take_rows(Call *call) {
    const Py_buffer *source = &call->views[0], *numbers = &call->views[1], *out = &call->views[2];
    if (format_of(source) != 'B' || !are_row_numbers(numbers)) return 0;
    if (!are_rows_alike(source, out) || out->shape[0] != numbers->shape[0]) return 0;
    index rows = out->shape[0], width = rows ? elements_of(out) / rows : 0;
    for (index i = 0; i < rows; i++) {
        index row = row_number(numbers, i);
        if (row < 0 || row >= source->shape[0]) return 0;
    }
    for (index i = 0; i < rows; i++) {
        const unsigned char *from =
            (const unsigned char *)source->buf + row_number(numbers, i) * width;
        char *to = (char *)out->buf + i * width * out->itemsize;
        call->of->scale_bytes(from, to, width, call->numbers[0]);
    }
    return 1;
}
