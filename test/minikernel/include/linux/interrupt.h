#ifndef _LINUX_INTERRUPT_H
#define _LINUX_INTERRUPT_H

#include <linux/spinlock.h>
#include <linux/types.h>

#define NR_IRQS 64

typedef void (*irq_handler_t)(int irq, void *data);

struct irqaction {
	irq_handler_t handler;
	void *data;
};

struct irq_desc {
	spinlock_t lock;
	struct irqaction *action;
};

extern struct irq_desc irq_desc[NR_IRQS];

int setup_irq(unsigned int irq, struct irqaction *action);
void generic_handle_irq(unsigned int irq);
void early_irq_init(void);
void init_IRQ(void);

#endif
