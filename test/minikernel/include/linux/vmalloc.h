#ifndef _LINUX_VMALLOC_H
#define _LINUX_VMALLOC_H

#include <linux/types.h>

#define VM_IOREMAP 0x1

struct vm_struct {
	struct vm_struct *next;
	unsigned long addr;
	unsigned long size;
	unsigned long flags;
	const void *caller;
};

void vmalloc_init(void);
struct vm_struct *get_vm_area_caller(unsigned long size, unsigned long flags, const void *caller);
struct vm_struct *__get_vm_area(unsigned long size, unsigned long flags);

#endif
