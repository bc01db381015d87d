#include <linux/gfp.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/sched.h>
#include <linux/string.h>

extern unsigned long free_pages_start, free_pages_end;

/* Waits for memory, which is only possible with a scheduler that runs. */
static void reclaim(gfp_t flags)
{
	if (flags & __GFP_WAIT)
		schedule();
}

void *__get_free_pages(gfp_t flags, unsigned int order)
{
	unsigned long size = PAGE_SIZE << order;
	void *memory;

	while (free_pages_start + size > free_pages_end) {
		if (!(flags & __GFP_WAIT))
			return NULL;
		reclaim(flags);
	}
	memory = (void *)free_pages_start;
	free_pages_start += size;
	if (flags & __GFP_ZERO)
		memset(memory, 0, size);
	return memory;
}
