#ifndef _LINUX_TYPES_H
#define _LINUX_TYPES_H

#include <linux/compiler.h>

#define NULL ((void *)0)

typedef __SIZE_TYPE__ size_t;
typedef unsigned int gfp_t;
typedef _Bool bool;

#define true 1
#define false 0

#endif
