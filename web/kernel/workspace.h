/* Memory of the kernel's own. */
#ifndef KERNEL_WORKSPACE_H
#define KERNEL_WORKSPACE_H

#include "operands.h"

/* What fits into the second-level cache of any machine, together with what passes through it. */
enum { WORKSPACE_BYTES = 320 * 1024 };

/* Where it lays out the part of b that it is working on. */
extern unsigned char workspace[WORKSPACE_BYTES];

enum { LISTS_BYTES = 240 * 1024 };

/* Lists of a matrix (lists.h) that may outlast a call: of which one, the size of its numbers, and
 * the mark that it got, 0 for none. */
typedef struct {
    Matrix matrix;
    index number_bytes;
    double mark, last_mark;
    _Alignas(16) unsigned char lists[LISTS_BYTES];
} Listed;

extern Listed listed;

#endif
