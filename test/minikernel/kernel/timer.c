#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/time.h>

volatile unsigned long jiffies;

static struct {
	unsigned long shift;
	unsigned long nanoseconds;
} *clock;

static int timers_ready;

void __init init_timers(void)
{
	timers_ready = 1;
}

static int hrtimers_ready;

void __init hrtimers_init(void)
{
	hrtimers_ready = 1;
}

void __init timekeeping_init(void)
{
	static typeof(*clock) boot_clock;

	boot_clock.shift = 8;
	clock = &boot_clock;
}

/* What every tick does, and why a tick before timekeeping_init() is fatal. */
void do_timer(unsigned long ticks)
{
	BUG_ON(!timers_ready);
	jiffies += ticks;
	clock->nanoseconds += ticks << clock->shift;
}
