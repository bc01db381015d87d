// early-bus-driver: driver registered before its bus. Which bus it is follows from the driver or from the function that
// registers drivers of that kind; it is no finding for a bus that is registered by then, nor where the order of one
// level decides, nor where the bus cannot be told.

// RUN: rm -rf %t && mkdir -p %t && cp %s %t/main.c && %compdb %t --kernel 6.12.0
// RUN: %findings early-bus-driver %t | FileCheck %s --implicit-check-not="[bootorder-"

#include <linux/init.h>

struct bus_type { const char *name; };
struct device_driver { const char *name; const struct bus_type *bus; };
struct board_driver { int version; struct device_driver driver; };

static int count, has_slow_bus;
int bus_register(const struct bus_type *bus) { return ++count; }
int driver_register(struct device_driver *drv) { return ++count; }

static struct bus_type slow_bus = {"slow"}, fast_bus = {"fast"}, no_bus = {"none"};

// As buses do it: every driver is of this bus.
int slow_register_driver(struct board_driver *drv)
{
	drv->driver.bus = &slow_bus;
	return driver_register(&drv->driver);
}

static struct board_driver first = {1}, second = {2};
static struct device_driver plain = {"plain", &slow_bus}, fast = {"fast", &fast_bus}, lost = {"lost", &no_bus};
extern struct device_driver *some_driver(void);

static int __init fast_init(void) { return bus_register(&fast_bus); }
core_initcall(fast_init);

static int __init first_init(void)
{
	// CHECK: main.c:[[#@LINE+1]]:{{[0-9]+}}: warning: driver registered before its bus [bootorder-early-bus-driver]
	return slow_register_driver(&first);
}
arch_initcall(first_init);

static int __init plain_init(void)
{
	if (has_slow_bus)
		driver_register(&plain);     /* not yet */
	driver_register(&fast);          /* its bus is there */
	driver_register(&lost);          /* nobody registers its bus in this kernel */
	driver_register(some_driver());  /* which bus is not known */
	// CHECK: main.c:[[#@LINE+1]]:{{[0-9]+}}: warning: driver registered before its bus [bootorder-early-bus-driver]
	return driver_register(&plain);
}
arch_initcall(plain_init);

static int __init bus_init(const struct bus_type *bus) { return bus_register(bus); }
static int __init slow_init(void)
{
	has_slow_bus = 1;
	return bus_init(&slow_bus);
}
subsys_initcall(slow_init);

/* The same level: which comes first is for the linker to say. */
static int __init same_init(void) { return slow_register_driver(&second); }
subsys_initcall(same_init);

/* Late enough. */
static int __init second_late(void) { return slow_register_driver(&second); }
static int __init second_init(void) { return second_late(); }
device_initcall(second_init);

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
