#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/sched.h>

static struct {
	unsigned long switches;
	int ready;
} runqueue;

void __init sched_init(void)
{
	BUG_ON(runqueue.switches);
	runqueue.ready = 1;
}
