/*
 * The machine that is right: what it needs this early is static.
 */
#include <linux/init.h>
#include <linux/interrupt.h>

#include <asm/irq.h>
#include <asm/machdep.h>
#include <asm/system.h>

#define UIC_IRQS 32
#define WALNUT_FREQUENCY 200000000UL

static unsigned int uic_revmap[UIC_IRQS];

static int uic_host_map(struct irq_host *host, unsigned int virq)
{
	return virq >= NR_IRQS;
}

static const struct irq_host_ops uic_host_ops = {
	.map = uic_host_map,
};

static struct irq_host uic_host = {
	.ops = &uic_host_ops,
	.count = UIC_IRQS,
	.revmap = uic_revmap,
};

static int __init walnut_probe(void)
{
	return 1;
}

static void __init uic_init(void)
{
	irq_register_host(&uic_host);
}

static unsigned int uic_get_irq(void)
{
	return uic_host.first;
}

static void __init walnut_calibrate_decr(void)
{
	ppc_tb_freq = WALNUT_FREQUENCY;
}

define_machine(walnut) {
	.name = "Walnut",
	.probe = walnut_probe,
	.init_IRQ = uic_init,
	.get_irq = uic_get_irq,
	.calibrate_decr = walnut_calibrate_decr,
};
