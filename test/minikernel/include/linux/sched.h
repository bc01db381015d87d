#ifndef _LINUX_SCHED_H
#define _LINUX_SCHED_H

#include <linux/types.h>

void sched_init(void);
void schedule(void);
int kernel_thread(int (*fn)(void *), void *argument);
void calibrate_delay(void);

extern unsigned long loops_per_jiffy;

#endif
