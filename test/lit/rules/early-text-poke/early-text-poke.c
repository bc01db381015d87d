// early-text-poke: running code patched before poking_init. It is no finding behind a guard that does
// not hold yet, nor late enough.

// RUN: rm -rf %t && mkdir -p %t && cp %s %t/main.c && %compdb %t --kernel 6.12.0 -Iarch/x86/include
// RUN: %findings early-text-poke %t | FileCheck %s --implicit-check-not="[bootorder-"

void *text_poke(void *addr, const void *opcode, unsigned long len);

static int poking_ready;

void poking_init(void) { poking_ready = 1; }

static void board_early(void)
{
	// CHECK: main.c:[[#@LINE+1]]:{{[0-9]+}}: {{error|warning|note}}: running code patched before poking_init [bootorder-early-text-poke]
	text_poke(0, 0, 1);
	if (poking_ready)
		text_poke(0, 0, 1);
}

static void board_late(void)
{
	text_poke(0, 0, 1);
}

void start_kernel(void)
{
	board_early();
	poking_init();
	board_late();
}
