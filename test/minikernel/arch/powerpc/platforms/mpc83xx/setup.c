/*
 * The machine that is right for a reason only values show: it maps its registers before mem_init(),
 * where ioremap() needs no allocator, and says GFP_NOWAIT where an allocation may not wait.
 * Built with CONFIG_MPC83XX=y.
 */
#include <linux/gfp.h>
#include <linux/init.h>
#include <linux/interrupt.h>

#include <asm/io.h>
#include <asm/irq.h>
#include <asm/machdep.h>
#include <asm/system.h>

#define IMMR_ADDRESS 0xe0000000UL
#define IMMR_SIZE 0x1000UL
#define IPIC_IRQS 32
#define MPC83XX_FREQUENCY 66000000UL

struct ipic {
	struct irq_host host;
	unsigned int revmap[IPIC_IRQS];
};

static volatile u8 *immr;
static struct ipic *ipic;

static int ipic_host_map(struct irq_host *host, unsigned int virq)
{
	return virq >= NR_IRQS;
}

static const struct irq_host_ops ipic_host_ops = {
	.map = ipic_host_map,
};

static int __init mpc83xx_probe(void)
{
	return 1;
}

static void __init mpc83xx_setup_arch(void)
{
	immr = ioremap(IMMR_ADDRESS, IMMR_SIZE);
}

static void __init ipic_init(void)
{
	ipic = zalloc_maybe_bootmem(sizeof(*ipic), GFP_NOWAIT);
	if (!ipic)
		return;
	ipic->host.ops = &ipic_host_ops;
	ipic->host.count = IPIC_IRQS;
	ipic->host.revmap = ipic->revmap;
	irq_register_host(&ipic->host);
}

static unsigned int ipic_get_irq(void)
{
	return ipic->host.first + in_8(immr);
}

static void __init mpc83xx_calibrate_decr(void)
{
	ppc_tb_freq = MPC83XX_FREQUENCY / (in_8(immr) + 1);
}

define_machine(mpc83xx) {
	.name = "MPC83xx",
	.probe = mpc83xx_probe,
	.setup_arch = mpc83xx_setup_arch,
	.init_IRQ = ipic_init,
	.get_irq = ipic_get_irq,
	.calibrate_decr = mpc83xx_calibrate_decr,
};
