#include <linux/init.h>

#include <asm/io.h>
#include <asm/system.h>

#include "pmac.h"

#define VIA_ADDRESS 0x80816000UL
#define VIA_SIZE 0x2000UL
#define VIA_COUNTER 0x400
#define VIA_FREQUENCY 783360UL

/* Counts the time base against the VIA's timer, whose registers it has to map first. */
static int __init via_calibrate_decr(void)
{
	volatile u8 *via = ioremap(VIA_ADDRESS, VIA_SIZE);

	if (!via)
		return 0;
	out_8(via + VIA_COUNTER, 0xff);
	while (in_8(via + VIA_COUNTER))
		ppc_tb_freq++;
	ppc_tb_freq *= VIA_FREQUENCY;
	return 1;
}

void __init pmac_calibrate_decr(void)
{
	if (!via_calibrate_decr())
		ppc_tb_freq = VIA_FREQUENCY * 32;
}
