#ifndef _LINUX_KERNEL_H
#define _LINUX_KERNEL_H

#include <linux/types.h>

int printk(const char *fmt, ...);
void panic(const char *fmt, ...) __noreturn;

#define BUG() do { \
	for (;;) \
		barrier(); \
} while (0)

#define BUG_ON(condition) do { \
	if (unlikely(condition)) \
		BUG(); \
} while (0)

#endif
