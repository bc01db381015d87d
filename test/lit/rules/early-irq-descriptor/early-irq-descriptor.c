// early-irq-descriptor: interrupt asked for or mapped before the descriptors exist. It is no finding
// behind a guard that does not hold yet, nor late enough.

// RUN: rm -rf %t && mkdir -p %t && cp %s %t/main.c && %compdb %t --kernel 6.12.0
// RUN: %findings early-irq-descriptor %t | FileCheck %s --implicit-check-not="[bootorder-"

int request_threaded_irq(unsigned int irq, void *handler, void *thread, unsigned long flags, const char *name, void *dev);

static int descriptors_ready;

void early_irq_init(void) { descriptors_ready = 1; }

static void board_early(void)
{
	// CHECK: main.c:[[#@LINE+1]]:{{[0-9]+}}: {{error|warning|note}}: interrupt asked for or mapped before the descriptors exist [bootorder-early-irq-descriptor]
	request_threaded_irq(1, 0, 0, 0, "board", 0);
	if (descriptors_ready)
		request_threaded_irq(1, 0, 0, 0, "board", 0);
}

static void board_late(void)
{
	request_threaded_irq(1, 0, 0, 0, "board", 0);
}

void start_kernel(void)
{
	board_early();
	early_irq_init();
	board_late();
}
