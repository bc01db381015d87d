#include <linux/irqflags.h>
#include <linux/kernel.h>

void panic(const char *fmt, ...)
{
	printk(fmt);
	/* The watchdog needs interrupts to reset the machine: a dying kernel may enable them. */
	local_irq_enable();
	for (;;)
		barrier();
}
