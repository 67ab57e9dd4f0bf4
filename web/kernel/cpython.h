/* What the kernel uses of CPython's C interface, written down by hand: Python's own headers for
 * WebAssembly are in no package that a build could fetch, and this little needs no more.
 *
 * All of it belongs to the stable ABI (docs.python.org/3/c-api/stable.html), on 32 and 64 bits,
 * for a Python with the global interpreter lock. */
#ifndef KERNEL_CPYTHON_H
#define KERNEL_CPYTHON_H

#include <stddef.h>
#include <stdint.h>

typedef intptr_t Py_ssize_t;

typedef struct PyObject {
    Py_ssize_t reference_count; /* never touched here; there for the size alone */
    void *type;
} PyObject;

typedef struct {
    void *buf;
    PyObject *obj;
    Py_ssize_t len;
    Py_ssize_t itemsize;
    int readonly;
    int ndim;
    char *format;
    Py_ssize_t *shape;
    Py_ssize_t *strides;
    Py_ssize_t *suboffsets;
    void *internal;
} Py_buffer;

enum { PyBUF_WRITABLE = 0x01, PyBUF_FORMAT = 0x04, PyBUF_STRIDES = 0x18 };

typedef PyObject *(*FastFunction)(PyObject *module, PyObject *const *arguments, Py_ssize_t count);

typedef struct {
    const char *ml_name;
    FastFunction ml_meth;
    int ml_flags;
    const char *ml_doc;
} PyMethodDef;

enum { METH_FASTCALL = 0x80 };

typedef struct {
    PyObject ob_base;
    PyObject *(*m_init)(void);
    Py_ssize_t m_index;
    PyObject *m_copy;
} PyModuleDef_Base;

typedef struct {
    PyModuleDef_Base m_base;
    const char *m_name;
    const char *m_doc;
    Py_ssize_t m_size;
    PyMethodDef *m_methods;
    void *m_slots;
    void *m_traverse;
    void *m_clear;
    void *m_free;
} PyModuleDef;

enum { PYTHON_API_VERSION = 1013 };

extern PyObject _Py_NoneStruct;

int PyObject_GetBuffer(PyObject *exporter, Py_buffer *view, int flags);
void PyBuffer_Release(Py_buffer *view);
PyObject *PyBool_FromLong(long value);
PyObject *PyFloat_FromDouble(double value);
double PyFloat_AsDouble(PyObject *number);
PyObject *PyErr_Occurred(void);
void PyErr_Clear(void);
PyObject *PyModule_Create2(PyModuleDef *definition, int api_version);

#endif
