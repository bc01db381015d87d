#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/vmalloc.h>

#define VMALLOC_START 0xd1000000UL

static DEFINE_SPINLOCK(vmlist_lock);
static struct vm_struct *vmlist;
static unsigned long vmalloc_next;

static struct vm_struct *__get_vm_area_node(unsigned long size, unsigned long flags, int node,
					    gfp_t gfp_mask, const void *caller)
{
	struct vm_struct *area = kmalloc_node(sizeof(*area), gfp_mask, node);
	unsigned long irq_flags;

	if (!area)
		return NULL;
	area->size = PAGE_ALIGN(size);
	area->flags = flags;
	area->caller = caller;

	spin_lock_irqsave(&vmlist_lock, irq_flags);
	area->addr = vmalloc_next;
	vmalloc_next += area->size + PAGE_SIZE;
	area->next = vmlist;
	vmlist = area;
	spin_unlock_irqrestore(&vmlist_lock, irq_flags);
	return area;
}

struct vm_struct *get_vm_area_caller(unsigned long size, unsigned long flags, const void *caller)
{
	return __get_vm_area_node(size, flags, -1, GFP_KERNEL, caller);
}

struct vm_struct *__get_vm_area(unsigned long size, unsigned long flags)
{
	return __get_vm_area_node(size, flags, -1, GFP_KERNEL, __builtin_return_address(0));
}

/* Runs before interrupts can be handled, and says so: its allocation must not wait. */
void __init vmalloc_init(void)
{
	struct vm_struct *first = kzalloc(sizeof(*first), GFP_NOWAIT);

	BUG_ON(!first);
	vmlist = first;
	vmalloc_next = VMALLOC_START;
}
