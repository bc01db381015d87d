// early-procfs: file in /proc made before proc_root_init. It is no finding behind a guard that does
// not hold yet, nor late enough.

// RUN: rm -rf %t && mkdir -p %t && cp %s %t/main.c && %compdb %t --kernel 6.12.0
// RUN: %findings early-procfs %t | FileCheck %s --implicit-check-not="[bootorder-"

void *proc_create(const char *name, int mode, void *parent, const void *ops);

static int proc_ready;

void proc_root_init(void) { proc_ready = 1; }

static void board_early(void)
{
	// CHECK: main.c:[[#@LINE+1]]:{{[0-9]+}}: {{error|warning|note}}: file in /proc made before proc_root_init [bootorder-early-procfs]
	proc_create("board", 0, 0, 0);
	if (proc_ready)
		proc_create("board", 0, 0, 0);
}

static void board_late(void)
{
	proc_create("board", 0, 0, 0);
}

void start_kernel(void)
{
	board_early();
	proc_root_init();
	board_late();
}
