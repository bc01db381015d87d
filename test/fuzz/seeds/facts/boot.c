/* A boot with a bit of everything that facts can say. */
#include "boot.h"

int state;
static struct ops table = {.run = early, .next = {[2] = late}};
struct ops *current_ops = &table;
static const char *names[] = {"one", "two"};
unsigned long flags_of[4] = {1, 2};

void ready(void) {}
void late(int x) { sink(); }

void early(int x)
{
	int y = x ? 3 : -1;
	switch (y) {
	case 1 ... 4:
		state |= y << 2;
		break;
	case -1:
		late(y);
	default:
		return;
	}
	for (int i = 0; i < y; ++i)
		flags_of[i & 3] += (unsigned char)names[0][i];
	asm volatile("call sink" : : "m"(state) : "memory");
}

int twice(int x) __attribute__((alias("double_it")));
int double_it(int x) { return inline_add(x, x); }

void start(void)
{
	guard_var int on = 1;

	if (!state && current_ops->run)
		current_ops->run(double_it(2));
	ready();
	sink();
	while (1)
		;
}
