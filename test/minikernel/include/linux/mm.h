#ifndef _LINUX_MM_H
#define _LINUX_MM_H

#include <linux/types.h>

extern int mem_init_done;

void mem_init(void);

#endif
