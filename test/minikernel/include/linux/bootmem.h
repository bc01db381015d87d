#ifndef _LINUX_BOOTMEM_H
#define _LINUX_BOOTMEM_H

#include <linux/types.h>

void init_bootmem(unsigned long start, unsigned long end);
void *__alloc_bootmem(size_t size);
unsigned long free_all_bootmem(void);

#define alloc_bootmem(size) __alloc_bootmem(size)

#endif
