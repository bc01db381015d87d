#include <linux/gfp.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/sched.h>
#include <linux/string.h>

extern unsigned long free_pages_start, free_pages_end;

/* Lets other tasks give memory back, which is only possible with a scheduler that runs. */
static void congestion_wait(void)
{
	schedule();
}

static void try_to_free_pages(gfp_t flags)
{
	if (flags & __GFP_WAIT)
		congestion_wait();
}

void *__get_free_pages(gfp_t flags, unsigned int order)
{
	unsigned long size = PAGE_SIZE << order;
	void *memory;

	while (free_pages_start + size > free_pages_end) {
		if (!(flags & __GFP_WAIT))
			return NULL;
		try_to_free_pages(flags);
	}
	memory = (void *)free_pages_start;
	free_pages_start += size;
	if (flags & __GFP_ZERO)
		memset(memory, 0, size);
	return memory;
}
