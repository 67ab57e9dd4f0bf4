/* Memory of the kernel's own, where it lays out the part of b that it is working on. */
#ifndef KERNEL_WORKSPACE_H
#define KERNEL_WORKSPACE_H

/* What fits into the second-level cache of any machine, together with what passes through it. */
enum { WORKSPACE_BYTES = 320 * 1024 };

extern unsigned char workspace[WORKSPACE_BYTES];

#endif
