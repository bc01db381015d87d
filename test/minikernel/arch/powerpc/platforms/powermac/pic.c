#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/kernel.h>

#include <asm/io.h>
#include <asm/irq.h>

#include "pmac.h"

#define PIC_IRQS 32

static struct irq_host *pmac_pic_host;

static void xmon_action(int irq, void *data)
{
	printk("debugger\n");
}

static struct irqaction xmon_irq = { .handler = xmon_action };

static int pmac_pic_host_map(struct irq_host *host, unsigned int virq)
{
	return virq >= NR_IRQS;
}

static const struct irq_host_ops pmac_pic_host_ops = {
	.map = pmac_pic_host_map,
};

static void __init pmac_pic_probe_oldstyle(void)
{
	pmac_pic_host = irq_alloc_host(PIC_IRQS, &pmac_pic_host_ops);
	BUG_ON(!pmac_pic_host);
	setup_irq(irq_create_mapping(pmac_pic_host, 20), &xmon_irq);
}

void __init pmac_pic_init(void)
{
	pmac_pic_probe_oldstyle();
}

unsigned int pmac_pic_get_irq(void)
{
	return pmac_pic_host ? pmac_pic_host->first : NR_IRQS;
}
