// early-poll-timeout: timeout measured with a clock that does not advance yet. It is no finding behind
// a guard that does not hold yet, nor late enough.

// RUN: rm -rf %t && mkdir -p %t && cp %s %t/main.c && %compdb %t --kernel 6.12.0
// RUN: %findings early-poll-timeout %t | FileCheck %s --implicit-check-not="[bootorder-"

#include <linux/irqflags.h>

int board_status(void);
long ktime_get(void);

#define read_poll_timeout(op, end) ({ while (!op() && ktime_get() < (end)) ; 0; })

static int interrupts_on;

static void board_early(void)
{
	// CHECK: main.c:[[#@LINE+1]]:{{[0-9]+}}: {{error|warning|note}}: timeout measured with a clock that does not advance yet [bootorder-early-poll-timeout]
	read_poll_timeout(board_status, 8);
	if (interrupts_on)
		read_poll_timeout(board_status, 8);
}

static void board_late(void)
{
	read_poll_timeout(board_status, 8);
}

void start_kernel(void)
{
	board_early();
	interrupts_on = 1;
	local_irq_enable();
	board_late();
}
