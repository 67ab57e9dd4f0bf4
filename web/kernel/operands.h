/* Arrays that Python hands over, opened for the time of one call. */
#ifndef KERNEL_OPERANDS_H
#define KERNEL_OPERANDS_H

#include "cpython.h"

typedef Py_ssize_t index;

/* A matrix in NumPy's own memory: element (i, j) is data[i * row + j * column]. */
typedef struct {
    void *data;
    index rows, columns;
    index row, column; /* steps in elements, of any sign */
} Matrix;

/* Pictures in one run of memory: channel c of pixel (y, x) of picture n is
 * data[((n * height + y) * width + x) * channels + c]. */
typedef struct {
    void *data; /* or null for none */
    index count, height, width, channels;
} Images;

/* How an operand is used; several may be joined. */
enum {
    READ = 0,
    WRITE = 1,
    MAY_BE_NONE = 2,
    IN_PLACE = 4,  /* written, and may be the very array that another operand reads */
    NO_NUMBERS = 8, /* bytes or row numbers, which need not be of the common type */
};

enum { MOST_OPERANDS = 8 };

typedef struct {
    int count;
    int uses[MOST_OPERANDS];
    Py_buffer views[MOST_OPERANDS]; /* views[i].obj is null for None */
} Operands;

/* Opens the first `count` arguments. Returns 0, with none left open and no exception set, when one
 * of them is no array that its use allows. What has been opened must be closed. */
int open_operands(Operands *operands, PyObject *const *arguments, int count, const int *uses);
void close_operands(Operands *operands);

/* The array's type as one letter of Python's struct module; 0 for all that takes more to say. */
char format_of(const Py_buffer *view);

/* 'f' or 'd' when all operands (without None and NO_NUMBERS) are aligned arrays of that one type in
 * the machine's byte order; otherwise 0. */
char common_type(const Operands *operands);

/* Whether no operand that is written shares memory with another one, but as IN_PLACE allows. */
int all_apart(const Operands *operands);

int is_images(const Py_buffer *view);
Images images_of(const Py_buffer *view);

int is_matrix(const Py_buffer *view);
Matrix matrix_of(const Py_buffer *view);
Matrix transposed(Matrix matrix);
/* Whether two places of the matrix are the same memory, through a step of 0 for example. */
int folds_onto_itself(Matrix matrix);

/* Whether the array is one run of memory in C order. */
int is_contiguous(const Py_buffer *view);
index elements_of(const Py_buffer *view);
int same_shape(const Py_buffer *one, const Py_buffer *other);

#endif
