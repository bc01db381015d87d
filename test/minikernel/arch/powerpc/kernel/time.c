#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/time.h>

#include <asm/machdep.h>
#include <asm/system.h>

unsigned long ppc_tb_freq;

static unsigned long tb_ticks_per_jiffy;

/* The decrementer: fires as soon as interrupts are enabled. */
void timer_interrupt(void)
{
	do_timer(tb_ticks_per_jiffy ? 1 : 0);
}

void __init time_init(void)
{
	ppc_md.calibrate_decr();
	if (!ppc_tb_freq)
		panic("No time base");
	tb_ticks_per_jiffy = ppc_tb_freq / 100;
}
