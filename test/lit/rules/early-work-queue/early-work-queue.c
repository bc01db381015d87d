// early-work-queue: work queued before the system work queues exist. It is no finding behind a guard
// that does not hold yet, nor late enough.

// RUN: rm -rf %t && mkdir -p %t && cp %s %t/main.c && %compdb %t --kernel 6.12.0
// RUN: %findings early-work-queue %t | FileCheck %s --implicit-check-not="[bootorder-"

void queue_work_on(int cpu, void *wq, void *work);

static void *system_wq;
static char queue;

void workqueue_init_early(void) { system_wq = &queue; }

static void board_early(void)
{
	// CHECK: main.c:[[#@LINE+1]]:{{[0-9]+}}: {{error|warning|note}}: work queued before the system work queues exist [bootorder-early-work-queue]
	queue_work_on(0, system_wq, 0);
	if (system_wq)
		queue_work_on(0, system_wq, 0);
}

static void board_late(void)
{
	queue_work_on(0, system_wq, 0);
}

void start_kernel(void)
{
	board_early();
	workqueue_init_early();
	board_late();
}
