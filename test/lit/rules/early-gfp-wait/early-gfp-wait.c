// early-gfp-wait: waiting allocation before interrupts and timers are initialised. It is no finding with flags that
// do not wait, behind a guard that does not hold yet, below a mask (then it is masked), nor late enough.

// RUN: rm -rf %t && mkdir -p %t && cp %s %t/main.c && %compdb %t
// RUN: %findings early-gfp-wait %t | FileCheck %s --implicit-check-not="[bootorder-"
// RUN: %compdb %t -DALLOWED=__GFP_HIGH
// RUN: %findings early-gfp-wait %t | count 0

#include <linux/irqflags.h>
#include <linux/slab.h>

#ifndef ALLOWED
#define ALLOWED (~(gfp_t)0)
#endif

static gfp_t allowed_mask = ALLOWED;
static int is_running;

void *__kmalloc(size_t size, gfp_t flags)
{
	if (flags & allowed_mask & __GFP_WAIT)
		local_irq_enable();
	return 0;
}

static void board_early(void)
{
	// CHECK: main.c:[[#@LINE+1]]:{{[0-9]+}}: error: waiting allocation before interrupts and timers are initialised [bootorder-early-gfp-wait]
	kmalloc(8, GFP_KERNEL);
	kmalloc(8, GFP_ATOMIC);
	if (is_running)
		kmalloc(8, GFP_KERNEL);
}

static void board_late(void)
{
	kmalloc(8, GFP_KERNEL);
}

void start_kernel(void)
{
	board_early();
	is_running = 1;
	local_irq_enable();
	board_late();
}
