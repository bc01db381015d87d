// early-sleep: sleeps before interrupts are on. It is no finding behind a guard that does not hold
// yet, nor late enough.

// RUN: rm -rf %t && mkdir -p %t && cp %s %t/main.c && %compdb %t --kernel 6.12.0
// RUN: %findings early-sleep %t | FileCheck %s --implicit-check-not="[bootorder-"

#include <linux/irqflags.h>

void msleep(unsigned int ms);

static int is_running;

static void board_early(void)
{
	// CHECK: main.c:[[#@LINE+1]]:{{[0-9]+}}: {{error|warning|note}}: sleeps before interrupts are on [bootorder-early-sleep]
	msleep(8);
	if (is_running)
		msleep(8);
}

static void board_late(void)
{
	msleep(8);
}

void start_kernel(void)
{
	board_early();
	is_running = 1;
	local_irq_enable();
	board_late();
}
