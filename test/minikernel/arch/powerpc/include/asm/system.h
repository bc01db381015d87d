#ifndef _ASM_POWERPC_SYSTEM_H
#define _ASM_POWERPC_SYSTEM_H

#include <linux/gfp.h>

void machine_init(unsigned long device_tree);
void MMU_init(void);

extern unsigned long ppc_tb_freq;

/* Memory at any time: from the slab allocator once there is one, from bootmem before. */
void *alloc_maybe_bootmem(size_t size, gfp_t mask);
void *zalloc_maybe_bootmem(size_t size, gfp_t mask);

#endif
