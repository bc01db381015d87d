// early-cache-use: object asked of a slab cache that is not made yet. It is no finding behind a guard
// that does not hold yet, nor late enough.

// RUN: rm -rf %t && mkdir -p %t && cp %s %t/main.c && %compdb %t --kernel 6.12.0
// RUN: %findings early-cache-use %t | FileCheck %s --implicit-check-not="[bootorder-"

#include <linux/irqflags.h>

struct kmem_cache;

void *kmem_cache_alloc_noprof(struct kmem_cache *cache, unsigned int flags) { return cache; }

static struct kmem_cache *board_cache;
extern struct kmem_cache a_cache;
void pgtable_cache_init(void) { board_cache = &a_cache; }

static void board_early(void)
{
	// CHECK: main.c:[[#@LINE+1]]:{{[0-9]+}}: {{error|warning|note}}: object asked of a slab cache that is not made yet [bootorder-early-cache-use]
	kmem_cache_alloc_noprof(board_cache, 0);
	if (board_cache)
		kmem_cache_alloc_noprof(board_cache, 0);
}

static void board_late(void)
{
	kmem_cache_alloc_noprof(board_cache, 0);
}

void start_kernel(void)
{
	board_early();
	pgtable_cache_init();
	board_late();
	local_irq_enable();
}
