/*
 * The machine that is wrong in both ways: its interrupt controller allocates with GFP_KERNEL and its
 * clock maps registers, and since mm_init() moved both run with the allocators up and no timer.
 */
#include <linux/init.h>
#include <linux/kernel.h>

#include <asm/machdep.h>

#include "pmac.h"

static int __init pmac_probe(void)
{
	return 1;
}

static void __init pmac_setup_arch(void)
{
	printk("PowerMac\n");
}

static void pmac_restart(char *command)
{
	panic("restart");
}

define_machine(powermac) {
	.name = "PowerMac",
	.probe = pmac_probe,
	.setup_arch = pmac_setup_arch,
	.init_IRQ = pmac_pic_init,
	.get_irq = pmac_pic_get_irq,
	.calibrate_decr = pmac_calibrate_decr,
	.restart = pmac_restart,
};
