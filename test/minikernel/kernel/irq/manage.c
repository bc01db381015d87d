#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/kernel.h>

struct irq_desc irq_desc[NR_IRQS];

void __init early_irq_init(void)
{
	int irq;

	for (irq = 0; irq < NR_IRQS; irq++)
		irq_desc[irq].action = NULL;
}

int setup_irq(unsigned int irq, struct irqaction *action)
{
	struct irq_desc *desc;

	if (irq >= NR_IRQS)
		return -22;
	desc = &irq_desc[irq];

	guard_irqsave(&desc->lock);
	if (desc->action)
		return -16;
	desc->action = action;
	return 0;
}

void generic_handle_irq(unsigned int irq)
{
	struct irqaction *action = irq_desc[irq].action;

	if (action)
		action->handler(irq, action->data);
}
