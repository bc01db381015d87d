#ifndef _LINUX_SCHED_H
#define _LINUX_SCHED_H

#include <linux/types.h>

void sched_init(void);
void schedule(void);
struct task_struct;
extern struct task_struct *kthreadd_task;

int kernel_thread(int (*fn)(void *), void *argument);
struct task_struct *find_task(int pid);
void calibrate_delay(void);

extern unsigned long loops_per_jiffy;

#endif
