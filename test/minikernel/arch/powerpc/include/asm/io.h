#ifndef _ASM_POWERPC_IO_H
#define _ASM_POWERPC_IO_H

#include <linux/types.h>

extern unsigned long ioremap_bot;

void *ioremap(phys_addr_t address, unsigned long size);
void *__ioremap(phys_addr_t address, unsigned long size, unsigned long flags);
void *__ioremap_caller(phys_addr_t address, unsigned long size, unsigned long flags,
		       const void *caller);
int map_page(unsigned long virtual, phys_addr_t physical, unsigned long flags);

static inline u8 in_8(const volatile u8 *address)
{
	return *address;
}

static inline void out_8(volatile u8 *address, u8 value)
{
	*address = value;
}

#endif
