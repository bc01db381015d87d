#include <linux/bootmem.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/string.h>

static unsigned long bootmem_next;
static unsigned long bootmem_end;

void __init init_bootmem(unsigned long start, unsigned long end)
{
	bootmem_next = PAGE_ALIGN(start);
	bootmem_end = end;
}

void *__init __alloc_bootmem(size_t size)
{
	void *memory = (void *)bootmem_next;

	if (bootmem_next + size > bootmem_end)
		panic("Out of boot memory");
	bootmem_next += PAGE_ALIGN(size);
	return memset(memory, 0, size);
}

/* Hands what is left to the page allocator. */
unsigned long __init free_all_bootmem(void)
{
	unsigned long first = bootmem_next;

	bootmem_next = bootmem_end;
	return first;
}
