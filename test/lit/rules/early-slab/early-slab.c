// early-slab: slab allocation before the slab allocator is set up. It is no finding behind a guard
// that does not hold yet, nor late enough.

// RUN: rm -rf %t && mkdir -p %t && cp %s %t/main.c && %compdb %t --kernel 6.12.0
// RUN: %findings early-slab %t | FileCheck %s --implicit-check-not="[bootorder-"

#include <linux/slab.h>

static int slab_state;

void kmem_cache_init(void) { slab_state = 1; }
int slab_is_available(void) { return slab_state; }

static void board_early(void)
{
	// CHECK: main.c:[[#@LINE+1]]:{{[0-9]+}}: {{error|warning|note}}: slab allocation before the slab allocator is set up [bootorder-early-slab]
	kmalloc(8, GFP_KERNEL);
	if (slab_is_available())
		kmalloc(8, GFP_KERNEL);
}

static void board_late(void)
{
	kmalloc(8, GFP_KERNEL);
}

void start_kernel(void)
{
	board_early();
	kmem_cache_init();
	board_late();
}
