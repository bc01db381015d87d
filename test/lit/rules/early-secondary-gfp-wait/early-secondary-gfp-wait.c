// early-secondary-gfp-wait: waiting allocation on a processor that is still coming up. It is no finding with flags that
// do not wait, behind a guard that does not hold yet, on the boot processor, nor late enough.

// RUN: rm -rf %t && mkdir -p %t && cp %s %t/main.c && %compdb %t -Iarch/x86/include
// RUN: %findings early-secondary-gfp-wait %t | FileCheck %s --implicit-check-not="[bootorder-"

#include <linux/irqflags.h>
#include <linux/slab.h>

static int is_running;

void *__kmalloc(size_t size, gfp_t flags)
{
	if (flags & __GFP_WAIT)
		local_irq_enable();
	return 0;
}

void start_secondary(void *unused)
{
	// CHECK: main.c:[[#@LINE+1]]:{{[0-9]+}}: warning: waiting allocation on a processor that is still coming up [bootorder-early-secondary-gfp-wait]
	kmalloc(8, GFP_KERNEL);
	kmalloc(8, GFP_ATOMIC);
	if (is_running)
		kmalloc(8, GFP_KERNEL);
}

void smp_init(void) {}
void driver_init(void) {}

static void board_late(void)
{
	kmalloc(8, GFP_KERNEL);
}

void start_kernel(void)
{
	local_irq_enable();
	kmalloc(8, GFP_KERNEL);
	smp_init();
	is_running = 1;
	driver_init();
	board_late();
}
