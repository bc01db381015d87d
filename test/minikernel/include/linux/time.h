#ifndef _LINUX_TIME_H
#define _LINUX_TIME_H

extern volatile unsigned long jiffies;

void init_timers(void);
void hrtimers_init(void);
void timekeeping_init(void);
void time_init(void);
void do_timer(unsigned long ticks);

#endif
