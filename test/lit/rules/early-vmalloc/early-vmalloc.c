// early-vmalloc: vmalloc or ioremap area taken before vmalloc_init. It is no finding behind a guard
// that does not hold yet, nor late enough.

// RUN: rm -rf %t && mkdir -p %t && cp %s %t/main.c && %compdb %t --kernel 6.12.0
// RUN: %findings early-vmalloc %t | FileCheck %s --implicit-check-not="[bootorder-"

#include <linux/vmalloc.h>

static int vmap_initialized;

void vmalloc_init(void) { vmap_initialized = 1; }

static void board_early(void)
{
	// CHECK: main.c:[[#@LINE+1]]:{{[0-9]+}}: {{error|warning|note}}: vmalloc or ioremap area taken before vmalloc_init [bootorder-early-vmalloc]
	get_vm_area_caller(8, 0, 0);
	if (vmap_initialized)
		get_vm_area_caller(8, 0, 0);
}

static void board_late(void)
{
	get_vm_area_caller(8, 0, 0);
}

void start_kernel(void)
{
	board_early();
	vmalloc_init();
	board_late();
}
