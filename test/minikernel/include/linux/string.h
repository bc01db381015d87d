#ifndef _LINUX_STRING_H
#define _LINUX_STRING_H

#include <linux/types.h>

void *memset(void *to, int value, size_t size);
void *memcpy(void *to, const void *from, size_t size);
size_t strlen(const char *text);
int strncmp(const char *left, const char *right, size_t size);

#endif
