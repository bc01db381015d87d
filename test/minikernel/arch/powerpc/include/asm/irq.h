#ifndef _ASM_POWERPC_IRQ_H
#define _ASM_POWERPC_IRQ_H

#include <linux/types.h>

struct irq_host;

struct irq_host_ops {
	int (*map)(struct irq_host *host, unsigned int virq);
};

struct irq_host {
	struct irq_host *next;
	const struct irq_host_ops *ops;
	unsigned int first;
	unsigned int count;
	unsigned int *revmap;
};

struct irq_host *irq_alloc_host(unsigned int count, const struct irq_host_ops *ops);
void irq_register_host(struct irq_host *host);
unsigned int irq_create_mapping(struct irq_host *host, unsigned int hwirq);

#endif
