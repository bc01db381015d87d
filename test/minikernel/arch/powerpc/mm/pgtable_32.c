#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/vmalloc.h>

#include <asm/io.h>

#define PAGE_NO_CACHE 0x20UL

unsigned long ioremap_bot;

static struct {
	unsigned long virtual;
	phys_addr_t physical;
	unsigned long flags;
} page_table[256];

int map_page(unsigned long virtual, phys_addr_t physical, unsigned long flags)
{
	unsigned int slot = (virtual / PAGE_SIZE) % ARRAY_SIZE(page_table);

	page_table[slot].virtual = virtual;
	page_table[slot].physical = physical;
	page_table[slot].flags = flags;
	return 0;
}

void *ioremap(phys_addr_t address, unsigned long size)
{
	return __ioremap_caller(address, size, PAGE_NO_CACHE, __builtin_return_address(0));
}

void *__ioremap(phys_addr_t address, unsigned long size, unsigned long flags)
{
	return __ioremap_caller(address, size, flags, __builtin_return_address(0));
}

/*
 * Before mem_init() a mapping only moves ioremap_bot down and stays for ever; after it, addresses
 * come from the vmalloc area, whose book-keeping needs the slab allocator.
 */
void *__ioremap_caller(phys_addr_t address, unsigned long size, unsigned long flags,
		       const void *caller)
{
	phys_addr_t page = address & ~(PAGE_SIZE - 1);
	unsigned long virtual, offset;

	size = PAGE_ALIGN(address + size) - page;
	if (mem_init_done) {
		struct vm_struct *area = get_vm_area_caller(size, VM_IOREMAP, caller);

		if (!area)
			return NULL;
		virtual = area->addr;
	} else {
		virtual = (ioremap_bot -= size);
	}

	for (offset = 0; offset < size; offset += PAGE_SIZE)
		map_page(virtual + offset, page + offset, flags);
	return (void *)(virtual + (address - page));
}
