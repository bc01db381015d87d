// early-kthread: kernel thread made before kthreadd runs. It is no finding behind a guard that does
// not hold yet, nor late enough.

// RUN: rm -rf %t && mkdir -p %t && cp %s %t/main.c && %compdb %t --kernel 6.12.0
// RUN: %findings early-kthread %t | FileCheck %s --implicit-check-not="[bootorder-"

void *kthread_create_on_node(int (*fn)(void *), void *data, int node, const char *name);

static void *kthreadd_task;
static char task;

static void rest_init(void) { kthreadd_task = &task; }

static void board_early(void)
{
	// CHECK: main.c:[[#@LINE+1]]:{{[0-9]+}}: {{error|warning|note}}: kernel thread made before kthreadd runs [bootorder-early-kthread]
	kthread_create_on_node(0, 0, 0, "board");
	if (kthreadd_task)
		kthread_create_on_node(0, 0, 0, "board");
}

static void board_late(void)
{
	kthread_create_on_node(0, 0, 0, "board");
}

void start_kernel(void)
{
	board_early();
	rest_init();
	board_late();
}
