#include "operands.h"

int open_operands(Operands *operands, PyObject *const *arguments, int count, const int *uses) {
    for (operands->count = 0; operands->count < count; operands->count++) {
        int i = operands->count;
        Py_buffer *view = &operands->views[i];
        operands->uses[i] = uses[i];
        view->obj = NULL;
        if (uses[i] & MAY_BE_NONE && arguments[i] == &_Py_NoneStruct) continue;
        int flags = PyBUF_STRIDES | PyBUF_FORMAT | (uses[i] & WRITE ? PyBUF_WRITABLE : 0);
        if (PyObject_GetBuffer(arguments[i], view, flags) != 0) {
            PyErr_Clear();
            close_operands(operands);
            return 0;
        }
    }
    return 1;
}

void close_operands(Operands *operands) {
    for (int i = 0; i < operands->count; i++) {
        if (operands->views[i].obj) PyBuffer_Release(&operands->views[i]);
    }
}

static int is_aligned(const Py_buffer *view) {
    uintptr_t bits = (uintptr_t)view->buf;
    for (int i = 0; i < view->ndim; i++) bits |= (uintptr_t)view->strides[i];
    return bits % (uintptr_t)view->itemsize == 0;
}

char format_of(const Py_buffer *view) {
    /* A second letter would belong to another byte order or to a record. */
    return view->format && view->format[0] && !view->format[1] ? view->format[0] : 0;
}

char common_type(const Operands *operands) {
    char type = 0;
    for (int i = 0; i < operands->count; i++) {
        const Py_buffer *view = &operands->views[i];
        if (!view->obj || operands->uses[i] & NO_NUMBERS) continue;
        char its = format_of(view);
        if ((its != 'f' && its != 'd') || !is_aligned(view)) return 0;
        if (type && its != type) return 0;
        type = its;
    }
    return type;
}

/* From an array's lowest byte to behind its highest. */
typedef struct {
    uintptr_t from, to;
} Span;

static Span span_of(const Py_buffer *view) {
    Span span = {(uintptr_t)view->buf, (uintptr_t)view->buf + (uintptr_t)view->itemsize};
    for (int i = 0; i < view->ndim; i++) {
        index reach = (view->shape[i] - 1) * view->strides[i];
        *(reach < 0 ? &span.from : &span.to) += (uintptr_t)reach;
    }
    return span;
}

static int apart(const Py_buffer *one, const Py_buffer *other) {
    if (one->len == 0 || other->len == 0) return 1;
    Span a = span_of(one), b = span_of(other);
    return a.to <= b.from || b.to <= a.from;
}

static int same_array(const Py_buffer *one, const Py_buffer *other) {
    return one->buf == other->buf && same_shape(one, other) && is_contiguous(one) &&
           is_contiguous(other);
}

int all_apart(const Operands *operands) {
    const Py_buffer *views = operands->views;
    for (int i = 0; i < operands->count; i++) {
        if (!views[i].obj || !(operands->uses[i] & WRITE)) continue;
        for (int j = 0; j < operands->count; j++) {
            if (j == i || !views[j].obj || apart(&views[i], &views[j])) continue;
            if (!(operands->uses[i] & IN_PLACE) || !same_array(&views[i], &views[j])) return 0;
        }
    }
    return 1;
}

int is_images(const Py_buffer *view) {
    return view->ndim == 4 && is_contiguous(view);
}

Images images_of(const Py_buffer *view) {
    return (Images){
        .data = view->buf,
        .count = view->shape[0],
        .height = view->shape[1],
        .width = view->shape[2],
        .channels = view->shape[3],
    };
}

int is_matrix(const Py_buffer *view) {
    return view->ndim == 2;
}

Matrix matrix_of(const Py_buffer *view) {
    return (Matrix){
        .data = view->buf,
        .rows = view->shape[0],
        .columns = view->shape[1],
        .row = view->strides[0] / view->itemsize,
        .column = view->strides[1] / view->itemsize,
    };
}

Matrix transposed(Matrix matrix) {
    return (Matrix){
        .data = matrix.data,
        .rows = matrix.columns,
        .columns = matrix.rows,
        .row = matrix.column,
        .column = matrix.row,
    };
}

int folds_onto_itself(Matrix matrix) {
    index row = matrix.row < 0 ? -matrix.row : matrix.row;
    index column = matrix.column < 0 ? -matrix.column : matrix.column;
    if (matrix.rows == 0 || matrix.columns == 0) return 0;
    if (matrix.rows == 1) return matrix.columns > 1 && column == 0;
    if (matrix.columns == 1) return row == 0;
    if (row < column) return row == 0 || column < row * matrix.rows;
    return column == 0 || row < column * matrix.columns;
}

int is_contiguous(const Py_buffer *view) {
    index step = view->itemsize;
    for (int i = view->ndim - 1; i >= 0; i--) {
        if (view->shape[i] != 1 && view->strides[i] != step && view->len != 0) return 0;
        step *= view->shape[i];
    }
    return 1;
}

index elements_of(const Py_buffer *view) {
    return view->len / view->itemsize;
}

int same_shape(const Py_buffer *one, const Py_buffer *other) {
    if (one->ndim != other->ndim) return 0;
    for (int i = 0; i < one->ndim; i++) {
        if (one->shape[i] != other->shape[i]) return 0;
    }
    return 1;
}
