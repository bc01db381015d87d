// early-work-queue-create: work queue made before init_workqueues. It is no finding behind a guard
// that does not hold yet, nor late enough.

// RUN: rm -rf %t && mkdir -p %t && cp %s %t/main.c && %compdb %t --kernel 2.6.30
// RUN: %findings early-work-queue-create %t | FileCheck %s --implicit-check-not="[bootorder-"

void *__create_workqueue_key(const char *name, int single);

static int queues_ready;

void init_workqueues(void) { queues_ready = 1; }

static void board_early(void)
{
	// CHECK: main.c:[[#@LINE+1]]:{{[0-9]+}}: {{error|warning|note}}: work queue made before init_workqueues [bootorder-early-work-queue-create]
	__create_workqueue_key("board", 1);
	if (queues_ready)
		__create_workqueue_key("board", 1);
}

static void board_late(void)
{
	__create_workqueue_key("board", 1);
}

void start_kernel(void)
{
	board_early();
	init_workqueues();
	board_late();
}
