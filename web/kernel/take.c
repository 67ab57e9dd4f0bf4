/* A mini-batch: some rows of a large array, one after another. */
#include "call.h"

/* The row number at place i; -1 for what cannot be one. */
static index row_number(const Py_buffer *numbers, index i) {
    const char *place = (const char *)numbers->buf + i * numbers->itemsize;
    int64_t number = numbers->itemsize == 8 ? *(const int64_t *)place : *(const int32_t *)place;
    return number < 0 || number > INTPTR_MAX ? -1 : (index)number;
}

static int are_row_numbers(const Py_buffer *view) {
    char type = format_of(view);
    return view->ndim == 1 && (type == 'i' || type == 'l' || type == 'q') &&
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

/* Whether out may become source[numbers]; every number is looked at before anything is written. */
static int may_take(const Py_buffer *source, const Py_buffer *numbers, const Py_buffer *out) {
    if (!are_row_numbers(numbers) || !are_rows_alike(source, out)) return 0;
    if (out->shape[0] != numbers->shape[0]) return 0;
    for (index i = 0; i < numbers->shape[0]; i++) {
        index row = row_number(numbers, i);
        if (row < 0 || row >= source->shape[0]) return 0;
    }
    return 1;
}

/* source, row numbers, out: out[i] = source[numbers[i]] */
int take_rows(Call *call) {
    const Py_buffer *source = &call->views[0], *numbers = &call->views[1], *out = &call->views[2];
    if (!may_take(source, numbers, out)) return 0;
    index rows = out->shape[0], bytes = rows ? out->len / rows : 0;
    for (index i = 0; i < rows; i++) {
        const char *from = (const char *)source->buf + row_number(numbers, i) * bytes;
        __builtin_memcpy((char *)out->buf + i * bytes, from, (size_t)bytes);
    }
    return 1;
}

/* bytes, row numbers, out; factor: out[i] = factor * bytes[numbers[i]] */
int take_pixels(Call *call) {
    const Py_buffer *source = &call->views[0], *numbers = &call->views[1], *out = &call->views[2];
    if (format_of(source) != 'B' || !may_take(source, numbers, out)) return 0;
    index rows = out->shape[0], width = rows ? elements_of(out) / rows : 0;
    for (index i = 0; i < rows; i++) {
        const unsigned char *from =
            (const unsigned char *)source->buf + row_number(numbers, i) * width;
        char *to = (char *)out->buf + i * width * out->itemsize;
        call->of->scale_bytes(from, to, width, call->numbers[0]);
    }
    return 1;
}
