// early-rcu-poll: expedited grace period polled before rcu_init. It is no finding behind a guard that
// does not hold yet, nor late enough.

// RUN: rm -rf %t && mkdir -p %t && cp %s %t/main.c && %compdb %t --kernel 6.1.0
// RUN: %findings early-rcu-poll %t | FileCheck %s --implicit-check-not="[bootorder-"

unsigned long start_poll_synchronize_rcu_expedited(void);

static int tree_ready;

void rcu_init(void) { tree_ready = 1; }

static void board_early(void)
{
	// CHECK: main.c:[[#@LINE+1]]:{{[0-9]+}}: {{error|warning|note}}: expedited grace period polled before rcu_init [bootorder-early-rcu-poll]
	start_poll_synchronize_rcu_expedited();
	if (tree_ready)
		start_poll_synchronize_rcu_expedited();
}

static void board_late(void)
{
	start_poll_synchronize_rcu_expedited();
}

void start_kernel(void)
{
	board_early();
	rcu_init();
	board_late();
}
