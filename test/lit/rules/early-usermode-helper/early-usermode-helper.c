// early-usermode-helper: user-mode helper or module asked for before they may run. It is no finding
// behind a guard that does not hold yet, nor late enough.

// RUN: rm -rf %t && mkdir -p %t && cp %s %t/main.c && %compdb %t --kernel 4.19.0
// RUN: %findings early-usermode-helper %t | FileCheck %s --implicit-check-not="[bootorder-"

int __request_module(int wait, const char *name);

static int helpers_enabled;

void usermodehelper_enable(void) { helpers_enabled = 1; }

static void board_early(void)
{
	// CHECK: main.c:[[#@LINE+1]]:{{[0-9]+}}: {{error|warning|note}}: user-mode helper or module asked for before they may run [bootorder-early-usermode-helper]
	__request_module(1, "board");
	if (helpers_enabled)
		__request_module(1, "board");
}

static void board_late(void)
{
	__request_module(1, "board");
}

void start_kernel(void)
{
	board_early();
	usermodehelper_enable();
	board_late();
}
