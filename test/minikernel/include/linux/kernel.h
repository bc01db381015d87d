#ifndef _LINUX_KERNEL_H
#define _LINUX_KERNEL_H

#include <linux/types.h>

#define ARRAY_SIZE(x) (sizeof(x) / sizeof((x)[0]))
#define PAGE_SIZE 4096UL
#define PAGE_ALIGN(x) (((x) + PAGE_SIZE - 1) & ~(PAGE_SIZE - 1))

int printk(const char *fmt, ...);
void panic(const char *fmt, ...) __noreturn;

/* Never returns, and the compiler is not told: as many architectures had it in 2009. */
#define BUG() do { \
	printk("kernel BUG at %s:%d!\n", __FILE__, __LINE__); \
	for (;;) \
		barrier(); \
} while (0)

#define BUG_ON(condition) do { \
	if (unlikely(condition)) \
		BUG(); \
} while (0)

#endif
