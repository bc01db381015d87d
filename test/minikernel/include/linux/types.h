#ifndef _LINUX_TYPES_H
#define _LINUX_TYPES_H

#include <linux/compiler.h>

#define NULL ((void *)0)

typedef __SIZE_TYPE__ size_t;
typedef unsigned int gfp_t;
typedef unsigned long phys_addr_t;
typedef unsigned char u8;
typedef unsigned int u32;

#endif
