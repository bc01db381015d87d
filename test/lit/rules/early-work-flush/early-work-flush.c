// early-work-flush: waits for work before workers run. It is no finding behind a guard that does not
// hold yet, nor late enough.

// RUN: rm -rf %t && mkdir -p %t && cp %s %t/main.c && %compdb %t --kernel 6.12.0
// RUN: %findings early-work-flush %t | FileCheck %s --implicit-check-not="[bootorder-"

void flush_work(void *work);

static int wq_online;

void workqueue_init(void) { wq_online = 1; }

static void board_early(void)
{
	// CHECK: main.c:[[#@LINE+1]]:{{[0-9]+}}: {{error|warning|note}}: waits for work before workers run [bootorder-early-work-flush]
	flush_work(0);
	if (wq_online)
		flush_work(0);
}

static void board_late(void)
{
	flush_work(0);
}

void start_kernel(void)
{
	board_early();
	workqueue_init();
	board_late();
}
