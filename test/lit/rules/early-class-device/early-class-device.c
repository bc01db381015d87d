// early-class-device: device created before its class. It is no finding for a class that is registered by then, nor for
// one that is made anew.

// RUN: rm -rf %t && mkdir -p %t && cp %s %t/main.c && %compdb %t --kernel 6.12.0
// RUN: %findings early-class-device %t | FileCheck %s --implicit-check-not="[bootorder-"

#include <linux/init.h>

struct class { const char *name; };
struct device { const struct class *class; };

static int count, has_slow_class;
int class_register(const struct class *cls) { return ++count; }
struct device *device_create(const struct class *cls, struct device *parent) { ++count; return parent; }

static struct class slow_class = {"slow"}, fast_class = {"fast"};

static int __init fast_init(void) { return class_register(&fast_class); }
core_initcall(fast_init);

static int __init early_init(void)
{
	device_create(&fast_class, 0);
	if (has_slow_class)
		device_create(&slow_class, 0);
	// CHECK: main.c:[[#@LINE+1]]:{{[0-9]+}}: warning: device created before its class [bootorder-early-class-device]
	device_create(&slow_class, 0);
	return 0;
}
arch_initcall(early_init);

static int __init slow_init(void)
{
	has_slow_class = 1;
	return class_register(&slow_class);
}
subsys_initcall(slow_init);

static void board_late(void)
{
	device_create(&slow_class, 0);
}

static int __init late_init(void)
{
	board_late();
	return 0;
}
device_initcall(late_init);

static void do_initcalls(void) {}

void kernel_init(void)
{
	do_initcalls();
}

static void rest_init(void) {}

void start_kernel(void)
{
	rest_init();
}
