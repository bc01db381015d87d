#ifndef _LINUX_COMPILER_H
#define _LINUX_COMPILER_H

#define __section(name) __attribute__((__section__(name)))
#define __used __attribute__((__used__))
#define __maybe_unused __attribute__((__unused__))
#define __noreturn __attribute__((__noreturn__))
#define __always_inline inline __attribute__((__always_inline__))
#define __weak __attribute__((__weak__))
#define __alias(name) __attribute__((__alias__(#name)))
#define __cleanup(fn) __attribute__((__cleanup__(fn)))
#define likely(x) __builtin_expect(!!(x), 1)
#define unlikely(x) __builtin_expect(!!(x), 0)
#define barrier() __asm__ __volatile__("" : : : "memory")
#define READ_ONCE(x) (*(const volatile __typeof__(x) *)&(x))
#define WRITE_ONCE(x, value) (*(volatile __typeof__(x) *)&(x) = (value))

#endif
