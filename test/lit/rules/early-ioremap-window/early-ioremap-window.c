// early-ioremap-window: early_ioremap outside of its window. It is no finding behind a guard that does
// not hold yet, nor late enough.

// RUN: rm -rf %t && mkdir -p %t && cp %s %t/main.c && %compdb %t --kernel 6.12.0 -Iarch/arm/include
// RUN: %findings early-ioremap-window %t | FileCheck %s --implicit-check-not="[bootorder-"

#include <linux/irqflags.h>

void *early_ioremap(unsigned long addr, unsigned long size);

static int is_open;

void early_ioremap_init(void) { is_open = 1; }

static void board_early(void)
{
	// CHECK: main.c:[[#@LINE+1]]:{{[0-9]+}}: {{error|warning|note}}: early_ioremap outside of its window [bootorder-early-ioremap-window]
	early_ioremap(8, 8);
	if (is_open)
		early_ioremap(8, 8);
}

static void board_late(void)
{
	early_ioremap(8, 8);
}

void start_kernel(void)
{
	board_early();
	early_ioremap_init();
	board_late();
}
