// early-percpu-alloc: dynamic per-CPU memory or irq_work before the per-CPU areas are set up. It is no
// finding behind a guard that does not hold yet, nor late enough.

// RUN: rm -rf %t && mkdir -p %t && cp %s %t/main.c && %compdb %t --kernel 6.12.0
// RUN: %findings early-percpu-alloc %t | FileCheck %s --implicit-check-not="[bootorder-"

void *__alloc_percpu(unsigned long size, unsigned long align);

static int areas_ready;

void setup_per_cpu_areas(void) { areas_ready = 1; }

static void board_early(void)
{
	// CHECK: main.c:[[#@LINE+1]]:{{[0-9]+}}: {{error|warning|note}}: dynamic per-CPU memory or irq_work before the per-CPU areas are set up [bootorder-early-percpu-alloc]
	__alloc_percpu(8, 8);
	if (areas_ready)
		__alloc_percpu(8, 8);
}

static void board_late(void)
{
	__alloc_percpu(8, 8);
}

void start_kernel(void)
{
	board_early();
	setup_per_cpu_areas();
	board_late();
}
