// early-irq-enable: interrupts enabled before start_kernel does. A guard's end of scope counts. It is no finding
// behind a run-time guard that does not hold yet, when a saved flag is restored, nor late enough.

// RUN: rm -rf %t && mkdir -p %t && cp %s %t/main.c && %compdb %t
// RUN: %findings early-irq-enable %t | FileCheck %s --implicit-check-not="[bootorder-"

#include <linux/spinlock.h>

static spinlock_t lock;
static int is_running;

static void board_translate(void)
{
	// CHECK: main.c:[[#@LINE+1]]:{{[0-9]+}}: error: interrupts enabled before start_kernel does [bootorder-early-irq-enable]
	guard(spinlock_irq)(&lock);
}

static void board_early(void)
{
	unsigned long flags;

	local_irq_save(flags);
	if (is_running)
		local_irq_enable();
	local_irq_restore(flags);
}

static void board_late(void)
{
	local_irq_enable();
}

void start_kernel(void)
{
	board_translate();
	board_early();
	is_running = 1;
	local_irq_enable();
	board_late();
}
