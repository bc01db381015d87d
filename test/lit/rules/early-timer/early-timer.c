// early-timer: timer armed before init_timers. It is no finding behind a guard that does not hold yet,
// nor late enough.

// RUN: rm -rf %t && mkdir -p %t && cp %s %t/main.c && %compdb %t --kernel 6.12.0
// RUN: %findings early-timer %t | FileCheck %s --implicit-check-not="[bootorder-"

void add_timer(void *timer);

static int wheel_ready;

void init_timers(void) { wheel_ready = 1; }

static void board_early(void)
{
	// CHECK: main.c:[[#@LINE+1]]:{{[0-9]+}}: {{error|warning|note}}: timer armed before init_timers [bootorder-early-timer]
	add_timer(0);
	if (wheel_ready)
		add_timer(0);
}

static void board_late(void)
{
	add_timer(0);
}

void start_kernel(void)
{
	board_early();
	init_timers();
	board_late();
}
