/* What the kernel uses of CPython's C interface, written down by hand.
 *
 * Pyodide's Python.h is not among the packages that a build can fetch, and so few declarations
 * need no header of 100,000 lines. Layouts and names are those of CPython 3.12 to 3.14 with the
 * global interpreter lock, on 32 and 64 bits; the wheel's tag ties the WebAssembly build to 3.14.
 */
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
long PyLong_AsLong(PyObject *number);
PyObject *PyErr_Occurred(void);
void PyErr_Clear(void);
PyObject *PyModule_Create2(PyModuleDef *definition, int api_version);
int PyModule_AddStringConstant(PyObject *module, const char *name, const char *value);

#endif
