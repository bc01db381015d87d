#ifndef _LINUX_SPINLOCK_H
#define _LINUX_SPINLOCK_H

#include <linux/irqflags.h>

typedef struct {
	volatile int locked;
} spinlock_t;

#define SPIN_LOCK_UNLOCKED { 0 }
#define DEFINE_SPINLOCK(name) spinlock_t name = SPIN_LOCK_UNLOCKED

static inline void spin_lock(spinlock_t *lock)
{
	lock->locked = 1;
}

static inline void spin_unlock(spinlock_t *lock)
{
	lock->locked = 0;
}

#define spin_lock_irqsave(lock, flags) do { \
	local_irq_save(flags); \
	spin_lock(lock); \
} while (0)

#define spin_unlock_irqrestore(lock, flags) do { \
	spin_unlock(lock); \
	local_irq_restore(flags); \
} while (0)

/* A lock that the end of the scope releases; interrupts return to what they were. */
struct irqsave_guard {
	spinlock_t *lock;
	unsigned long flags;
};

static inline struct irqsave_guard irqsave_guard_lock(spinlock_t *lock)
{
	struct irqsave_guard guard = { lock, 0 };

	spin_lock_irqsave(lock, guard.flags);
	return guard;
}

static inline void irqsave_guard_unlock(struct irqsave_guard *guard)
{
	spin_unlock_irqrestore(guard->lock, guard->flags);
}

#define guard_irqsave(lock) \
	struct irqsave_guard scope_guard __cleanup(irqsave_guard_unlock) __maybe_unused = \
		irqsave_guard_lock(lock)

#endif
