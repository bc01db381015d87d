#ifndef _LINUX_INIT_H
#define _LINUX_INIT_H

#include <linux/compiler.h>

#define __init __section(".init.text")
#define __initdata __section(".init.data")

typedef int (*initcall_t)(void);

/* An initcall is a pointer in a section of its level; do_initcalls() walks all of them. */
#define __define_initcall(level, fn) \
	static initcall_t __initcall_##fn##level __used \
	__section(".initcall" #level ".init") = fn

#define core_initcall(fn) __define_initcall(1, fn)
#define arch_initcall(fn) __define_initcall(3, fn)
#define device_initcall(fn) __define_initcall(6, fn)
#define late_initcall(fn) __define_initcall(7, fn)

#define console_initcall(fn) \
	static initcall_t __initcall_##fn __used __section(".con_initcall.init") = fn

extern initcall_t __con_initcall_start[], __con_initcall_end[];

/* A command line option: early ones run inside setup_arch(), the others after it. */
struct obs_kernel_param {
	const char *str;
	int (*setup_func)(char *);
	int early;
};

#define __setup_param(str, id, fn, is_early) \
	static struct obs_kernel_param __setup_##id __used __section(".init.setup") \
	__aligned(sizeof(long)) = { str, fn, is_early }

#define __setup(str, fn) __setup_param(str, fn, fn, 0)
#define early_param(str, fn) __setup_param(str, fn, fn, 1)

extern struct obs_kernel_param __setup_start[], __setup_end[];

void parse_early_param(void);
void parse_options(char *command_line);
void setup_arch(char **command_line);

extern void (*late_time_init)(void);

#endif
