#include <linux/gfp.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/kernel.h>

#include <asm/irq.h>
#include <asm/machdep.h>
#include <asm/system.h>

static struct irq_host *irq_hosts;
static unsigned int next_virq = 16;

void __init init_IRQ(void)
{
	if (ppc_md.init_IRQ)
		ppc_md.init_IRQ();
}

/* From the exception vector. */
void do_IRQ(void)
{
	unsigned int irq = ppc_md.get_irq();

	if (irq < NR_IRQS)
		generic_handle_irq(irq);
}

void irq_register_host(struct irq_host *host)
{
	host->first = next_virq;
	next_virq += host->count;
	host->next = irq_hosts;
	irq_hosts = host;
}

struct irq_host *irq_alloc_host(unsigned int count, const struct irq_host_ops *ops)
{
	size_t size = sizeof(struct irq_host) + count * sizeof(unsigned int);
	struct irq_host *host = zalloc_maybe_bootmem(size, GFP_KERNEL);

	if (!host)
		return NULL;
	host->ops = ops;
	host->count = count;
	host->revmap = (unsigned int *)(host + 1);
	irq_register_host(host);
	return host;
}

unsigned int irq_create_mapping(struct irq_host *host, unsigned int hwirq)
{
	unsigned int virq = host->first + hwirq;

	if (hwirq >= host->count || host->ops->map(host, virq))
		return 0;
	host->revmap[hwirq] = virq;
	return virq;
}
