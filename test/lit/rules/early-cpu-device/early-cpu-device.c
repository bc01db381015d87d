// early-cpu-device: device of a CPU used before the initcall level that registers it. It is no finding behind a guard that
// does not hold yet, nor in a late enough level.

// RUN: rm -rf %t && mkdir -p %t && cp %s %t/main.c && %compdb %t --kernel 6.12.0 -Iarch/powerpc/include
// RUN: %findings early-cpu-device %t | FileCheck %s --implicit-check-not="[bootorder-"

#include <linux/init.h>

void *get_cpu_device(unsigned cpu);

static int are_registered;

static int __init board_early(void)
{
	// CHECK: main.c:[[#@LINE+1]]:{{[0-9]+}}: warning: device of a CPU used before the initcall level that registers it [bootorder-early-cpu-device]
	get_cpu_device(0);
	if (are_registered)
		get_cpu_device(0);
	return 0;
}
core_initcall(board_early);

static int __init board_late(void)
{
	get_cpu_device(0);
	return 0;
}
static int __init run_board_late(void) { return board_late(); }
device_initcall(run_board_late);

static void do_initcalls(void) { are_registered = 0; }

void kernel_init(void)
{
	do_initcalls();
}

static void rest_init(void) {}

void start_kernel(void)
{
	rest_init();
}
