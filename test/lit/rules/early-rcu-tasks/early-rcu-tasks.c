// early-rcu-tasks: RCU-tasks grace period before its threads run. It is no finding behind a guard that
// does not hold yet, nor late enough.

// RUN: rm -rf %t && mkdir -p %t && cp %s %t/main.c && %compdb %t --kernel 6.12.0
// RUN: %findings early-rcu-tasks %t | FileCheck %s --implicit-check-not="[bootorder-"

void synchronize_rcu_tasks(void);

static int threads_run;

void rcu_init_tasks_generic(void) { threads_run = 1; }

static void board_early(void)
{
	// CHECK: main.c:[[#@LINE+1]]:{{[0-9]+}}: {{error|warning|note}}: RCU-tasks grace period before its threads run [bootorder-early-rcu-tasks]
	synchronize_rcu_tasks();
	if (threads_run)
		synchronize_rcu_tasks();
}

static void board_late(void)
{
	synchronize_rcu_tasks();
}

void start_kernel(void)
{
	board_early();
	rcu_init_tasks_generic();
	board_late();
}
