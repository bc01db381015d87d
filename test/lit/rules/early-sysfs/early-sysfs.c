// early-sysfs: kobject or sysfs file made before sysfs exists. It is no finding behind a guard that
// does not hold yet, nor late enough.

// RUN: rm -rf %t && mkdir -p %t && cp %s %t/main.c && %compdb %t --kernel 6.12.0
// RUN: %findings early-sysfs %t | FileCheck %s --implicit-check-not="[bootorder-"

int kobject_add(void *kobj, void *parent, const char *name);

static int sysfs_ready;

int sysfs_init(void) { sysfs_ready = 1; return 0; }

static void board_early(void)
{
	// CHECK: main.c:[[#@LINE+1]]:{{[0-9]+}}: {{error|warning|note}}: kobject or sysfs file made before sysfs exists [bootorder-early-sysfs]
	kobject_add(0, 0, "board");
	if (sysfs_ready)
		kobject_add(0, 0, "board");
}

static void board_late(void)
{
	kobject_add(0, 0, "board");
}

void start_kernel(void)
{
	board_early();
	sysfs_init();
	board_late();
}
