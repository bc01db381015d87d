#ifndef _LINUX_VMALLOC_H
#define _LINUX_VMALLOC_H

struct vm_struct;

void vmalloc_init(void);
struct vm_struct *__get_vm_area(unsigned long size, unsigned long flags);
struct vm_struct *get_vm_area_caller(unsigned long size, unsigned long flags, const void *caller);

#endif
