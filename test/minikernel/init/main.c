/*
 * The boot, in the order of June 2009: mm_init() has just moved above init_IRQ() and time_init().
 */
#include <linux/console.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/time.h>
#include <linux/vmalloc.h>

void (*late_time_init)(void);

extern initcall_t __initcall_start[], __initcall_end[];

static int __init do_one_initcall(initcall_t fn)
{
	int result = fn();

	if (result)
		printk("initcall %p failed: %d\n", fn, result);
	return result;
}

static void __init do_initcalls(void)
{
	initcall_t *call;

	for (call = __initcall_start; call < __initcall_end; call++)
		do_one_initcall(*call);
}

/* Every driver looks after itself here. */
static void __init driver_init(void)
{
	printk("drivers may register\n");
}

static int __init kernel_init(void *unused)
{
	driver_init();
	do_initcalls();
	panic("No init found.");
	return 0;
}

static void rest_init(void)
{
	kthreadd_task = find_task(kernel_thread(kernel_init, NULL));
	schedule();
	for (;;)
		barrier();
}

static void __init mm_init(void)
{
	mem_init();
	kmem_cache_init();
	vmalloc_init();
}

asmlinkage void __init start_kernel(void)
{
	char *command_line;

	local_irq_disable();
	early_boot_irqs_off();

	printk("Miniature kernel\n");
	setup_arch(&command_line);
	parse_early_param();
	parse_options(command_line);

	mm_init();

	sched_init();
	early_irq_init();
	init_IRQ();
	init_timers();
	hrtimers_init();
	timekeeping_init();
	time_init();
	if (!irqs_disabled())
		printk("start_kernel(): interrupts were enabled early\n");

	early_boot_irqs_on();
	local_irq_enable();

	kmem_cache_init_late();
	console_init();
	if (late_time_init)
		late_time_init();
	calibrate_delay();
	rest_init();
}
