// early-clock-read: clock read before timekeeping_init. It is no finding behind a guard that does not
// hold yet, nor late enough.

// RUN: rm -rf %t && mkdir -p %t && cp %s %t/main.c && %compdb %t --kernel 6.12.0
// RUN: %findings early-clock-read %t | FileCheck %s --implicit-check-not="[bootorder-"

long ktime_get(void);

static int clock_ready;

void timekeeping_init(void) { clock_ready = 1; }

static void board_early(void)
{
	// CHECK: main.c:[[#@LINE+1]]:{{[0-9]+}}: {{error|warning|note}}: clock read before timekeeping_init [bootorder-early-clock-read]
	ktime_get();
	if (clock_ready)
		ktime_get();
}

static void board_late(void)
{
	ktime_get();
}

void start_kernel(void)
{
	board_early();
	timekeeping_init();
	board_late();
}
