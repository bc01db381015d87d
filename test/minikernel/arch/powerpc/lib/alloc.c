#include <linux/bootmem.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/string.h>

#include <asm/system.h>

void *alloc_maybe_bootmem(size_t size, gfp_t mask)
{
	if (mem_init_done)
		return kmalloc(size, mask);
	return alloc_bootmem(size);
}

void *zalloc_maybe_bootmem(size_t size, gfp_t mask)
{
	void *memory;

	if (mem_init_done) {
		memory = kzalloc(size, mask);
	} else {
		memory = alloc_bootmem(size);
		if (memory)
			memset(memory, 0, size);
	}
	return memory;
}
