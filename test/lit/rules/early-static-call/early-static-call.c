// early-static-call: static call changed before static_call_init. It is no finding behind a guard that
// does not hold yet, nor late enough.

// RUN: rm -rf %t && mkdir -p %t && cp %s %t/main.c && %compdb %t --kernel 6.12.0
// RUN: %findings early-static-call %t | FileCheck %s --implicit-check-not="[bootorder-"

void __static_call_update(void *key, void *tramp, void *func);

static int static_call_initialized;

void static_call_init(void) { static_call_initialized = 1; }

static void board_early(void)
{
	// CHECK: main.c:[[#@LINE+1]]:{{[0-9]+}}: {{error|warning|note}}: static call changed before static_call_init [bootorder-early-static-call]
	__static_call_update(0, 0, 0);
	if (static_call_initialized)
		__static_call_update(0, 0, 0);
}

static void board_late(void)
{
	__static_call_update(0, 0, 0);
}

void start_kernel(void)
{
	board_early();
	static_call_init();
	board_late();
}
