#ifndef _LINUX_INIT_H
#define _LINUX_INIT_H

#include <linux/compiler.h>
#include <linux/linkage.h>

#define __init __section(".init.text")
#define __initdata __section(".init.data")

typedef int (*initcall_t)(void);

#define __define_initcall(fn, level)                                           \
  static initcall_t __initcall_##fn##level __used __section(".initcall" #level \
                                                            ".init") = fn

#define early_initcall(fn) __define_initcall(fn, early)
#define core_initcall(fn) __define_initcall(fn, 1)
#define arch_initcall(fn) __define_initcall(fn, 3)
#define subsys_initcall(fn) __define_initcall(fn, 4)
#define device_initcall(fn) __define_initcall(fn, 6)
#define late_initcall(fn) __define_initcall(fn, 7)

extern initcall_t __initcall_start[], __initcall_end[];

#define console_initcall(fn)                                                   \
  static initcall_t __initcall_##fn __used __section(".con_initcall.init") = fn

extern initcall_t __con_initcall_start[], __con_initcall_end[];

struct obs_kernel_param {
  const char *str;
  int (*setup_func)(char *);
  int early;
};

#define __setup_param(str, fn, is_early)                                       \
  static struct obs_kernel_param __setup_##fn __used __section(                \
      ".init.setup") = {str, fn, is_early}

#define __setup(str, fn) __setup_param(str, fn, 0)
#define early_param(str, fn) __setup_param(str, fn, 1)

extern struct obs_kernel_param __setup_start[], __setup_end[];

#endif
