#include <linux/irqflags.h>
#include <linux/kernel.h>

static int early_boot_irqs_enabled;
static int hardirqs_enabled;

void early_boot_irqs_off(void)
{
	early_boot_irqs_enabled = 0;
}

void early_boot_irqs_on(void)
{
	early_boot_irqs_enabled = 1;
}

void trace_hardirqs_on(void)
{
	if (unlikely(!early_boot_irqs_enabled))
		printk("interrupts enabled before they can be handled\n");
	hardirqs_enabled = 1;
}

void trace_hardirqs_off(void)
{
	hardirqs_enabled = 0;
}
