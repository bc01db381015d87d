#include <linux/init.h>
#include <linux/sched.h>
#include <linux/time.h>

unsigned long loops_per_jiffy;

static unsigned long preset_loops __initdata;

static int __init lpj_setup(char *text)
{
	for (; *text >= '0' && *text <= '9'; text++)
		preset_loops = preset_loops * 10 + (*text - '0');
	return 0;
}
__setup("lpj=", lpj_setup);

/* Counts loops between two ticks: needs the timer interrupt. */
void __init calibrate_delay(void)
{
	unsigned long start = jiffies;

	if (preset_loops) {
		loops_per_jiffy = preset_loops;
		return;
	}
	while (jiffies == start)
		loops_per_jiffy++;
}
