// early-blocking-lock: lock that may sleep is taken before interrupts are on. It is no finding behind
// a guard that does not hold yet, nor late enough.

// RUN: rm -rf %t && mkdir -p %t && cp %s %t/main.c && %compdb %t --kernel 6.12.0
// RUN: %findings early-blocking-lock %t | FileCheck %s --implicit-check-not="[bootorder-"

#include <linux/irqflags.h>

void mutex_lock(void *lock);

static int is_running;

static void board_early(void)
{
	// CHECK: main.c:[[#@LINE+1]]:{{[0-9]+}}: {{error|warning|note}}: lock that may sleep is taken before interrupts are on [bootorder-early-blocking-lock]
	mutex_lock(0);
	if (is_running)
		mutex_lock(0);
}

static void board_late(void)
{
	mutex_lock(0);
}

void start_kernel(void)
{
	board_early();
	is_running = 1;
	local_irq_enable();
	board_late();
}
