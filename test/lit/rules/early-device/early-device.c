// early-device: device, driver or class registered before driver_init. It is no finding behind a guard
// that does not hold yet, nor late enough.

// RUN: rm -rf %t && mkdir -p %t && cp %s %t/main.c && %compdb %t --kernel 6.12.0
// RUN: %findings early-device %t | FileCheck %s --implicit-check-not="[bootorder-"

int device_register(void *dev);

static int model_ready;

void driver_init(void) { model_ready = 1; }

static void board_early(void)
{
	// CHECK: main.c:[[#@LINE+1]]:{{[0-9]+}}: {{error|warning|note}}: device, driver or class registered before driver_init [bootorder-early-device]
	device_register(0);
	if (model_ready)
		device_register(0);
}

static void board_late(void)
{
	device_register(0);
}

void start_kernel(void)
{
	board_early();
	driver_init();
	board_late();
}
