// early-hrtimer: high-resolution timer armed before hrtimers_init. It is no finding behind a guard
// that does not hold yet, nor late enough.

// RUN: rm -rf %t && mkdir -p %t && cp %s %t/main.c && %compdb %t --kernel 6.12.0
// RUN: %findings early-hrtimer %t | FileCheck %s --implicit-check-not="[bootorder-"

void hrtimer_start_range_ns(void *timer, long tim, unsigned long delta, int mode);

static int bases_ready;

void hrtimers_init(void) { bases_ready = 1; }

static void board_early(void)
{
	// CHECK: main.c:[[#@LINE+1]]:{{[0-9]+}}: {{error|warning|note}}: high-resolution timer armed before hrtimers_init [bootorder-early-hrtimer]
	hrtimer_start_range_ns(0, 1, 0, 0);
	if (bases_ready)
		hrtimer_start_range_ns(0, 1, 0, 0);
}

static void board_late(void)
{
	hrtimer_start_range_ns(0, 1, 0, 0);
}

void start_kernel(void)
{
	board_early();
	hrtimers_init();
	board_late();
}
