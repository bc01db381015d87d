#include <linux/string.h>

void *memset(void *to, int value, size_t size)
{
	volatile char *byte = to;

	while (size--)
		*byte++ = value;
	return to;
}

void *memcpy(void *to, const void *from, size_t size)
{
	volatile char *byte = to;
	const char *source = from;

	while (size--)
		*byte++ = *source++;
	return to;
}

size_t strlen(const char *text)
{
	size_t length = 0;

	while (text[length])
		length++;
	return length;
}

int strncmp(const char *left, const char *right, size_t size)
{
	for (; size && *left && *left == *right; size--) {
		left++;
		right++;
	}
	return size ? *left - *right : 0;
}
