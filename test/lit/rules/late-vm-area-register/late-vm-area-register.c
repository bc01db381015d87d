// late-vm-area-register: early vmalloc area registered after vmalloc_init. It is no finding behind a
// guard that no longer holds, nor early enough.

// RUN: rm -rf %t && mkdir -p %t && cp %s %t/main.c && %compdb %t --kernel 6.12.0
// RUN: %findings late-vm-area-register %t | FileCheck %s --implicit-check-not="[bootorder-"

#include <linux/irqflags.h>

void vm_area_add_early(void *vm);

static int vmap_initialized;

void vmalloc_init(void) { vmap_initialized = 1; }

static void board_late(void)
{
	// CHECK: main.c:[[#@LINE+1]]:{{[0-9]+}}: {{error|warning|note}}: early vmalloc area registered after vmalloc_init [bootorder-late-vm-area-register]
	vm_area_add_early(0);
	if (!vmap_initialized)
		vm_area_add_early(0);
}

static void board_early(void)
{
	vm_area_add_early(0);
}

void start_kernel(void)
{
	board_early();
	vmalloc_init();
	board_late();
	local_irq_enable();
}
