struct ops {
	void (*run)(int);
	void (*next[4])(int);
};

void sink(void);
void early(int x);
void late(int x);
static inline void leave(int *on) { sink(); }
#define guard_var __attribute__((cleanup(leave)))
static inline int inline_add(int a, int b) { return a + b; }
