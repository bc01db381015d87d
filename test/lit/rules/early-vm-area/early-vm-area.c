// early-vm-area: virtual area taken before interrupts and timers are initialised. It is no finding on the early branch
// of ioremap(), nor late enough.

// RUN: rm -rf %t && mkdir -p %t && cp %s %t/main.c && %compdb %t
// RUN: %findings early-vm-area %t | FileCheck %s --implicit-check-not="[bootorder-"

#include <linux/irqflags.h>
#include <linux/vmalloc.h>

static int mem_init_done;
static char window[64];

struct vm_struct *get_vm_area_caller(unsigned long size, unsigned long flags, const void *caller)
{
	local_irq_enable(); /* what kmalloc(GFP_KERNEL) comes to */
	return 0;
}

static void *ioremap(unsigned long addr)
{
	if (!mem_init_done)
		return window;
	// CHECK: main.c:[[#@LINE+1]]:{{[0-9]+}}: error: virtual area taken before interrupts and timers are initialised [bootorder-early-vm-area]
	return get_vm_area_caller(8, 0, 0);
}

static void setup_arch(void) { ioremap(8); }
void mem_init(void) { mem_init_done = 1; }
static void board_init_irq(void) { ioremap(16); }
static void board_late(void) { get_vm_area_caller(8, 0, 0); }

void start_kernel(void)
{
	setup_arch();
	mem_init();
	// CHECK: start_kernel{{ +}}calls board_init_irq
	board_init_irq();
	local_irq_enable();
	board_late();
}
